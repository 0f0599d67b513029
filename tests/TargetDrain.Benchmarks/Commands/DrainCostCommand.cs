using System.CommandLine;
using TargetDrain.Benchmarks.Reports;
using TargetDrain.Benchmarks.Storms;
using TargetDrain.Benchmarks.Strategies;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>What the wait for a drain costs.</summary>
internal static class DrainCostCommand
{
    private const int TargetGroups = 50;
    private const double LongestRun = 900;

    public static Command Create()
    {
        var command = new Command("drain-cost", "Billed Lambda seconds of a short and a long drain.");
        command.SetAction(parsed => Run(parsed));
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        var report = new Report("drain-cost");
        report.Note($"One instance in 3 of {TargetGroups} target groups, virtual time, 20 ms per call. Hops: messages of the function to itself, "
            + "one after another; where loops are not allowed, Lambda stops the seventeenth run. "
            + "Naive: a function that looks every 15 s until the drain is over; above 900 s it must be started anew each time.");
        var table = new FigureTable(
            "drain-cost", "hook, s / drain, s", "billed s", "hops", "invocations", "calls", "naive: billed s", "naive: runs of at most 900 s", "naive ÷ ours");
        foreach (var (heartbeat, drain) in parsed.GetValue(Shared.Small) ? [(3600, 30)] : new[] { (3600, 300), (3600, 3600), (900, 300), (900, 3600), (60, 900), (30, 300) })
        {
            var size = new StormSize(1, TargetGroups, 3, Spread.Shared, Cause.Hook);
            var (outcome, _) = TargetDrainRun.Play(size, drainSeconds: drain, heartbeatSeconds: heartbeat);
            var naive = NaiveRun.BilledSeconds(size, drain);
            table.Row(
                System.FormattableString.Invariant($"{heartbeat} / {drain}"), outcome.Billed,
                outcome.CallsByOperation.Where(call => call.Operation == "SendMessageBatch").Sum(call => call.Calls), outcome.Invocations, outcome.Calls,
                naive, (int)Math.Ceiling(naive / LongestRun), naive / outcome.Billed);
        }
        report.Add(table);
        report.Finish(parsed.GetValue(Shared.Json));
    }
}
