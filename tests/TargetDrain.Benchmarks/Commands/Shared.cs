using System.CommandLine;
using TargetDrain.Benchmarks.Storms;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>Options that several benchmarks have.</summary>
internal static class Shared
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Print the figures as JSON.", Recursive = true };

    public static Option<bool> Small { get; } = new("--small") { Description = "A size that takes seconds: does it run at all?", Recursive = true };

    public static Option<int> Share() => new("--api-share")
    {
        Description = "The function's API_SHARE_PERCENT.",
        DefaultValueFactory = _ => 100,
    };

    public static Option<int> IpGroups() => new("--ip-groups")
    {
        Description = "How many of a hundred target groups are of type ip.",
        DefaultValueFactory = _ => 0,
    };

    public static IReadOnlyList<Spread> Spreads { get; } = [Spread.Shared, Spread.Everywhere];

    public static IReadOnlyList<Cause> Causes { get; } = [Cause.Hook, Cause.Spot];
}
