using System.Net;

namespace TargetDrain.Emulator.Compute;

/// <summary>VPCs, subnets and who has which address. Used under the world's lock.</summary>
internal sealed class ElasticNetwork
{
    private readonly IdSource ids;
    private readonly string region;
    private readonly Dictionary<string, Vpc> vpcs = [];
    private readonly Dictionary<string, Subnet> subnets = [];
    private readonly Dictionary<(string Vpc, IPAddress Address), NetworkInterface> owners = [];
    private readonly Dictionary<(string Vpc, IPNetwork Prefix), NetworkInterface> prefixOwners = [];
    private readonly HashSet<(string Vpc, IPAddress Address)> everOwned = [];
    private readonly Dictionary<string, KnownAddress> known = [];
    private int lastVpc;
    private int lastSubnet;

    public ElasticNetwork(IdSource ids, string region)
    {
        this.ids = ids;
        this.region = region;
        var vpc = CreateVpc(IPNetwork.Parse("172.31.0.0/16"), isDefault: true);
        DefaultSubnet = CreateSubnet(vpc, IPNetwork.Parse("172.31.0.0/20"), $"{region}a");
        CreateSubnet(vpc, IPNetwork.Parse("172.31.16.0/20"), $"{region}b");
        CreateSubnet(vpc, IPNetwork.Parse("172.31.32.0/20"), $"{region}c");
    }

    public Subnet DefaultSubnet { get; }

    public IEnumerable<Vpc> Vpcs => vpcs.Values;

    public IEnumerable<Subnet> Subnets => subnets.Values;

    public IReadOnlyList<string> Zones => [$"{region}a", $"{region}b", $"{region}c"];

    public Vpc CreateVpc(IPNetwork cidr, bool isDefault = false, string tenancy = "default")
    {
        var ipv6 = IPNetwork.Parse(string.Create(CultureInfo.InvariantCulture, $"2600:1f18:{++lastVpc:x}:a00::/56"));
        var vpc = new Vpc(ids.Resource("vpc"), cidr, ipv6, isDefault) { Tenancy = tenancy };
        return vpcs[vpc.Id] = vpc;
    }

    /// <exception cref="AwsErrorException">Outside its VPC, over another subnet, or in a zone that is none.</exception>
    public void CheckSubnet(Vpc vpc, IPNetwork cidr, string? availabilityZone)
    {
        if (availabilityZone is not null && !Zones.Contains(availabilityZone))
            throw new AwsErrorException(
                "InvalidParameterValue",
                $"Value ({availabilityZone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the "
                + $"following availability zones: {string.Join(", ", Zones)}.");
        if (!vpc.Cidr.Contains(cidr.BaseAddress) || cidr.PrefixLength < vpc.Cidr.PrefixLength || cidr.PrefixLength is < 16 or > 28)
            throw new AwsErrorException("InvalidSubnet.Range", $"The CIDR '{cidr}' is invalid.");
        if (subnets.Values.Any(other => other.Vpc == vpc && (other.Cidr.Contains(cidr.BaseAddress) || cidr.Contains(other.Cidr.BaseAddress))))
            throw new AwsErrorException("InvalidSubnet.Conflict", $"The CIDR '{cidr}' conflicts with another subnet");
    }

    public Subnet CreateSubnet(Vpc vpc, IPNetwork cidr, string? availabilityZone)
    {
        var ipv6 = new IPNetwork(vpc.Ipv6Cidr.BaseAddress.Plus((UInt128)(uint)(lastSubnet++ % 256) << 64), 64);
        var subnet = new Subnet(ids.Resource("subnet"), vpc, availabilityZone ?? $"{region}a", cidr, ipv6);
        return subnets[subnet.Id] = subnet;
    }

    public void Remove(Vpc vpc) => vpcs.Remove(vpc.Id);

    public void Remove(Subnet subnet) => subnets.Remove(subnet.Id);

    public Vpc? SeekVpc(string id) => vpcs.GetValueOrDefault(id);

    public Subnet? SeekSubnet(string id) => subnets.GetValueOrDefault(id);

