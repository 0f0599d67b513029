using TargetDrain.Calls;

namespace TargetDrain.Events;

/// <summary>What a reason asks of us.</summary>
/// <param name="Deregisters">Take the instance out of every target group.</param>
/// <param name="Waits">Wait until the drain has ended.</param>
/// <param name="Completes">Then complete the lifecycle action.</param>
/// <param name="TimeBudget">How long the instance can still serve at best; null when nothing but the hook's own limits ends it.</param>
internal sealed record ReasonPolicy(bool Deregisters, bool Waits, bool Completes, Urgency Urgency, TimeSpan? TimeBudget)
{
    private static readonly TimeSpan SpotWarning = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Over = TimeSpan.Zero;

    /// <summary>The whole policy. Without a lifecycle action nobody waits for us, so there is nothing to wait for or complete.</summary>
    public static ReasonPolicy For(TerminationReason reason) => reason switch
    {
        //                                              deregisters, waits, completes, urgency, time budget
        TerminationReason.LifecycleHook =>           new(true, true, true, Urgency.Normal, null),
        TerminationReason.WarmPoolReturn =>          new(true, true, true, Urgency.Normal, null),
        TerminationReason.SpotInterruption =>        new(true, false, false, Urgency.Critical, SpotWarning),
        TerminationReason.StateChange =>             new(true, false, false, Urgency.Critical, Over),
        TerminationReason.TerminateSuccessful =>     new(true, false, false, Urgency.Normal, Over),
        TerminationReason.RebalanceRecommendation => new(true, false, false, Urgency.Patient, null),
        TerminationReason.OperatorRequest =>         new(true, false, false, Urgency.Normal, null),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No policy for this reason."),
    };
}
