using System.Net;

namespace TargetDrain.Emulator.Compute;

public sealed record Vpc(string Id, IPNetwork Cidr, IPNetwork Ipv6Cidr, bool IsDefault);

/// <summary>A subnet, and which of its addresses are taken.</summary>
public sealed class Subnet(string id, Vpc vpc, string availabilityZone, IPNetwork cidr, IPNetwork ipv6Cidr)
{
    // AWS keeps the first four addresses of a subnet and the last one for itself.
    private const int ReservedFirst = 4;
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

    private long Size => 1L << (32 - Cidr.PrefixLength);

    internal bool Contains(IPAddress address) => Cidr.Contains(address) || Ipv6Cidr.Contains(address);

    internal bool TryTake(IPAddress address) =>
        Contains(address) && !prefixes.Any(prefix => prefix.Contains(address)) && taken.Add(address);

    /// <summary>The next address that is free, going round: a released one comes back late.</summary>
    internal IPAddress? Take()
    {
        for (var tries = Size; tries > 0; tries--)
        {
            var offset = next;
            next = next + 1 >= Size - 1 ? ReservedFirst : next + 1;
            var address = Cidr.BaseAddress.Plus((UInt128)offset);
            if (TryTake(address)) return address;
        }
        return null;
    }

    internal IPAddress TakeIpv6()
    {
        while (true)
        {
            var address = Ipv6Cidr.BaseAddress.Plus((UInt128)nextIpv6++);
            if (TryTake(address)) return address;
        }
    }

    /// <summary>Prefixes of 16 IPv4 addresses come from the end of the subnet, away from the single addresses.</summary>
    internal IPNetwork? TakePrefix()
    {
        for (var offset = Size - 32; offset >= 16; offset -= 16)
        {
            var prefix = new IPNetwork(Cidr.BaseAddress.Plus((UInt128)offset), 28);
            if (TryTake(prefix)) return prefix;
        }
        return null;
    }

    /// <summary>A /80 of the subnet's /64.</summary>
    internal IPNetwork TakeIpv6Prefix()
    {
        var prefix = new IPNetwork(Ipv6Cidr.BaseAddress.Plus((UInt128)nextIpv6Prefix++ << 48), 80);
        prefixes.Add(prefix);
        return prefix;
    }

    internal bool TryTake(IPNetwork prefix)
    {
        if (prefixes.Contains(prefix) || taken.Any(prefix.Contains)) return false;
        prefixes.Add(prefix);
        return true;
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
}
