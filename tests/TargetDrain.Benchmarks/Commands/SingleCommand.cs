using System.CommandLine;
using TargetDrain.Benchmarks.Reports;
using TargetDrain.Benchmarks.Storms;
using TargetDrain.Benchmarks.Strategies;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>One event, in accounts of several sizes, in a fresh environment and in one that has worked before.</summary>
internal static class SingleCommand
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    private static readonly Option<int[]> TargetGroups = new("--target-groups")
    {
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [10, 200, 500, 3000],
    };

    private static readonly Option<int> Share = Shared.Share();

    public static Command Create()
    {
        var command = new Command("single", "One instance; time to its first and last DeregisterTargets.") { TargetGroups, Share };
        command.SetAction(parsed => Run(parsed));
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        var report = new Report("single");
        report.Note("One instance with 5 registrations, the last one in the last group of the listing. Virtual time, 20 ms per call, "
            + "seconds since the invocation began; the event source's window of 1 s comes before. Warm: the same environment ten minutes later.");
        report.Note("Lower bound: listing and one describe per group at 200 + 50/s; before the first DeregisterTargets two calls must have been answered.");
        var table = new FigureTable(
            "single", "target groups", "cold: first", "÷ latency", "cold: last", "warm: first", "warm: last", "bound: first", "bound: last",
            "cold last ÷ bound", "naive: first", "naive: last", "naive last ÷ cold last");
        foreach (var groups in parsed.GetValue(Shared.Small) ? [10, 30] : parsed.GetValue(TargetGroups)!)
        {
            var size = new StormSize(1, groups, 5, Spread.Shared, Cause.Hook);
            var (cold, warm, bound) = Measure(size with { Instances = 2 }, parsed.GetValue(Share));
            var naive = NaiveRun.Play(size, 1);
            table.Row(groups.ToString(System.Globalization.CultureInfo.InvariantCulture),
                cold.First, cold.First / StormWorld.CallLatency.TotalSeconds, cold.Last, warm.First, warm.Last, bound.First, bound.Last,
                cold.Last / bound.Last, naive.First, naive.Last, naive.Last / cold.Last);
        }
        report.Add(table);
        report.Finish(parsed.GetValue(Shared.Json));
    }

    private static (StormOutcome Cold, StormOutcome Warm, LowerBound Bound) Measure(StormSize two, int share)
    {
        var clock = new VirtualClock();
        (StormOutcome, StormOutcome, LowerBound)? result = null;
        clock.Run(async () =>
        {
            var storm = new StormWorld(clock, two);
            using var installation = Installation.InProcess(storm.World, TargetDrainRun.Options(share));
            var cold = await OneAsync(storm, 0);
            var warm = await OneAsync(storm, 1);
            result = (cold, warm, new LowerBound(new StormWorld(clock, two with { Instances = 1 })));
        });
        return result!.Value;
    }

    private static async Task<StormOutcome> OneAsync(StormWorld storm, int number)
    {
        var before = storm.World.Journal.Entries.Count;
        storm.Strike(storm.Instances[number]);
        await Task.Delay(Rest, storm.World.Clock);
        var entries = storm.World.Journal.Entries.Skip(before).ToList();
        return new StormOutcome(entries, entries.OfType<InvocationStarted>().First().At, instances: 1);
    }
}
