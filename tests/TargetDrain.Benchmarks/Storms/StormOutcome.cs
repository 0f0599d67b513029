using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Benchmarks.Storms;

/// <summary>What came of a storm, read from the journal. Seconds since the events.</summary>
internal sealed class StormOutcome
{
    public StormOutcome(IReadOnlyList<JournalEntry> entries, DateTimeOffset start, int instances)
    {
        var calls = entries.OfType<ApiCalled>().Where(call => call.Principal == Installation.FunctionAccessKeyId).ToList();
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
