using System.Net;

namespace TargetDrain.Targets;

/// <summary>What EC2 says of an instance: where it lives, and every address a target could name it by.</summary>
/// <param name="State">pending, running, stopping, stopped, shutting-down or terminated; null when EC2 does not know it.</param>
/// <param name="VpcId">Null when EC2 no longer says.</param>
/// <param name="Addresses">Single private addresses as /32 and /128, delegated prefixes as they are.</param>
internal sealed record InstanceDescription(string InstanceId, string? State, string? VpcId, IReadOnlyList<IPNetwork> Addresses)
{
    /// <summary>An instance that EC2 does not know, or did not describe: only its instance targets can be found.</summary>
    public static InstanceDescription Unknown(string instanceId) => new(instanceId, null, null, []);
}
