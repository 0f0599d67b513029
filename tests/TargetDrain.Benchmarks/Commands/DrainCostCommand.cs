using System.CommandLine;
using TargetDrain.Benchmarks.Reports;
using TargetDrain.Benchmarks.Storms;
using TargetDrain.Benchmarks.Strategies;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>What the wait for a drain costs, and in how many invocations, one after the other.</summary>
internal static class DrainCostCommand
{
    private const int TargetGroups = 50;
    private const double LongestRun = 900;

    // SQS delays a message by no more.
    private const double LongestDelay = 900;

    // What TargetDrain promises with the hook's default timeout, whatever the delay.
    private const int DefaultHeartbeat = 900;
    private const int MostWithDefaultHook = 12;

    private static readonly int[] Delays = [0, 60, 300, 900, 1800, 3600];
    private static readonly int[] Heartbeats = [30, 60, 300, 900, 3600];

    public static Command Create()
    {
        var command = new Command("drain-cost", "Billed Lambda seconds and invocations of short and long drains.");
        command.SetAction(parsed => Run(parsed));
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        var small = parsed.GetValue(Shared.Small);
        var report = new Report("drain-cost");
        report.Note($"One instance in 3 of {TargetGroups} target groups, virtual time, 20 ms per call. Chain: the run that read the event and those of tickets, "
            + "one after another; where loops are not allowed, Lambda stops the seventeenth run. "
            + "Naive: a function that looks every 15 s until the drain is over; above 900 s it must be started anew each time.");
        report.Note("Least: a message waits 900 s at most, and a heartbeat must come before the hook's timeout is over. With a reserve: a third of the "
            + "timeout, 15 s at least, is left for a message that is late.");
        var delays = small ? [30] : Delays;
        var naive = delays.ToDictionary(delay => delay, delay => NaiveRun.BilledSeconds(new StormSize(1, TargetGroups, 3, Spread.Shared, Cause.Hook), delay));
        var longest = Add(report, "by-us", "drain begun by us", delays, small ? [3600] : Heartbeats, naive, begunByOthers: false);
        longest = Math.Max(longest, Add(report, "by-others", "begun by somebody else", delays, small ? [3600] : Heartbeats, naive, begunByOthers: true));
        if (!small) report.Note($"Longest chain with a hook of {DefaultHeartbeat} s: {longest}, goal {MostWithDefaultHook}: {(longest <= MostWithDefaultHook ? "met" : "missed")}.");
        report.Finish(parsed.GetValue(Shared.Json));
    }

    /// <returns>The longest chain with the default hook.</returns>
    private static int Add(
        Report report, string key, string title, IReadOnlyList<int> delays, IReadOnlyList<int> heartbeats, Dictionary<int, double> naive, bool begunByOthers)
    {
        var table = new FigureTable(
            key, $"{title}: hook, s / delay, s", "chain", "least", "with a reserve", "completed after, s", "ended by us", "billed s", "invocations", "calls",
            "naive: billed s", "naive: runs of at most 900 s", "naive ÷ ours");
        var longest = 0;
        foreach (var heartbeat in heartbeats)
        {
            foreach (var delay in delays)
            {
                var size = new StormSize(1, TargetGroups, 3, Spread.Shared, Cause.Hook);
                var (outcome, _) = TargetDrainRun.Play(size, drainSeconds: delay, heartbeatSeconds: heartbeat, begunByOthers: begunByOthers);
                var chain = outcome.Runs.GetValueOrDefault(Occasion.Hook) + outcome.Runs.GetValueOrDefault(Occasion.Ticket);
                if (heartbeat == DefaultHeartbeat) longest = Math.Max(longest, chain);
                table.Row(
                    System.FormattableString.Invariant($"{heartbeat} / {delay}"), chain, Least(delay, heartbeat), Least(delay, heartbeat - Math.Max(heartbeat / 3.0, 15)),
                    outcome.LastCompletion, outcome.EndedByUs, outcome.Billed, outcome.Invocations, outcome.Calls,
                    naive[delay], (int)Math.Ceiling(naive[delay] / LongestRun), naive[delay] / outcome.Billed);
            }
        }
        report.Add(table);
        return longest;
    }

    /// <summary>The run that reads the event, and one for each time that a message can wait.</summary>
    private static int Least(int delay, double wait) => 1 + (int)Math.Ceiling(delay / Math.Min(wait, LongestDelay));
}
