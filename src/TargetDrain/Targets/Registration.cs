using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>One target of a departing instance in one group, exactly as AWS described it: id, port, zone and QUIC server id.</summary>
internal sealed record Registration(string InstanceId, TargetDescription Target, RegistrationState State)
{
    /// <summary>For people: id and port, as in i-0123456789abcdef0:8080.</summary>
    public string Name => Target.Port is { } port ? $"{Target.Id}:{port}" : Target.Id;

    /// <summary>
    /// "unused" is not "not registered": a target in a group without a listener, or stopped, is still registered. "unhealthy.draining"
    /// sheds connections for bad health and can come back. Only what says so is absent or draining.
    /// </summary>
    public static RegistrationState StateOf(TargetHealth? health) => (health?.State?.Value, health?.Reason?.Value) switch
    {
        ("draining", _) => RegistrationState.Draining,
        ("unused", "Target.NotRegistered") => RegistrationState.Absent,
        _ => RegistrationState.Registered,
    };
}

/// <summary>What a target's health says about its registration, which is all that matters here.</summary>
internal enum RegistrationState
{
    Absent,
    Draining,
    Registered,
}
