using System.Net;
using Amazon.EC2.Model;

namespace TargetDrain.Local.Survey;

/// <summary>Whose an address is, in each VPC.</summary>
internal sealed class InstanceDirectory
{
    private readonly Dictionary<(string Vpc, IPAddress Address), string> addresses = [];
    private readonly List<(string Vpc, IPNetwork Prefix, string InstanceId)> prefixes = [];

    public InstanceDirectory(IEnumerable<Instance> instances)
    {
        foreach (var instance in instances)
        {
            if (instance.VpcId is not { Length: > 0 } vpc) continue;
            Add(vpc, instance.PrivateIpAddress, instance.InstanceId);
            foreach (var card in instance.NetworkInterfaces ?? [])
            {
                foreach (var address in card.PrivateIpAddresses ?? []) Add(vpc, address.PrivateIpAddress, instance.InstanceId);
                foreach (var address in card.Ipv6Addresses ?? []) Add(vpc, address.Ipv6Address, instance.InstanceId);
                foreach (var prefix in card.Ipv4Prefixes ?? []) AddPrefix(vpc, prefix.Ipv4Prefix, instance.InstanceId);
                foreach (var prefix in card.Ipv6Prefixes ?? []) AddPrefix(vpc, prefix.Ipv6Prefix, instance.InstanceId);
            }
        }
    }

    /// <returns>Null when no instance has it.</returns>
    public string? OwnerOf(string vpc, string address)
    {
        if (!IPAddress.TryParse(address, out var parsed)) return null;
        if (addresses.TryGetValue((vpc, parsed), out var owner)) return owner;
        return prefixes.Find(item => item.Vpc == vpc && item.Prefix.Contains(parsed)).InstanceId;
    }

    private void Add(string vpc, string? address, string instanceId)
    {
        if (IPAddress.TryParse(address, out var parsed)) addresses[(vpc, parsed)] = instanceId;
    }

    private void AddPrefix(string vpc, string? prefix, string instanceId)
    {
        if (IPNetwork.TryParse(prefix, out var parsed)) prefixes.Add((vpc, parsed, instanceId));
    }
}
