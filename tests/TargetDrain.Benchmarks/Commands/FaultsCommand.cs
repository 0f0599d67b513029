using System.CommandLine;
using TargetDrain.Reliability;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>The whole fault matrix, or one case of it, retold.</summary>
internal static class FaultsCommand
{
    private static readonly Option<string?> Replay = new("--replay")
    {
        Description = "One case, scene/operation#call/fault, with everything that happens in it.",
    };

    private static readonly Option<string?> Scene = new("--scene") { Description = "One scene only." };

    private static readonly Option<int> Latency = new("--latency") { Description = "Of every call, in milliseconds.", DefaultValueFactory = _ => 20 };

    private static readonly Option<bool> OnlySlowness = new("--only-slowness") { Description = "Slow APIs and crowded accounts only." };

    public static Command Create()
    {
        var command = new Command("faults", "Every kind of fault, and a crash, at every API call of every scene, in virtual time.") { Replay, Scene, Latency, OnlySlowness };
        command.SetAction(parsed =>
        {
            var latency = TimeSpan.FromMilliseconds(parsed.GetValue(Latency));
            return parsed.GetValue(Replay) is { } replay ? Retell(replay, latency) : RunAll(parsed.GetValue(Scene), latency, parsed.GetValue(OnlySlowness));
        });
        return command;
    }

    private static int Retell(string text, TimeSpan latency)
    {
        FaultCase one;
        try
        {
            one = FaultCase.Parse(text);
        }
        catch (FormatException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return 1;
        }
        var broken = FaultMatrix.Run(one, Console.WriteLine, latency);
        foreach (var line in broken) Console.WriteLine($"BROKEN  {line}");
        if (broken.Count == 0) Console.WriteLine("All invariants hold.");
        return broken.Count == 0 ? 0 : 1;
    }

    private static int RunAll(string? scene, TimeSpan latency, bool onlySlowness)
    {
        var (cases, failed, started) = (0, 0, TimeProvider.System.GetTimestamp());
        foreach (var name in Scenes.All.Keys.Where(name => scene is null || name == scene))
        {
            var before = cases;
            var slow = FaultMatrix.Slowness(name, latency);
            foreach (var one in onlySlowness ? slow : FaultMatrix.Cases(name, latency).Concat(FaultMatrix.Crashes(name, latency)).Concat(slow))
            {
                cases++;
                if (FaultMatrix.Run(one, latency: latency) is not { Count: > 0 } broken) continue;
                failed++;
                Console.WriteLine($"FAILED  {one}");
                foreach (var line in broken) Console.WriteLine($"        {line}");
                Console.WriteLine($"        {one.ReplayCommand}");
            }
            Console.WriteLine($"{name,-10} {cases - before,6} cases");
        }
        var took = TimeProvider.System.GetElapsedTime(started);
        Console.WriteLine($"{cases} cases, {failed} failed, {took.TotalSeconds:0} s");
        return failed == 0 ? 0 : 1;
    }
}