    public Vpc Vpc(string id) => vpcs.GetValueOrDefault(id)
        ?? throw new AwsErrorException("InvalidVpcID.NotFound", $"The vpc ID '{id}' does not exist");

    public Subnet Subnet(string id) => subnets.GetValueOrDefault(id)
        ?? throw new AwsErrorException("InvalidSubnetID.NotFound", $"The subnet ID '{id}' does not exist");

    public Subnet? SubnetOf(string vpcId, IPAddress address) =>
        subnets.Values.FirstOrDefault(subnet => subnet.Vpc.Id == vpcId && subnet.Contains(address));

    /// <summary>The interface that has the address, alone or inside a delegated prefix.</summary>
    public NetworkInterface? OwnerOf(string vpcId, IPAddress address) =>
        owners.GetValueOrDefault((vpcId, address))
        ?? (prefixOwners.Count == 0
            ? null
            : prefixOwners.GetValueOrDefault((vpcId, address.Network(address.GetAddressBytes().Length == 4 ? 28 : 80))));

    /// <summary>True when an instance once had the address and no running one has it now: nobody answers there.</summary>
    public bool IsDead(string vpcId, IPAddress address) =>
        OwnerOf(vpcId, address) is { } owner
            ? owner.Instance is not { IsAlive: true }
            : everOwned.Contains((vpcId, address));

    /// <summary>The address that a text means; the same object for the same text. Null when it is none.</summary>
    public KnownAddress? Know(string text)
    {
        if (known.TryGetValue(text, out var address)) return address;
        if (!IPAddress.TryParse(text, out var parsed)) return null;
        var canonical = parsed.ToString();
        return known[text] = canonical == text ? new KnownAddress(text, parsed) : Know(canonical)!;
    }

    /// <summary>Of a draft whose addresses have been taken.</summary>
    public NetworkInterface Create(CardDraft draft)
    {
        var card = new NetworkInterface
        {
            Id = ids.Resource("eni"),
            Subnet = draft.Subnet,
            MacAddress = string.Join(':', Enumerable.Range(0, 5).Select(_ => ids.Hex(2)).Prepend("0a")),
            DeleteOnTermination = draft.Spec.DeleteOnTermination,
            Description = draft.Spec.Description,
        };
        Assign(card, draft);
        return card;
    }

    public void Assign(NetworkInterface card, CardDraft draft)
    {
        card.Addresses.AddRange(draft.Ipv4.Select(address => Own(card, address)));
        card.Ipv6Addresses.AddRange(draft.Ipv6.Select(address => Own(card, address)));
        card.Ipv4Prefixes.AddRange(draft.Prefixes4.Select(prefix => Own(card, prefix)));
        card.Ipv6Prefixes.AddRange(draft.Prefixes6.Select(prefix => Own(card, prefix)));
    }

    public void Unassign(NetworkInterface card, IPAddress address)
    {
        if (!card.Addresses.Remove(address) && !card.Ipv6Addresses.Remove(address)) return;
        Release(card, address);
    }

    /// <summary>Deletes the interface: whoever asks next can have its addresses.</summary>
    public void Delete(NetworkInterface card)
    {
        foreach (var address in card.Addresses.Concat(card.Ipv6Addresses)) Release(card, address);
        foreach (var prefix in card.Ipv4Prefixes.Concat(card.Ipv6Prefixes))
        {
            card.Subnet.Release(prefix);
            prefixOwners.Remove((card.Subnet.Vpc.Id, prefix));
        }
    }

    private IPAddress Own(NetworkInterface card, IPAddress address)
    {
        owners[(card.Subnet.Vpc.Id, address)] = card;
        everOwned.Add((card.Subnet.Vpc.Id, address));
        return address;
    }

    private IPNetwork Own(NetworkInterface card, IPNetwork prefix)
    {
        prefixOwners[(card.Subnet.Vpc.Id, prefix)] = card;
        return prefix;
    }

    private void Release(NetworkInterface card, IPAddress address)
    {
        card.Subnet.Release(address);
        owners.Remove((card.Subnet.Vpc.Id, address));
    }
}
