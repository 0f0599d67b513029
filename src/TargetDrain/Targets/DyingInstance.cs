using System.Net;

namespace TargetDrain.Targets;

/// <summary>An instance that leaves, and every address a target could name it by.</summary>
/// <param name="VpcId">Null when EC2 no longer tells.</param>
/// <param name="Addresses">Single private addresses as /32 and /128, delegated prefixes as they are.</param>
internal sealed record DyingInstance(string InstanceId, string? VpcId, IReadOnlyList<IPNetwork> Addresses)
{
    /// <summary>An instance EC2 does not know, or no longer tells the addresses of: only its instance targets can be found.</summary>
    public static DyingInstance WithoutAddresses(string instanceId) => new(instanceId, null, []);
}
