using System.Globalization;
using System.Net;
using TargetDrain.Emulator.Wire;

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

    public ElasticNetwork(IdSource ids, string region)
    {
        this.ids = ids;
        this.region = region;
        var vpc = CreateVpc(IPNetwork.Parse("172.31.0.0/16"), isDefault: true);
        DefaultSubnet = CreateSubnet(vpc.Id, IPNetwork.Parse("172.31.0.0/20"), $"{region}a");
        CreateSubnet(vpc.Id, IPNetwork.Parse("172.31.16.0/20"), $"{region}b");
        CreateSubnet(vpc.Id, IPNetwork.Parse("172.31.32.0/20"), $"{region}c");
    }

    public Subnet DefaultSubnet { get; }

    public IEnumerable<Vpc> Vpcs => vpcs.Values;

    public IEnumerable<Subnet> Subnets => subnets.Values;

    public Vpc CreateVpc(IPNetwork cidr, bool isDefault = false)
    {
        var ipv6 = IPNetwork.Parse(string.Create(CultureInfo.InvariantCulture, $"2600:1f18:{vpcs.Count + 1:x}:a00::/56"));
        var vpc = new Vpc(ids.Resource("vpc"), cidr, ipv6, isDefault);
        return vpcs[vpc.Id] = vpc;
    }

    public Subnet CreateSubnet(string vpcId, IPNetwork cidr, string? availabilityZone)
    {
        var vpc = Vpc(vpcId);
        var mine = subnets.Values.Where(other => other.Vpc == vpc).ToList();
        if (!vpc.Cidr.Contains(cidr.BaseAddress) || cidr.PrefixLength < vpc.Cidr.PrefixLength)
            throw new AwsErrorException("InvalidSubnet.Range", $"The CIDR '{cidr}' is invalid.");
        if (mine.Any(other => other.Cidr.Contains(cidr.BaseAddress) || cidr.Contains(other.Cidr.BaseAddress)))
            throw new AwsErrorException("InvalidSubnet.Conflict", $"The CIDR '{cidr}' conflicts with another subnet");
        var ipv6 = new IPNetwork(vpc.Ipv6Cidr.BaseAddress.Plus((UInt128)mine.Count << 64), 64);
        var subnet = new Subnet(ids.Resource("subnet"), vpc, availabilityZone ?? $"{region}a", cidr, ipv6);
        return subnets[subnet.Id] = subnet;
    }

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

    public NetworkInterface CreateInterface(InterfaceSpec spec, Subnet subnet)
    {
        var card = new NetworkInterface
        {
            Id = ids.Resource("eni"),
            Subnet = subnet,
            MacAddress = string.Join(':', Enumerable.Range(0, 5).Select(_ => ids.Hex(2)).Prepend("0a")),
            DeleteOnTermination = spec.DeleteOnTermination,
        };
        Assign(card, spec with { SecondaryAddresses = [spec.Address ?? "", .. spec.SecondaryAddresses] });
        return card;
    }

    /// <summary>Adds what the spec names: secondary addresses ("" for any), IPv6 and prefixes.</summary>
    public void Assign(NetworkInterface card, InterfaceSpec spec)
    {
        var subnet = card.Subnet;
        foreach (var text in spec.SecondaryAddresses.Concat(Enumerable.Repeat("", spec.SecondaryCount)))
            card.Ipv4.Add(Own(card, text.Length == 0 ? Free(subnet) : Claim(subnet, text)));
        foreach (var text in spec.Ipv6Addresses.Concat(Enumerable.Repeat("", spec.Ipv6Count)))
            card.Ipv6.Add(Own(card, text.Length == 0 ? subnet.TakeIpv6() : Claim(subnet, text)));
        foreach (var text in spec.Ipv4Prefixes.Concat(Enumerable.Repeat("", spec.Ipv4PrefixCount)))
            card.Prefixes4.Add(Own(card, text.Length == 0 ? subnet.TakePrefix() ?? throw Full(subnet) : ClaimPrefix(subnet, text)));
        foreach (var text in spec.Ipv6Prefixes.Concat(Enumerable.Repeat("", spec.Ipv6PrefixCount)))
            card.Prefixes6.Add(Own(card, text.Length == 0 ? subnet.TakeIpv6Prefix() : ClaimPrefix(subnet, text)));
    }

    public void Unassign(NetworkInterface card, IPAddress address)
    {
        if (!card.Ipv4.Remove(address) && !card.Ipv6.Remove(address)) return;
        Release(card, address);
    }

    /// <summary>Deletes the interface: whoever asks next can have its addresses.</summary>
    public void Delete(NetworkInterface card)
    {
        foreach (var address in card.Ipv4.Concat(card.Ipv6)) Release(card, address);
        foreach (var prefix in card.Prefixes4.Concat(card.Prefixes6))
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

    private static IPAddress Claim(Subnet subnet, string text)
    {
        var address = Parse(text);
        if (!subnet.Contains(address))
            throw new AwsErrorException("InvalidParameterValue", $"Address {text} does not fall within the subnet's address range");
        return subnet.TryTake(address) ? address : throw new AwsErrorException("InvalidIPAddress.InUse", $"Address {text} is in use.");
    }

    private static IPNetwork ClaimPrefix(Subnet subnet, string text) =>
        IPNetwork.TryParse(text, out var prefix) && subnet.Contains(prefix.BaseAddress) && subnet.TryTake(prefix)
            ? prefix
            : throw new AwsErrorException("InvalidParameterValue", $"Prefix {text} is not free in subnet {subnet.Id}");

    private static IPAddress Parse(string text) => IPAddress.TryParse(text, out var address)
        ? address
        : throw new AwsErrorException("InvalidParameterValue", $"Invalid IP address '{text}'");

    private static IPAddress Free(Subnet subnet) => subnet.Take() ?? throw Full(subnet);

    private static AwsErrorException Full(Subnet subnet) => new(
        "InsufficientFreeAddressesInSubnet", $"There are not enough free addresses in subnet '{subnet.Id}' to satisfy the request.");
}
