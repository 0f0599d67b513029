using System.CommandLine;
using System.Text;
using TargetDrain.Benchmarks.Processes;
using TargetDrain.Benchmarks.Reports;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.LoadBalancing;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>From the start of a process to the first DeregisterTargets and to the answer, in real time.</summary>
internal static class ColdStartCommand
{
    private const int TargetGroups = 3;

    private static readonly Option<int> Runs = new("--runs")
    {
        Description = "Cold starts of each; they take turns, and the median counts.",
        DefaultValueFactory = _ => 15,
    };

    private static readonly Option<string[]> Only = new("--builds")
    {
        Description = "Which of our builds; all unless named.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. Builds.All.Select(build => build.Name)],
    };

    // A machine's speed changes by the hour: two revisions are compared within one run, or not at all.
    private static readonly Option<FileInfo[]> Others = new("--beside")
    {
        Description = "Executables of other revisions, measured in the same run.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> Publish = new("--publish") { Description = "Publish anew, even if there is a build." };

    public static Command Create()
    {
        var command = new Command("cold-start", "JIT, ReadyToRun and AOT builds beside a boto3 function.") { Runs, Only, Others, Publish };
        Only.AcceptOnlyFromAmong([.. Builds.All.Select(build => build.Name)]);
        Others.AcceptExistingOnly();
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task RunAsync(ParseResult parsed)
    {
        var small = parsed.GetValue(Shared.Small);
        var report = new Report("cold-start");
        var candidates = new List<Candidate>();
        foreach (var (name, arguments) in small ? Builds.All.Take(1) : Builds.All.Where(build => parsed.GetValue(Only)!.Contains(build.Name)))
        {
            var (path, problem) = await Builds.FindAsync(name, arguments, parsed.GetValue(Publish));
            if (path is null) report.Note($"{name} is missing: {problem}");
            else candidates.Add(new Candidate(name, new FunctionCommand(path)));
        }
        foreach (var other in parsed.GetValue(Others) ?? [])
            candidates.Add(new Candidate(Path.GetFileName(other.DirectoryName)!, new FunctionCommand(other.FullName)));
        if (await Python.FindAsync("boto3_function.py") is { } python) candidates.Add(new Candidate("boto3", python));
        else report.Note("No python3 with boto3 on this machine: nothing to compare with.");

        await using var runtime = await EmulatedRuntime.StartAsync(new World(TimeProvider.System));
        var groups = Enumerable.Range(0, TargetGroups)
            .Select(number => runtime.World.LoadBalancing.CreateTargetGroup(new TargetGroupSpec($"tg-{number}")))
            .ToList();
        for (var run = 0; run < (small ? 1 : parsed.GetValue(Runs)); run++)
            foreach (var candidate in candidates) await MeasureAsync(runtime, groups, candidate);

        report.Note($"Milliseconds from the start of the process, median of {candidates[0].First.Count} cold starts taking turns on {Environment.ProcessorCount} cores. "
            + $"One Spot warning, one instance in one of {TargetGroups} target groups, AWS emulated on the same machine without latency. "
            + "boto3 does without EC2: list, describe, deregister.");
        var table = new FigureTable("cold-start", "build", "first DeregisterTargets, ms", "answered, ms", "fastest answer, ms", "CPU, ms", "peak memory, MB", "÷ boto3");
        var reference = candidates.FirstOrDefault(candidate => candidate.Name == "boto3");
        foreach (var candidate in candidates)
            table.Row(
                candidate.Name, Median(candidate.First), Median(candidate.Answered), candidate.Answered.Min(), Median(candidate.Cpu), Median(candidate.Memory),
                reference is null ? double.NaN : Median(candidate.First) / Median(reference.First));
        report.Add(table);
        report.Finish(parsed.GetValue(Shared.Json));
    }

    private static async Task MeasureAsync(EmulatedRuntime runtime, List<TargetGroup> groups, Candidate candidate)
    {
        var world = runtime.World;
        var instance = world.Compute.RunInstance();
        world.LoadBalancing.Register(groups[^1].Arn, new TargetSpec(instance.Id));
        var before = world.Journal.Entries.Count;
        var warning = Encoding.UTF8.GetBytes(
            $$$"""
            {"version":"0","id":"12345678-1234-1234-1234-123456789012","detail-type":"EC2 Spot Instance Interruption Warning","source":"aws.ec2",
            "account":"123456789012","time":"{{{world.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}}}","region":"us-east-1","resources":[],
            "detail":{"instance-id":"{{{instance.Id}}}","instance-action":"terminate"}}
            """);
        var start = world.Clock.GetUtcNow();
        var invocation = runtime.Function.InvokeAsync(warning);
        await using var function = runtime.Launch(candidate.Command);
        var result = await invocation;
        var answered = world.Clock.GetUtcNow() - start;
        var entries = world.Journal.Entries.Skip(before).ToList();
        var first = entries.OfType<ApiCalled>().FirstOrDefault(call => call.Operation == "DeregisterTargets");
        if (!result.Succeeded || first is null)
            throw new InvalidOperationException($"{candidate.Name} did not take the target out ({result.Outcome}). It wrote:{Environment.NewLine}{function.Output}");
        candidate.First.Add((first.Started - start).TotalMilliseconds);
        candidate.Answered.Add(answered.TotalMilliseconds);
        candidate.Cpu.Add(function.CpuSeconds * 1000);
        candidate.Memory.Add(function.PeakMegabytes);
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private sealed record Candidate(string Name, FunctionCommand Command)
    {
        public List<double> First { get; } = [];

        public List<double> Answered { get; } = [];

        public List<double> Cpu { get; } = [];

        public List<double> Memory { get; } = [];
    }
}
