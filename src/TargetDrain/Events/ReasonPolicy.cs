using TargetDrain.Calls;

namespace TargetDrain.Events;

/// <summary>What a reason asks of us.</summary>
/// <param name="Waits">Wait until the drain has ended, then complete the lifecycle action.</param>
/// <param name="TimeBudget">How long the instance can still serve at best; null when the hook's own limits decide.</param>
internal sealed record ReasonPolicy(Urgency Urgency, bool Waits, TimeSpan? TimeBudget)
{
    private static readonly TimeSpan SpotWarning = TimeSpan.FromMinutes(2);

    /// <summary>The whole policy. Every reason deregisters; they differ in haste and in who waits for the end.</summary>
    public static ReasonPolicy For(TerminationReason reason) => reason switch
    {
        TerminationReason.SpotInterruption => new(Urgency.Critical, Waits: false, SpotWarning),
        TerminationReason.StateChange => new(Urgency.Critical, Waits: false, TimeSpan.Zero),
        TerminationReason.LifecycleHook => new(Urgency.Normal, Waits: true, TimeBudget: null),
        TerminationReason.WarmPoolReturn => new(Urgency.Normal, Waits: true, TimeBudget: null),
        TerminationReason.OperatorRequest => new(Urgency.Normal, Waits: false, TimeBudget: null),
        TerminationReason.TerminateSuccessful => new(Urgency.Normal, Waits: false, TimeSpan.Zero),
        TerminationReason.RebalanceRecommendation => new(Urgency.Patient, Waits: false, TimeBudget: null),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No policy for this reason."),
    };
}
