using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>What a target's health says about its registration, which is all that matters here.</summary>
internal enum RegistrationState
{
    Absent,
    Draining,
    Registered,
}

internal static class RegistrationStates
{
    /// <summary>
    /// "unused" is not "not registered": a target in a group without a listener, or stopped, is still registered.
    /// "unhealthy.draining" sheds connections for bad health and can come back. Only what says so is absent or draining.
    /// </summary>
    public static RegistrationState Of(TargetHealth? health) => (health?.State?.Value, health?.Reason?.Value) switch
    {
        ("draining", _) => RegistrationState.Draining,
        ("unused", "Target.NotRegistered") => RegistrationState.Absent,
        _ => RegistrationState.Registered,
    };
}
