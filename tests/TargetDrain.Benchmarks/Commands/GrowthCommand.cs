using System.CommandLine;
using TargetDrain.Benchmarks.Reports;
using TargetDrain.Benchmarks.Storms;
using TargetDrain.Benchmarks.Strategies;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>What costs grow with.</summary>
internal static class GrowthCommand
{
    private const int Registrations = 5;

    public static Command Create()
    {
        var command = new Command("growth", "Three sizes each: more instances, more target groups.");
        command.SetAction(parsed => Run(parsed));
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        var small = parsed.GetValue(Shared.Small);
        var report = new Report("growth");
        report.Note("Shared registrations, lifecycle hook, virtual time. The lower bound is that of the storm benchmark.");
        int[] batches = small ? [1, 10] : [10, 100, 1000];
        int[] groups = small ? [10, 20] : [100, 500, 2000];
        var (fixedGroups, fixedInstances) = small ? (10, 10) : (500, 1000);
        var byInstances = new FigureTable("by-instances", "instances", "target groups", "last DeregisterTargets, s", "lower bound, s", "calls per instance", "billed s per instance");
        foreach (var instances in batches) Add(byInstances, instances, instances, fixedGroups);
        report.Add(byInstances);
        var byGroups = new FigureTable("by-groups", "target groups", "instances", "last DeregisterTargets, s", "lower bound, s", "calls per instance", "billed s per instance");
        foreach (var count in groups) Add(byGroups, count, fixedInstances, count);
        report.Add(byGroups);
        report.Finish(parsed.GetValue(Shared.Json));
    }

    private static void Add(FigureTable table, int key, int instances, int targetGroups)
    {
        var (outcome, bound) = TargetDrainRun.Play(new StormSize(instances, targetGroups, Registrations, Spread.Shared, Cause.Hook));
        table.Row(
            key.ToString("N0", System.Globalization.CultureInfo.InvariantCulture),
            key == targetGroups && key != instances ? instances : targetGroups,
            outcome.Last, bound.Last, outcome.CallsPerInstance, outcome.BilledPerInstance);
    }
}
