using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Reliability;

/// <summary>One fault at one call of one scene. Written scene/operation#call/fault, as in plain/SendMessageBatch#1/reset-after.</summary>
/// <param name="Operation">"all" for whichever.</param>
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
        if (!FaultKinds.Names.Contains(fault)) throw new FormatException($"Fault '{fault}' is none of {string.Join(", ", FaultKinds.Names)}.");
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

    private const string Every = "all";
    private const string TooSlow = "slow-15";
    private const int Always = 10_000;

    // Nobody waits for an answer that long: an outage, and it has to end. Five attempts to a call, ten seconds each.
    private const int Outage = 40;

    private static readonly TimeSpan CrowdStays = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RealLatency = TimeSpan.FromMilliseconds(20);

    public static IEnumerable<FaultCase> Cases(string scene, TimeSpan? latency = null) =>
        from call in CallsOf(scene, latency)
        from fault in FaultKinds.All.Keys
        from times in Often
        select new FaultCase(scene, call.Operation, call.Number, fault, times);

    /// <summary>Each API answers late at every call, then all of them; and others eat the account's limits for ten minutes.</summary>
    public static IEnumerable<FaultCase> Slowness(string scene, TimeSpan? latency = null) =>
        CallsOf(scene, latency).Select(call => call.Operation).Distinct().Append(Every)
            .SelectMany(operation => FaultKinds.Slow.Keys, (operation, fault) => new FaultCase(scene, operation, 1, fault, fault == TooSlow ? Outage : Always))
            .Concat(Crowd.All.Keys.Select(crowd => new FaultCase(scene, Every, 1, crowd)));

    /// <summary>The process is killed at every call, once before it takes effect and once after.</summary>
    public static IEnumerable<FaultCase> Crashes(string scene, TimeSpan? latency = null) =>
        from call in CallsOf(scene, latency)
        from crash in FaultKinds.Crashes.Keys
        select new FaultCase(scene, call.Operation, call.Number, crash);

    /// <summary>The calls that a scene makes when nothing goes wrong.</summary>
    public static IReadOnlyList<(string Operation, int Number)> CallsOf(string scene, TimeSpan? latency = null)
    {
        var calls = new List<(string, int)>();
        var broken = Stage.Play(async stage =>
        {
            await Scenes.All[scene](stage);
            foreach (var (operation, count) in stage.Ledger.Figures.Calls)
                calls.AddRange(Enumerable.Range(1, count).Select(number => (operation, number)));
        }, latency: latency ?? RealLatency);
        return broken.Count == 0 ? calls : throw new InvalidOperationException($"Scene {scene} does not hold without any fault: {string.Join("; ", broken)}");
    }

    /// <returns>What did not hold; empty when all did.</returns>
    /// <param name="latency">Of every call; 20 ms when not given. Without any, whole kinds of mistakes do not show.</param>
    public static IReadOnlyList<string> Run(FaultCase one, Action<string>? log = null, TimeSpan? latency = null) => Stage.Play(async stage =>
    {
        if (log is not null) stage.World.Journal.Written += entry => log(Tell(entry));
        var kills = FaultKinds.Crashes.ContainsKey(one.Fault);
        if (kills) stage.Ledger.CrashesAreMeant();
        // Its hook times out sooner than a killed process's messages come back, or than many faults in a row are over.
        stage.Ledger.ActionsMayTimeOut = one.Scene == "long" && (kills || (one.Times > 1 && FaultKinds.All.ContainsKey(one.Fault)));
        // Stalls in a row are longer than the two minutes' warning.
        if (one is { Scene: "spot", Fault: "stall" or TooSlow, Times: > 1 }) stage.Ledger.AddressesMayStay = true;
        if (Crowd.All.TryGetValue(one.Fault, out var left))
        {
            var crowd = Crowd.ComeAsync(stage, left, CrowdStays);
            await Scenes.All[one.Scene](stage);
            await crowd;
            return;
        }
        var seen = 0;
        stage.World.Faults.Add(new FaultRule(FaultKinds.Find(one.Fault)!)
        {
            Operation = one.Operation == Every ? null : one.Operation,
            When = call =>
            {
                if (call.Principal != Installation.FunctionAccessKeyId || ++seen < one.Call || seen >= one.Call + one.Times) return false;
                if (kills) stage.Installation.Function.Crash();
                return true;
            },
        });
        await Scenes.All[one.Scene](stage);
    }, latency: latency ?? RealLatency);

    public static string Tell(JournalEntry entry) => $"{entry.At:HH:mm:ss.fff}  {entry}";
}
