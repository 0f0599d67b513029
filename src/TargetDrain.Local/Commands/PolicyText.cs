using TargetDrain.Events;
using TargetDrain.Lifecycle;

namespace TargetDrain.Local.Commands;

/// <summary>A policy in words.</summary>
internal static class PolicyText
{
    public static string Deregister(ReasonPolicy policy) => policy.Deregisters ? "yes" : "no";

    public static string Wait(ReasonPolicy policy) => policy.Waits ? "until drained" : "no";

    public static string Complete(ReasonPolicy policy) => policy.Completes ? "yes" : "no";

    public static string Budget(ReasonPolicy policy) => policy.TimeBudget switch
    {
        null => policy.Completes ? "the hook's limits" : "none",
        { TotalMinutes: 0 } => "used up",
        { TotalMinutes: var minutes } => $"{minutes:0} min",
    };

    public static string Results(DrainOptions options) => string.Join(
        ", ", Enum.GetValues<DrainOutcome>().Select(outcome => $"{outcome}: {options.Results[outcome].ToString().ToUpperInvariant()}"));
}
