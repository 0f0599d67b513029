using System.CommandLine;
using System.Text;
using TargetDrain.Benchmarks.Processes;
using TargetDrain.Benchmarks.Reports;
using TargetDrain.Benchmarks.Sweeps;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.LoadBalancing;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>What reading the targets of a whole account costs: CPU, allocation, memory.</summary>
internal static class SweepCommand
{
    private static readonly Option<int> TargetGroups = new("--target-groups") { DefaultValueFactory = _ => 3000 };
    private static readonly Option<int> Targets = new("--targets") { Description = "In each group.", DefaultValueFactory = _ => 1000 };

    private static readonly Option<string[]> Functions = new("--function")
    {
        Description = "Executables of the function; default: the JIT, ReadyToRun and AOT builds of cold-start.",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        var command = new Command("sweep", "One look at every target of a large account.") { TargetGroups, Targets, Functions };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task RunAsync(ParseResult parsed)
    {
        var small = parsed.GetValue(Shared.Small);
        var (groups, targets) = small ? (20, 100) : (parsed.GetValue(TargetGroups), parsed.GetValue(Targets));
        var report = new Report("sweep");
        await ReadingAsync(report, targets, descriptions: small ? 10_000 : 1_000_000);

        var table = new FigureTable("process", "function", "seconds", "CPU s per million targets", "peak memory, MB");
        var world = Account(groups, targets);
        await using var runtime = await EmulatedRuntime.StartAsync(world);
        foreach (var (name, path) in await FunctionsAsync(parsed, small))
        {
            await using var function = runtime.Launch(new FunctionCommand(path));
            var start = world.Clock.GetTimestamp();
            var result = await runtime.Function.InvokeAsync(Warning(world));
            if (!result.Succeeded) throw new InvalidOperationException($"The sweep failed ({result.Outcome}): {function.Output}");
            table.Row(name, world.Clock.GetElapsedTime(start).TotalSeconds, function.CpuSeconds * 1e6 / ((double)groups * targets), function.PeakMegabytes);
        }
        report.Note($"The function's process, its start included: one Spot warning in an account of {groups:N0} target groups × {targets:N0} targets, over HTTP, "
            + "at the full documented describe rate.");
        report.Add(table);
        report.Finish(parsed.GetValue(Shared.Json));
    }

    private static async Task ReadingAsync(Report report, int targets, int descriptions)
    {
        report.Note($"Reading {descriptions:N0} target descriptions, {targets:N0} in an answer, 100 dying instances; canned answers, this process. "
            + "Naive: keeps all answers and goes through them once per instance.");
        var ours = await ReadingCost.OfOursAsync(targets, descriptions);
        var naive = await ReadingCost.OfNaiveAsync(targets, descriptions);
        var scale = 1e6 / descriptions;
        var table = new FigureTable("reading", "per million target descriptions", "TargetDrain", "naive", "naive ÷ ours");
        table.Row("CPU, s", ours.CpuSeconds * scale, naive.CpuSeconds * scale, naive.CpuSeconds / ours.CpuSeconds);
        table.Row("allocated, MB", ours.AllocatedMegabytes * scale, naive.AllocatedMegabytes * scale, naive.AllocatedMegabytes / ours.AllocatedMegabytes);
        table.Row("kept at the end, MB", ours.KeptMegabytes * scale, naive.KeptMegabytes * scale, "");
        report.Add(table);
    }

    private static World Account(int groups, int targets)
    {
        var world = new World(TimeProvider.System);
        world.Journal.Paused = true;
        var instances = world.Compute.RunInstances(new InstanceSpec(), targets).Select(instance => new TargetSpec(instance.Id)).ToList();
        for (var number = 0; number < groups; number++)
            world.LoadBalancing.Register(world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec($"tg-{number}")).Arn, instances);
        world.Journal.Paused = false;
        return world;
    }

    // Of an instance that is registered nowhere: nothing but the reading is measured.
    private static byte[] Warning(World world) => Encoding.UTF8.GetBytes(
        $$$"""
        {"version":"0","id":"12345678-1234-1234-1234-123456789012","detail-type":"EC2 Spot Instance Interruption Warning","source":"aws.ec2",
        "account":"123456789012","time":"{{{world.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}}}","region":"us-east-1","resources":[],
        "detail":{"instance-id":"{{{world.Compute.RunInstance().Id}}}","instance-action":"terminate"}}
        """);

    private static async Task<IReadOnlyList<(string Name, string Path)>> FunctionsAsync(ParseResult parsed, bool small)
    {
        if (parsed.GetValue(Functions) is { Length: > 0 } given) return [.. given.Select(path => (path, path))];
        var found = new List<(string, string)>();
        foreach (var (name, arguments) in small ? Builds.All.Take(1) : Builds.All)
            if ((await Builds.FindAsync(name, arguments, anew: false)).Path is { } path) found.Add((name, path));
        return found;
    }
}
