using System.Net;

namespace TargetDrain.Emulator.Compute;

/// <summary>
/// The addresses that one call will take, chosen before anything is taken: a call that asks for one too many takes none.
/// </summary>
internal sealed class AddressDraft
{
    private readonly Dictionary<Subnet, SubnetDraft> subnets = [];

    /// <summary>Chooses what the spec asks for; "" among the addresses stands for any.</summary>
    public CardDraft Choose(InterfaceSpec spec, Subnet subnet, bool withPrimary = true)
    {
        if (!subnets.TryGetValue(subnet, out var draft)) subnets.Add(subnet, draft = subnet.Draft());
        var secondary = spec.SecondaryAddresses.Concat(Enumerable.Repeat("", spec.SecondaryCount));
        var addresses = withPrimary ? secondary.Prepend(spec.Address ?? "") : secondary;
        return new CardDraft(
            spec, subnet,
            [.. addresses.Select(text => text.Length == 0 ? draft.TakeAny() : draft.Claim(text))],
            [.. spec.Ipv6Addresses.Concat(Enumerable.Repeat("", spec.Ipv6Count)).Select(text => text.Length == 0 ? draft.TakeAnyIpv6() : draft.Claim(text))],
            [.. spec.Ipv4Prefixes.Concat(Enumerable.Repeat("", spec.Ipv4PrefixCount)).Select(text => text.Length == 0 ? draft.TakeAnyPrefix() : draft.ClaimPrefix(text, 28))],
            [.. spec.Ipv6Prefixes.Concat(Enumerable.Repeat("", spec.Ipv6PrefixCount)).Select(text => text.Length == 0 ? draft.TakeAnyIpv6Prefix() : draft.ClaimPrefix(text, 80))]);
    }

    public void Take()
    {
        foreach (var (subnet, draft) in subnets) subnet.Take(draft);
    }
}

/// <summary>An interface to be, or what an interface is to get more.</summary>
internal sealed record CardDraft(
    InterfaceSpec Spec, Subnet Subnet, IReadOnlyList<IPAddress> Ipv4, IReadOnlyList<IPAddress> Ipv6,
    IReadOnlyList<IPNetwork> Prefixes4, IReadOnlyList<IPNetwork> Prefixes6);

/// <summary>One subnet's part of a draft.</summary>
internal sealed class SubnetDraft(Subnet subnet, long next, long nextIpv6, long nextIpv6Prefix)
{
    public HashSet<IPAddress> Addresses { get; } = [];

    public List<IPNetwork> Prefixes { get; } = [];

    public long Next { get; private set; } = next;

    public long NextIpv6 { get; private set; } = nextIpv6;

    public long NextIpv6Prefix { get; private set; } = nextIpv6Prefix;

    /// <summary>The next address that is free, going round: a released one comes back late.</summary>
    public IPAddress TakeAny()
    {
        for (var tries = subnet.Size; tries > 0; tries--)
        {
            var offset = Next;
            Next = Next + 1 >= subnet.Size - 1 ? Subnet.ReservedFirst : Next + 1;
            var address = subnet.Cidr.BaseAddress.Plus((UInt128)offset);
            if (IsFree(address) && Addresses.Add(address)) return address;
        }
        throw Full();
    }

    public IPAddress TakeAnyIpv6()
    {
        while (true)
        {
            var address = subnet.Ipv6Cidr.BaseAddress.Plus((UInt128)NextIpv6++);
            if (IsFree(address) && Addresses.Add(address)) return address;
        }
    }

    /// <summary>Prefixes of 16 IPv4 addresses come from the end of the subnet, away from the single addresses.</summary>
    public IPNetwork TakeAnyPrefix()
    {
        for (var offset = subnet.Size - 32; offset >= 16; offset -= 16)
        {
            var prefix = new IPNetwork(subnet.Cidr.BaseAddress.Plus((UInt128)offset), 28);
            if (TryTake(prefix)) return prefix;
        }
        throw Full();
    }

    /// <summary>A /80 of the subnet's /64.</summary>
    public IPNetwork TakeAnyIpv6Prefix()
    {
        var prefix = new IPNetwork(subnet.Ipv6Cidr.BaseAddress.Plus((UInt128)NextIpv6Prefix++ << 48), 80);
        Prefixes.Add(prefix);
        return prefix;
    }

    public IPAddress Claim(string text)
    {
        if (!IPAddress.TryParse(text, out var address)) throw new AwsErrorException("InvalidParameterValue", $"Invalid IP address '{text}'");
        if (!subnet.Contains(address))
            throw new AwsErrorException("InvalidParameterValue", $"Address {text} does not fall within the subnet's address range");
        if (IsReserved(address))
            throw new AwsErrorException("InvalidParameterValue", $"Address {text} is in subnet's reserved address range");
        return IsFree(address) && Addresses.Add(address) ? address : throw new AwsErrorException("InvalidIPAddress.InUse", $"Address {text} is in use.");
    }

    public IPNetwork ClaimPrefix(string text, int length) =>
        IPNetwork.TryParse(text, out var prefix) && prefix.PrefixLength == length && subnet.Contains(prefix.BaseAddress) && TryTake(prefix)
            ? prefix
            : throw new AwsErrorException("InvalidParameterValue", $"Prefix {text} is not a free /{length.ToString(CultureInfo.InvariantCulture)} in subnet {subnet.Id}");

    private bool TryTake(IPNetwork prefix)
    {
        if (!subnet.IsFree(prefix) || Addresses.Any(prefix.Contains) || Prefixes.Contains(prefix)) return false;
        Prefixes.Add(prefix);
        return true;
    }

    private bool IsFree(IPAddress address) => subnet.IsFree(address) && !Prefixes.Exists(prefix => prefix.Contains(address));

    private bool IsReserved(IPAddress address) => subnet.Cidr.Contains(address)
        && (Enumerable.Range(0, Subnet.ReservedFirst).Any(offset => subnet.Cidr.BaseAddress.Plus((UInt128)offset).Equals(address))
            || subnet.Cidr.BaseAddress.Plus((UInt128)(subnet.Size - 1)).Equals(address));

    private AwsErrorException Full() => new(
        "InsufficientFreeAddressesInSubnet", $"There are not enough free addresses in subnet '{subnet.Id}' to satisfy the request.");
}
