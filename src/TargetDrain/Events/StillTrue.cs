namespace TargetDrain.Events;

/// <summary>
/// Whether what a notice says still holds. A message may be days old: held up in the queue, delivered twice, moved back from the
/// dead-letter queue; the instance may serve again by now. The whole policy, as pure functions.
/// </summary>
internal static class StillTrue
{
    // A Spot instance is interrupted two minutes after its warning; one that runs on later was stopped and started again.
    private static readonly TimeSpan SpotWarning = TimeSpan.FromSeconds(150);

    // While Auto Scaling does not say whether an action still waits, an event counts for as long as nobody is likely to have ended the
    // action: its own heartbeat timeout is half a minute at least.
    public static readonly TimeSpan Young = TimeSpan.FromMinutes(2);

    /// <param name="computeState">What EC2 says; null when it does not know the instance.</param>
    /// <param name="computeAnswered">False when EC2 could not be asked.</param>
    /// <param name="scaling">What Auto Scaling says.</param>
    /// <param name="age">Of the notice; negative counts as nothing.</param>
    public static Verdict Of(
        TerminationNotice notice, string? computeState, bool computeAnswered, ScalingAnswer scaling, TimeSpan age, TimeSpan maximumAge)
    {
        if (notice.Certainty == TerminationCertainty.Final || IsDying(computeState)) return Verdict.True;
        if (notice.Action is not null) return OfAction(scaling, age);
        return notice.Reason switch
        {
            TerminationReason.SpotInterruption when age <= (SpotWarning < maximumAge ? SpotWarning : maximumAge) => Verdict.True,
            // It depends on what the instance does now.
            TerminationReason.SpotInterruption or TerminationReason.StateChange =>
                !computeAnswered ? Verdict.Unknown : computeState is "stopping" or "stopped" or null ? Verdict.True : Verdict.Stale,
            _ => age <= maximumAge ? Verdict.True : Verdict.Stale,
        };
    }

    /// <summary>For a ticket, whose action may have ended since.</summary>
    public static Verdict OfTicket(string? computeState, ScalingAnswer scaling) =>
        IsDying(computeState) || scaling.Waits ? Verdict.True : Verdict.AskForTheAction;

    private static bool IsDying(string? computeState) => computeState is "shutting-down" or "terminated";

    private static Verdict OfAction(ScalingAnswer scaling, TimeSpan age) => scaling switch
    {
        { Waits: true } => Verdict.True,
        { HasAnswered: false } => age <= Young ? Verdict.True : Verdict.AskForTheAction,
        // In no Auto Scaling group: detached long ago, or its group is not told yet.
        { State: null } => age <= Young ? Verdict.True : Verdict.Stale,
        _ => Verdict.AskForTheAction,
    };
}

internal enum Verdict
{
    True,
    /// <summary>It was true once. Acknowledged, and nothing is done.</summary>
    Stale,
    /// <summary>Nobody who must know has answered: it is tried again.</summary>
    Unknown,
    /// <summary>The action itself decides: a heartbeat that is recorded says that it waits.</summary>
    AskForTheAction,
}

/// <summary>What Auto Scaling says of one instance.</summary>
/// <param name="HasAnswered">False when it could not be asked.</param>
/// <param name="State">Its lifecycle state; null when it is in no Auto Scaling group.</param>
internal readonly record struct ScalingAnswer(bool HasAnswered, string? State)
{
    /// <summary>
    /// It leaves, and its action waits or has just begun or ended to: Terminating, Warmed:Terminating, Warmed:Pending and
    /// ReplacingRootVolume, with :Wait or :Proceed. Retained ones have been given up already.
    /// </summary>
    public bool Waits => State is not null && !State.EndsWith(":Retained", StringComparison.Ordinal) &&
        (State.StartsWith("Terminating", StringComparison.Ordinal) || State.StartsWith("Warmed:Terminating", StringComparison.Ordinal) ||
         State.StartsWith("Warmed:Pending", StringComparison.Ordinal) || State.StartsWith("ReplacingRootVolume", StringComparison.Ordinal));
}
