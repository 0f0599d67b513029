using System.Collections.Concurrent;

namespace TargetDrain.Targets;

/// <summary>
/// For ninety seconds, a group that answered a look is not asked again for the same instance, unless the look is to end a lifecycle
/// action. So "shutting-down", which follows every hook, costs no second look, and an attempt that is repeated because one group failed
/// asks that group alone.
/// </summary>
internal sealed class LookMemory(TimeProvider clock)
{
    /// <summary>Bounds memory: some 4 MB.</summary>
    public const int MostInstances = 20_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(90);

    // Events carry whole seconds, and AWS's clock is not ours.
    private static readonly TimeSpan ClockDoubt = TimeSpan.FromSeconds(2);

    private readonly Lock state = new();
    private Dictionary<string, LookRecord> recent = new(StringComparer.Ordinal);
    private Dictionary<string, LookRecord> older = new(StringComparer.Ordinal);
    private DateTimeOffset turnedAt = clock.GetUtcNow();

    public void Remember(IEnumerable<string> instanceIds, LookRecord record)
    {
        lock (state)
            foreach (var id in instanceIds)
            {
                if (clock.GetUtcNow() - turnedAt >= Lifetime || recent.Count >= MostInstances / 2)
                    (older, recent, turnedAt) = (recent, new(StringComparer.Ordinal), clock.GetUtcNow());
                recent[id] = record;
            }
    }

    /// <summary>What another environment has seen. One that speaks of the future counts as one of now.</summary>
    public void Remember(DrainedBroadcast broadcast)
    {
        var now = clock.GetUtcNow();
        Remember(broadcast.InstanceIds, new LookRecord(broadcast.At < now ? broadcast.At : now, everything: true));
    }

    /// <summary>The look that what is now said of the instance can add nothing to; null when there is none.</summary>
    public LookRecord? RecordFor(Departure departure)
    {
        // A ticket's look is there to end an action, and so is the first one of a hook's notice, if it finds nothing.
        if (departure.Ticket is not null || (departure.Actions.Count > 0 && departure.Messages.Any(message => message.ReceiveCount == 1))) return null;
        LookRecord? record;
        lock (state) record = recent.GetValueOrDefault(departure.InstanceId) ?? older.GetValueOrDefault(departure.InstanceId);
        if (record is null || record.BegunAt + Lifetime <= clock.GetUtcNow()) return null;
        return departure.Notices.All(item =>
            item.Notice.Certainty == TerminationCertainty.Final || item.Message.ReceiveCount > 1 || item.Notice.Time + ClockDoubt <= record.BegunAt)
            ? record
            : null;
    }
}

/// <summary>One look: when it began, and the groups that answered.</summary>
internal sealed class LookRecord(DateTimeOffset begunAt, bool everything = false)
{
    private readonly ConcurrentDictionary<string, bool> answered = new(StringComparer.Ordinal);

    public DateTimeOffset BegunAt { get; } = begunAt;

    public void Answered(string groupArn) => answered.TryAdd(groupArn, true);

    public bool HasAnswered(string groupArn) => everything || answered.ContainsKey(groupArn);
}
