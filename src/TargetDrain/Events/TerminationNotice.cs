namespace TargetDrain.Events;

/// <summary>An instance is going away, or at least stops serving.</summary>
/// <param name="InstanceId">i-…</param>
/// <param name="Time">When the event says it happened, UTC.</param>
/// <param name="Action">The lifecycle action that waits for us, where there is one.</param>
/// <param name="End">Whether the instance is gone for good after this.</param>
internal sealed record TerminationNotice(
    string InstanceId, TerminationReason Reason, DateTimeOffset Time, LifecycleAction? Action = null, InstanceEnd End = InstanceEnd.Unknown);

/// <summary>What a notice says about the life of the instance.</summary>
internal enum InstanceEnd
{
    /// <summary>It may serve again: stopped, returned to a warm pool, or nobody says.</summary>
    Unknown,

    /// <summary>It will be terminated.</summary>
    Announced,

    /// <summary>EC2 is terminating it, or has: nothing can be registered by its id any more.</summary>
    UnderWay,
}

/// <summary>Why the instance has to leave its target groups. What follows from each: <see cref="ReasonPolicy"/>.</summary>
internal enum TerminationReason
{
    LifecycleHook,
    WarmPoolReturn,
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
