using TargetDrain.Events;

namespace TargetDrain.Targets;

/// <summary>
/// What this environment knows of instances it has just dealt with, so that the events that follow (a warning and a
/// hook, then "shutting-down") cost little. It shortens work and never replaces a look at a registration that could
/// serve: forgotten, evicted or never learnt, all that happens is one sweep more.
/// </summary>
internal sealed class SweepMemory(TimeProvider clock)
{
    /// <summary>Bounds memory: some 4 MB.</summary>
    public const int MostInstances = 20_000;

    // From the Spot warning, or a short drain, to the termination.
    private static readonly TimeSpan SweepLifetime = TimeSpan.FromMinutes(15);

    // From the end of the drain to the termination; short, since its groups are not looked into again.
    private static readonly TimeSpan DrainedLifetime = TimeSpan.FromMinutes(2);

    // Events carry whole seconds, and AWS's clock is not ours.
    private static readonly TimeSpan ClockDoubt = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Queue<(string InstanceId, Entry Entry)> oldestFirst = new();
    private readonly Lock state = new();

    public int Count
    {
        get { lock (state) return entries.Count; }
    }

    /// <summary>Every group that could hold it was looked into, and it was taken out of those that did.</summary>
    /// <param name="begun">When the first group was looked into.</param>
    /// <param name="heldBy">The groups it was found in.</param>
    public void Swept(string instanceId, DateTimeOffset begun, IReadOnlyCollection<string> heldBy) =>
        Put(instanceId, new Entry(begun, heldBy, clock.GetUtcNow() + SweepLifetime));

    /// <summary>It was swept before, and the groups that held it were seen without it.</summary>
    public void Drained(string instanceId, DateTimeOffset at)
    {
        var now = clock.GetUtcNow();
        Put(instanceId, new Entry(SweptAt: null, HeldBy: [], (at < now ? at : now) + DrainedLifetime));
    }

    /// <summary>What is left to look into for an instance about which new events came.</summary>
    public SweepScope ScopeFor(InstanceCase one)
    {
        if (one.Actions.Count > 0) return SweepScope.Everything;
        Entry? known;
        lock (state) known = entries.GetValueOrDefault(one.InstanceId);
        if (known is null || known.Until <= clock.GetUtcNow()) return SweepScope.Everything;
        if (known.SweptAt is { } begun && begun >= one.Until + ClockDoubt) return SweepScope.Nothing;
        // Nothing can be registered by the id of an instance that EC2 terminates, but anything by its addresses.
        return one.End == InstanceEnd.UnderWay ? SweepScope.FollowUp(known.HeldBy) : SweepScope.Everything;
    }

    private void Put(string instanceId, Entry entry)
    {
        var now = clock.GetUtcNow();
        lock (state)
        {
            entries[instanceId] = entry;
            oldestFirst.Enqueue((instanceId, entry));
            while (oldestFirst.TryPeek(out var oldest) && (oldest.Entry.Until <= now || oldestFirst.Count > MostInstances))
            {
                oldestFirst.Dequeue();
                if (entries.TryGetValue(oldest.InstanceId, out var current) && ReferenceEquals(current, oldest.Entry))
                    entries.Remove(oldest.InstanceId);
            }
        }
    }

    private sealed record Entry(DateTimeOffset? SweptAt, IReadOnlyCollection<string> HeldBy, DateTimeOffset Until);
}
