using TargetDrain.Benchmarks.Strategies;
using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Benchmarks.Storms;

/// <summary>What came of a storm, read from the journal. Seconds since the events.</summary>
internal sealed class StormOutcome
{
    /// <param name="function">Whose calls they are; null for an installation that was not watched, which cannot tell what they were for.</param>
    public StormOutcome(IReadOnlyList<JournalEntry> entries, DateTimeOffset start, int instances, WatchedFunction? function = null)
    {
        var key = function is null ? Installation.FunctionAccessKeyId : WatchedFunction.AccessKeys;
        var calls = entries.OfType<ApiCalled>().Where(call => call.Principal.StartsWith(key, StringComparison.Ordinal)).ToList();
        if (function is not null)
        {
            Runs = function.Runs.CountBy(run => run.Occasion).ToDictionary();
            CallsByOccasion = calls.GroupBy(call => (call.Operation, function.RunOf(call.Principal, call.Started)!.Occasion)).ToDictionary(same => same.Key, same => same.Count());
            Looks = calls.Where(call => call.Operation == "DescribeTargetHealth")
                .GroupBy(call => function.RunOf(call.Principal, call.Started)!)
                .GroupBy(run => run.Key.Occasion)
                .ToDictionary(same => same.Key, same => same.Count());
        }
        var leaving = entries.OfType<TargetChanged>().Where(change => change.State == "draining").ToList();
        var deregisters = calls.Where(call => call is { Operation: "DeregisterTargets", ErrorCode: null }).ToList();
        First = deregisters.Count == 0 ? double.NaN : (deregisters.Min(call => call.Started) - start).TotalSeconds;
        Last = deregisters.Count == 0 ? double.NaN : (deregisters.Max(call => call.Started) - start).TotalSeconds;
        Calls = calls.Count;
        Throttled = calls.Count(call => call.ErrorCode is "Throttling" or "RequestLimitExceeded");
        CallsByOperation = calls.GroupBy(call => call.Operation)
            .Select(same => (same.Key, same.Count()))
            .OrderByDescending(same => same.Item2)
            .ToList();
        Removals = [.. leaving.GroupBy(change => change.At).Select(same => ((same.Key - start).TotalSeconds, same.Count()))];
        var ends = entries.OfType<LifecycleActionEnded>().ToList();
        EndedByUs = ends.Count(end => end.By == "caller");
        LastCompletion = EndedByUs == 0 ? double.NaN : (ends.Where(end => end.By == "caller").Max(end => end.At) - start).TotalSeconds;
        var runs = entries.OfType<InvocationEnded>().ToList();
        Invocations = runs.Count;
        Billed = runs.Sum(run => run.Billed.TotalSeconds);
        Errors = [.. runs.Where(run => run.Outcome != "ok").Select(run => $"{(run.At - start).TotalSeconds:0.00} s: {run.Error}")];
        DeadLetters = entries.OfType<MessageDeadLettered>().Count();
        Instances = instances;
    }

    public int Instances { get; }

    public double First { get; }

    public double Last { get; }

    public double LastCompletion { get; }

    public int EndedByUs { get; }

    public int Calls { get; }

    public int Throttled { get; }

    public IReadOnlyList<(string Operation, int Calls)> CallsByOperation { get; }

    /// <summary>Empty when the installation was not watched.</summary>
    public IReadOnlyDictionary<(string Operation, Occasion Occasion), int> CallsByOccasion { get; } = new Dictionary<(string, Occasion), int>();

    /// <summary>How many there were, by what they were for; empty when the installation was not watched.</summary>
    public IReadOnlyDictionary<Occasion, int> Runs { get; } = new Dictionary<Occasion, int>();

    /// <summary>How many runs described target groups, and for what.</summary>
    public IReadOnlyDictionary<Occasion, int> Looks { get; } = new Dictionary<Occasion, int>();

    public int Invocations { get; }

    /// <summary>Of the runs that did not end well: when, and what the function said.</summary>
    public IReadOnlyList<string> Errors { get; }

    public int LostRuns => Errors.Count;

    public int DeadLetters { get; }

    /// <summary>Lambda seconds of the whole storm.</summary>
    public double Billed { get; }

    public IReadOnlyList<(double Seconds, int Targets)> Removals { get; }

    public double CallsPerInstance => (double)Calls / Instances;

    public double ThrottledShare => Calls == 0 ? 0 : (double)Throttled / Calls;

    public double BilledPerInstance => Billed / Instances;
}
