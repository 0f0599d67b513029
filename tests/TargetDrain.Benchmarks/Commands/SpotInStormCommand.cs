using System.CommandLine;
using TargetDrain.Benchmarks.Reports;
using TargetDrain.Benchmarks.Storms;
using TargetDrain.Benchmarks.Strategies;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>What ends in two minutes, in the midst of what can wait.</summary>
internal static class SpotInStormCommand
{
    // AWS ends a Spot instance two minutes after its warning.
    private const double Notice = 120;

    // The first looks, deregistering, the rest, the looks before completing, and what is announced after them; each on its own.
    private static readonly double[] Warnings = [2, 45, 90, 140, 200, 260, 305, 350, 400, 450, 520];

    private static readonly Option<int> Instances = new("--instances") { Description = "Of each of the two storms.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> TargetGroups = new("--target-groups") { DefaultValueFactory = _ => 900 };
    private static readonly Option<int> Registrations = new("--registrations") { DefaultValueFactory = _ => 5 };
    private static readonly Option<double[]> At = new("--at")
    {
        Description = "Seconds after the first storm at which a warning comes; one instance each.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => Warnings,
    };

    private static readonly Option<bool> Documented = new("--documented-pollers") { Description = "The storms' queue is polled as Lambda documents." };

    public static Command Create()
    {
        var command = new Command("spot-in-storm", "Spot warnings while two storms are in full swing.") { Instances, TargetGroups, Registrations, At, Documented };
        command.SetAction(parsed => Run(parsed));
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        var small = parsed.GetValue(Shared.Small);
        var size = new StormSize(
            2 * (small ? 40 : parsed.GetValue(Instances)), small ? 30 : parsed.GetValue(TargetGroups), parsed.GetValue(Registrations), Spread.Shared, Cause.Hook);
        var warnings = small ? [2, 310] : parsed.GetValue(At)!;
        var options = new InstallationOptions { Scheduled = false };
        if (parsed.GetValue(Documented))
            options = options with { EventSource = new InstalledStack(options, new Emulator.WorldOptions()).EventSource() with { Pollers = PollerScaling.Documented } };
        var report = new Report("spot-in-storm");
        report.Note($"Two storms of {size.Instances / 2:N0} instances by hook, {size.Registrations} registrations each, over {size.TargetGroups:N0} target groups; "
            + $"Spot instances with {size.Registrations} registrations and no hook. Installed as template.yaml says; account limits and 20 ms latency emulated, "
            + $"virtual time. Seconds since the warning; AWS ends the instance {Notice:0} s after it.");
        Add(report, "anywhere", size, SpotPlace.Anywhere, warnings, options, goal: 30);
        Add(report, "busy", size, SpotPlace.Busy, warnings, options, goal: 5);
        Add(report, "everywhere", size with { Spread = Spread.Everywhere }, SpotPlace.Anywhere, warnings, options, goal: 30);
        report.Finish(parsed.GetValue(Shared.Json));
    }

    private static void Add(Report report, string name, StormSize size, SpotPlace place, IReadOnlyList<double> warnings, InstallationOptions options, double goal)
    {
        var outcome = SpotInStorm.Play(size, place, warnings, options);
        var bound = place == SpotPlace.Busy ? LowerBound.LookSeconds(0, size.Registrations) : LowerBound.LookSeconds(size.TargetGroups, size.Registrations);
        var late = outcome.Spots.Where(spot => !(spot.LastOut <= goal)).ToList();
        report.Note("");
        report.Note($"Storm's registrations {size.Spread.ToString().ToLowerInvariant()}, the Spot instances' "
            + $"{(place == SpotPlace.Busy ? "in groups that the storms empty" : size.Spread == Spread.Everywhere ? "anywhere" : "in other groups")}: "
            + $"goal {goal:0} s, {(late.Count == 0 ? "met" : $"missed by {late.Count} of {outcome.Spots.Count}")}; slowest "
            + $"{(outcome.Spots.Any(spot => double.IsNaN(spot.LastOut)) ? "never" : $"{outcome.Spots.Max(spot => spot.LastOut):0.0} s")}, "
            + $"after AWS had ended it: {outcome.Spots.Count(spot => !(spot.LastOut <= Notice))}. "
            + $"Own look's bound with nothing left of the account's burst: {bound:0.0} s. "
            + $"Storms: {outcome.Storm.CallsPerInstance:0.00} calls per instance, {100 * outcome.Storm.ThrottledShare:0.0} % throttled, "
            + $"last completion {outcome.Storm.LastCompletion:0} s, {outcome.Storm.EndedByUs:N0} ended by us, {outcome.Storm.LostRuns} runs not ok.");
        var table = new FigureTable(
            $"spot-{name}", "warned at, s", "out of all", "÷ bound", "from the queue", "invoked", "looked up", "listed", "its groups described", "first out",
            "run's describes", "deregisters", "throttled",
            "meanwhile: storms' describes", "other Spot looks'", "looks' that follow");
        foreach (var spot in outcome.Spots)
        {
            table.Row(
                spot.Warned.ToString("0", System.Globalization.CultureInfo.InvariantCulture), spot.LastOut, spot.LastOut / bound, spot.Received, spot.Invoked,
                spot.LookedUp, spot.Listed, spot.Described, spot.FirstOut, spot.Describes, spot.Deregisters, spot.Throttled,
                spot.OthersDescribes.GetValueOrDefault(Occasion.Hook) + spot.OthersDescribes.GetValueOrDefault(Occasion.Ticket),
                spot.OthersDescribes.GetValueOrDefault(Occasion.Spot), spot.OthersDescribes.GetValueOrDefault(Occasion.After));
        }
        report.Add(table);
        var runs = outcome.Storm.Looks.OrderBy(look => look.Key).Select(look => $"{look.Value} by {StormCommand.NameOf(look.Key)}");
        var describes = outcome.Storm.CallsByOccasion.Where(call => call.Key.Operation == "DescribeTargetHealth")
            .OrderBy(call => call.Key.Occasion).Select(call => $"{call.Value:N0} by {StormCommand.NameOf(call.Key.Occasion)}");
        report.Note($"Runs that looked: {string.Join(", ", runs)}. DescribeTargetHealth: {string.Join(", ", describes)}.");
    }
}
