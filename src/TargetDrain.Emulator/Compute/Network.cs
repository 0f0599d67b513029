using System.Net;
using System.Net.Sockets;

namespace TargetDrain.Emulator.Compute;

internal sealed record Vpc(string Id, IPNetwork Cidr, IPNetwork Ipv6Cidr, bool IsDefault)
{
    /// <summary>Every VPC comes with one, named default; others are not emulated.</summary>
    public string SecurityGroupId => $"sg-{Id["vpc-".Length..]}";

    public Dictionary<string, string> Tags { get; } = [];

    internal string Tenancy { get; init; } = "default";
}

/// <summary>A subnet, and which of its addresses are taken.</summary>
internal sealed class Subnet(string id, Vpc vpc, string availabilityZone, IPNetwork cidr, IPNetwork ipv6Cidr)
{
    // AWS keeps the first four addresses of a subnet and the last one for itself.
    internal const int ReservedFirst = 4;
    private readonly HashSet<IPAddress> taken = [];
    private readonly List<IPNetwork> prefixes = [];
    private long next = ReservedFirst;
    private long nextIpv6 = ReservedFirst;
    private long nextIpv6Prefix = 1;

    public string Id { get; } = id;

    public Vpc Vpc { get; } = vpc;

    public string AvailabilityZone { get; } = availabilityZone;

    public IPNetwork Cidr { get; } = cidr;

    public IPNetwork Ipv6Cidr { get; } = ipv6Cidr;

    public int FreeAddresses => (int)Size - ReservedFirst - 1 - taken.Count;

    internal long Size => 1L << (32 - Cidr.PrefixLength);

    internal bool Contains(IPAddress address) => Cidr.Contains(address) || Ipv6Cidr.Contains(address);

    public Dictionary<string, string> Tags { get; } = [];

    internal bool IsFree(IPAddress address) => !taken.Contains(address) && !prefixes.Any(prefix => prefix.Contains(address));

    internal bool IsFree(IPNetwork prefix) =>
        !prefixes.Any(other => other.Contains(prefix.BaseAddress) || prefix.Contains(other.BaseAddress)) && !taken.Any(prefix.Contains);

    /// <summary>Addresses to be taken, which nobody has yet.</summary>
    internal SubnetDraft Draft() => new(this, next, nextIpv6, nextIpv6Prefix);

    internal void Take(SubnetDraft draft)
    {
        taken.UnionWith(draft.Addresses);
        prefixes.AddRange(draft.Prefixes);
        (next, nextIpv6, nextIpv6Prefix) = (draft.Next, draft.NextIpv6, draft.NextIpv6Prefix);
    }

    internal void Release(IPAddress address) => taken.Remove(address);

    internal void Release(IPNetwork prefix) => prefixes.Remove(prefix);
}

/// <summary>An address and its one canonical text, shared by all who name it.</summary>
internal sealed record KnownAddress(string Text, IPAddress Address);

internal static class Addresses
{
    public static IPAddress Plus(this IPAddress address, UInt128 offset)
    {
        var bytes = address.GetAddressBytes();
        var carry = offset;
        for (var index = bytes.Length - 1; index >= 0 && carry > 0; index--)
        {
            carry += bytes[index];
            bytes[index] = (byte)(carry & 0xff);
            carry >>= 8;
        }
        return new IPAddress(bytes);
    }

    /// <summary>The network of the given length that the address lies in.</summary>
    public static IPNetwork Network(this IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }

    /// <summary>An IPv4 block as EC2 reads it: host bits are cut off, not refused.</summary>
    public static IPNetwork ParseBlock(string text, string parameter)
    {
        if (text.Split('/') is [var address, var length]
            && IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetwork && address.Count(letter => letter == '.') == 3
            && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= 32)
            return parsed.Network(bits);
        throw new AwsErrorException("InvalidParameterValue", $"Value ({text}) for parameter {parameter} is invalid. This is not a valid CIDR block.");
    }
}
