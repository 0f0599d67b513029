using TargetDrain.Benchmarks.Strategies;
using TargetDrain.Emulator.Journal;

namespace TargetDrain.Benchmarks.Storms;

/// <summary>Where the seconds between a Spot warning and the last deregistration went. Seconds since the warning; NaN is never.</summary>
internal sealed class SpotTrace
{
    /// <param name="registrations">How many the instance has.</param>
    public SpotTrace(
        string instanceId, int registrations, DateTimeOffset warnedAt, DateTimeOffset start, IReadOnlyList<JournalEntry> entries,
        WatchedFunction function, string urgentQueue)
    {
        Warned = (warnedAt - start).TotalSeconds;
        var message = entries.OfType<MessageSent>().First(sent =>
            sent.Queue == urgentQueue && sent.At >= warnedAt && sent.Body.Contains(instanceId, StringComparison.Ordinal));
        Received = Since(entries.OfType<MessageReceived>().FirstOrDefault(received => received.MessageId == message.MessageId));

        var drains = entries.OfType<TargetChanged>().Where(change =>
            change.State == "draining" && change.By.StartsWith(WatchedFunction.AccessKeys, StringComparison.Ordinal) && change.Target.StartsWith(instanceId, StringComparison.Ordinal)).ToList();
        FirstOut = Since(drains.FirstOrDefault());
        LastOut = drains.Count < registrations ? double.NaN : Since(drains[^1]);

        // The run that took it out of the last group is the one whose steps are told.
        if (drains.Count == 0 || function.RunOf(drains[^1].By, drains[^1].At) is not { } run) return;
        Invoked = (run.Started - warnedAt).TotalSeconds;
        var calls = entries.OfType<ApiCalled>().Where(call => call.Principal == run.Key && call.Started >= run.Started && !(call.Started > run.Ended)).ToList();
        var answered = calls.Where(call => call.ErrorCode is null && call.At <= drains[^1].At).ToList();
        var held = drains.Select(change => change.TargetGroupArn).ToHashSet();
        LookedUp = Since(answered.FirstOrDefault(call => call.Operation == "DescribeInstances"));
        Listed = Since(answered.LastOrDefault(call => call.Operation == "DescribeTargetGroups"));
        Described = Since(answered.LastOrDefault(call => call.Operation == "DescribeTargetHealth" && held.Contains(call.Resource)));
        Describes = calls.Count(call => call.Operation == "DescribeTargetHealth");
        Deregisters = calls.Count(call => call.Operation == "DeregisterTargets");
        Throttled = calls.Count(call => call.ErrorCode == "Throttling");
        OthersDescribes = entries.OfType<ApiCalled>()
            .Where(call => call is { Operation: "DescribeTargetHealth", ErrorCode: null } && call.Principal != run.Key && call.At >= warnedAt && call.At <= drains[^1].At)
            .CountBy(call => function.RunOf(call.Principal, call.Started)!.Occasion).ToDictionary();

        double Since(JournalEntry? entry) => entry is null ? double.NaN : (entry.At - warnedAt).TotalSeconds;
    }

    /// <summary>Seconds since the first storm.</summary>
    public double Warned { get; }

    /// <summary>Taken from the queue, into a batch.</summary>
    public double Received { get; }

    public double Invoked { get; } = double.NaN;

    public double LookedUp { get; } = double.NaN;

    /// <summary>The last page of target groups.</summary>
    public double Listed { get; } = double.NaN;

    /// <summary>The last of the groups that held it.</summary>
    public double Described { get; } = double.NaN;

    public double FirstOut { get; }

    /// <summary>NaN when it was not taken out of every group.</summary>
    public double LastOut { get; }

    /// <summary>Calls of the run, for whomever; so the two below.</summary>
    public int Describes { get; }

    public int Deregisters { get; }

    public int Throttled { get; }

    /// <summary>Groups that other runs had described between the warning and the end.</summary>
    public IReadOnlyDictionary<Occasion, int> OthersDescribes { get; } = new Dictionary<Occasion, int>();
}
