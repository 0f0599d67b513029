using TargetDrain.Events;
using TargetDrain.Lifecycle;

namespace TargetDrain.Local.Explain;

/// <summary>In words, what the function makes of a notice.</summary>
internal static class ReasonText
{
    /// <summary>What must hold when the notice is read; see <see cref="StillTrue"/>.</summary>
    public static string Condition(TerminationNotice notice, DrainOptions options) => (notice.Certainty, notice.Action, notice.Reason) switch
    {
        (TerminationCertainty.Final, _, _) => "always: no instance comes back from there",
        (_, not null, _) => "while Auto Scaling says that the action waits",
        (_, _, TerminationReason.SpotInterruption) => "up to 150 s after the warning, later while EC2 says that it is stopped",
        (_, _, TerminationReason.StateChange) => "while EC2 says that it is stopping or stopped",
        _ => $"up to {options.MaximumEventAge.TotalSeconds:0} s later",
    };

    public static string Results(DrainOptions options) => string.Join(
        ", ", Enum.GetValues<DrainOutcome>().Select(outcome => $"{outcome}: {options.Results[outcome].ToString().ToUpperInvariant()}"));
}
