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

    public static Command Create()
    {
        var command = new Command("faults", "Every kind of fault, and a crash, at every API call of every scene, in virtual time.") { Replay, Scene };
        command.SetAction(parsed => parsed.GetValue(Replay) is { } replay ? Retell(replay) : RunAll(parsed.GetValue(Scene)));
        return command;
    }

    private static int Retell(string text)
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
        var broken = FaultMatrix.Run(one, Console.WriteLine);
        foreach (var line in broken) Console.WriteLine($"BROKEN  {line}");
        if (broken.Count == 0) Console.WriteLine("All invariants hold.");
        return broken.Count == 0 ? 0 : 1;
    }

    private static int RunAll(string? scene)
    {
        var (cases, failed, started) = (0, 0, TimeProvider.System.GetTimestamp());
        foreach (var name in Scenes.All.Keys.Where(name => scene is null || name == scene))
        {
            var before = cases;
            foreach (var one in FaultMatrix.Cases(name).Concat(FaultMatrix.Crashes(name)))
            {
                cases++;
                if (FaultMatrix.Run(one) is not { Count: > 0 } broken) continue;
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
