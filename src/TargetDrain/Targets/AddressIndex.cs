using System.Net;
using System.Net.Sockets;

namespace TargetDrain.Targets;

/// <summary>
/// Who owns an address, among many instances. Addresses are compared as numbers, so every spelling of an IPv6 address is the same;
/// prefixes by containment. One lookup per distinct prefix length, however many instances.
/// </summary>
internal sealed class AddressIndex
{
    private readonly Dictionary<IPNetwork, string> owners = [];
    private readonly List<(AddressFamily Family, int Length)> lengths = [];

    public AddressIndex(IEnumerable<InstanceDescription> instances)
    {
        foreach (var instance in instances)
            foreach (var network in instance.Addresses)
                owners[network] = instance.InstanceId;
        lengths.AddRange(owners.Keys.Select(network => (network.BaseAddress.AddressFamily, network.PrefixLength)).Distinct());
    }

    /// <summary>The instance, or null when the address is none of theirs or no address at all.</summary>
    public string? OwnerOf(string target)
    {
        if (!IPAddress.TryParse(target, out var address)) return null;
        foreach (var (family, length) in lengths)
            if (family == address.AddressFamily && owners.TryGetValue(new IPNetwork(Base(address, length), length), out var owner))
                return owner;
        return null;
    }

    public static IPNetwork Single(IPAddress address) =>
        new(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);

    private static IPAddress Base(IPAddress address, int length)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var count);
        if (length == count * 8) return address;
        bytes = bytes[..count];
        for (var i = 0; i < count; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }
        return new IPAddress(bytes);
    }
}
