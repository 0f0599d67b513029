using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>One target of a departing instance in one group, exactly as AWS described it: id, port, zone and QUIC server id.</summary>
internal sealed record Registration(string InstanceId, TargetDescription Target, RegistrationState State)
{
    /// <summary>For people: id and port, as in i-0123456789abcdef0:8080.</summary>
    public string Name => Target.Port is { } port ? $"{Target.Id}:{port}" : Target.Id;
}
