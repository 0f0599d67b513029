namespace TargetDrain.Events;

/// <summary>An instance is going away, or at least stops serving.</summary>
/// <param name="InstanceId">i-…</param>
/// <param name="Time">When the event says it happened, UTC.</param>
/// <param name="Action">The lifecycle action that waits for us, where there is one.</param>
internal sealed record TerminationNotice(
    string InstanceId, TerminationReason Reason, DateTimeOffset Time, LifecycleAction? Action = null,
    TerminationCertainty Certainty = TerminationCertainty.Announced)
{
    public Urgency Urgency => Reason switch
    {
        TerminationReason.SpotInterruption => Urgency.Critical,
        TerminationReason.RebalanceRecommendation => Urgency.Patient,
        _ => Urgency.Normal,
    };
}

/// <summary>What a notice says about the life of the instance.</summary>
internal enum TerminationCertainty
{
    /// <summary>It may serve again: stopped, hibernated, returned to a warm pool, given another root volume.</summary>
    Reversible,
    /// <summary>It is to be terminated, or to leave for now.</summary>
    Announced,
    /// <summary>EC2 is terminating it, or has. No instance comes back from there, however old the news is.</summary>
    Final,
}

/// <summary>Why the instance has to leave its target groups.</summary>
internal enum TerminationReason
{
    LifecycleHook,
    WarmPoolReturn,
    RootVolumeReplacement,
    SpotInterruption,
    StateChange,
    RebalanceRecommendation,
    TerminateSuccessful,
    OperatorRequest,
}

/// <summary>A lifecycle action in its wait state, as Auto Scaling names it.</summary>
/// <param name="Token">36 characters; ends exactly this action.</param>
/// <param name="StartedAt">When its timeouts began to count.</param>
internal sealed record LifecycleAction(string GroupName, string HookName, string Token, DateTimeOffset StartedAt);
