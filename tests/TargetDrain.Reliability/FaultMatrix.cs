using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Traffic;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Reliability;

/// <summary>One fault at one call of one scene. Written scene/operation#call/fault, as in plain/SendMessageBatch#1/reset-after.</summary>
/// <param name="Call">The first that goes wrong; 1 is the first of its operation.</param>
/// <param name="Times">So many in a row; written with a trailing x15.</param>
internal sealed record FaultCase(string Scene, string Operation, int Call, string Fault, int Times = 1)
{
    public string ReplayCommand => $"dotnet run --project tests/TargetDrain.Benchmarks -- faults --replay \"{this}\"";

    public override string ToString() => $"{Scene}/{Operation}#{Call}/{Fault}{(Times == 1 ? "" : $"x{Times}")}";

    /// <exception cref="FormatException">With what is wrong and what is allowed.</exception>
    public static FaultCase Parse(string text)
    {
        if (text.Split('/') is not [var scene, var where, var fault] || where.Split('#') is not [var operation, var call] || !int.TryParse(call, out var number))
            throw new FormatException($"'{text}' is no case; write scene/operation#call/fault, as in plain/DeregisterTargets#1/throttled.");
        var times = 1;
        if (fault.LastIndexOf('x') is > 0 and var at && int.TryParse(fault.AsSpan(at + 1), out var many)) (fault, times) = (fault[..at], many);
        if (!Scenes.All.ContainsKey(scene)) throw new FormatException($"Scene '{scene}' is none of {string.Join(", ", Scenes.All.Keys)}.");
        if (FaultKinds.Find(fault) is null)
            throw new FormatException($"Fault '{fault}' is none of {string.Join(", ", FaultKinds.All.Keys.Concat(FaultKinds.Crashes.Keys))}.");
        return new FaultCase(scene, operation, number, fault, times);
    }
}

/// <summary>Every scene, every call it makes, every kind of fault.</summary>
internal static class FaultMatrix
{
    /// <summary>
    /// Once, and so often in a row that the attempts within several calls fail, yet fewer than the 20 deliveries after
    /// which a message is given up.
    /// </summary>
    private static readonly int[] Often = [1, 15];

    public static IEnumerable<FaultCase> Cases(string scene) =>
        from call in CallsOf(scene)
        from fault in FaultKinds.All.Keys
        from times in Often
        select new FaultCase(scene, call.Operation, call.Number, fault, times);

    /// <summary>The process is killed at every call, once before it takes effect and once after.</summary>
    public static IEnumerable<FaultCase> Crashes(string scene) =>
        from call in CallsOf(scene)
        from crash in FaultKinds.Crashes.Keys
        select new FaultCase(scene, call.Operation, call.Number, crash);

    /// <summary>The calls that a scene makes when nothing goes wrong.</summary>
    public static IReadOnlyList<(string Operation, int Number)> CallsOf(string scene)
    {
        var calls = new List<(string, int)>();
        var broken = Stage.Play(async stage =>
        {
            await Scenes.All[scene](stage);
            foreach (var (operation, count) in stage.Ledger.Figures.Calls)
                calls.AddRange(Enumerable.Range(1, count).Select(number => (operation, number)));
        });
        return broken.Count == 0 ? calls : throw new InvalidOperationException($"Scene {scene} does not hold without any fault: {string.Join("; ", broken)}");
    }

    /// <returns>What did not hold; empty when all did.</returns>
    public static IReadOnlyList<string> Run(FaultCase one, Action<string>? log = null) => Stage.Play(async stage =>
    {
        if (log is not null) stage.World.Journal.Written += entry => log(Tell(entry));
        var kills = FaultKinds.Crashes.ContainsKey(one.Fault);
        if (kills) stage.Ledger.CrashesAreMeant();
        // Its hook times out sooner than a killed process's messages come back, or than many faults in a row are over.
        stage.Ledger.ActionsMayTimeOut = one.Scene == "long" && (kills || one.Times > 1);
        // Stalls in a row are longer than the two minutes' warning.
        if (one is { Scene: "spot", Fault: "stall", Times: > 1 }) stage.Ledger.AddressesMayStay = true;
        var seen = 0;
        stage.World.Faults.Add(new FaultRule(FaultKinds.Find(one.Fault)!)
        {
            Operation = one.Operation,
            When = call =>
            {
                if (call.Principal != Installation.FunctionAccessKeyId || ++seen < one.Call || seen >= one.Call + one.Times) return false;
                if (kills) stage.Installation.Function.Crash();
                return true;
            },
        });
        await Scenes.All[one.Scene](stage);
    });

    public static string Tell(JournalEntry entry) => $"{entry.At:HH:mm:ss.fff}  {entry}";
}
