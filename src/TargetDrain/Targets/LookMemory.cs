namespace TargetDrain.Targets;

/// <summary>
/// What this environment has looked for lately. A group that answered is not asked again for the same instance, where that adds nothing:
/// "shutting-down", which follows every hook, costs no second look; an attempt that is repeated because some groups failed, or because
/// the time was up, asks those alone.
/// </summary>
internal sealed class LookMemory(TimeProvider clock)
{
    /// <summary>Bounds memory: some 10 MB.</summary>
    public const int MostInstances = 20_000;

    // How long after a look nothing is expected to be registered again; and how long when it is to be let go, which takes a while for
    // thousands.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LifetimeWhenDrained = TimeSpan.FromMinutes(5);

    // A look may take several attempts, each with a pause before it; what they know together is as old as the first.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(15);

    // Events carry whole seconds, and AWS's clock is not ours.
    private static readonly TimeSpan ClockDoubt = TimeSpan.FromSeconds(2);

    private readonly Lock state = new();
    private Dictionary<string, EarlierLook> recent = new(StringComparer.Ordinal);
    private Dictionary<string, EarlierLook> older = new(StringComparer.Ordinal);
    private DateTimeOffset turnedAt = clock.GetUtcNow();

    /// <param name="canGoOn">It answered everything, or had no time for the rest.</param>
    public void Remember(string instanceId, LookRecord groups, IReadOnlyCollection<Drain> drains, bool canGoOn) =>
        Remember(instanceId, new EarlierLook(groups, clock.GetUtcNow(), drains, canGoOn));

    /// <summary>What another environment has seen. One that speaks of the future counts as one of now.</summary>
    public void Remember(Bulletin bulletin)
    {
        var now = clock.GetUtcNow();
        var at = bulletin.At < now ? bulletin.At : now;
        foreach (var id in bulletin.InstanceIds)
            // What was seen here says more.
            if (!(Find(id)?.EndedAt > at)) Remember(id, new EarlierLook(LookRecord.OfEverything(at), at, [], CanGoOn: false, IsDrained: true));
    }

    /// <summary>Its look found it nowhere, and its actions end now: what follows from that follows later.</summary>
    public void Drained(string instanceId)
    {
        if (Find(instanceId) is { } look) Remember(instanceId, look with { EndedAt = clock.GetUtcNow(), IsDrained = true });
    }

    /// <summary>The look that goes on, or that what is now said of the instance can add nothing to; null when there is none.</summary>
    public EarlierLook? For(Departure departure)
    {
        if (Find(departure.InstanceId) is not { } look) return null;
        var (now, begun) = (clock.GetUtcNow(), look.Groups.BegunAt);
        var age = now - look.EndedAt;
        // A ticket's look is there to end an action. It goes on with one that began after the instance was last seen anywhere.
        if (departure.Ticket is { } ticket)
            return look is { CanGoOn: true, Drains.Count: 0 } && age < LongestPause && now - begun < LongestLook && ticket.WasGoneAt(begun) ? look : null;
        // So is the first look of a hook's notice, if it finds nothing.
        if (age >= (look.IsDrained ? LifetimeWhenDrained : Lifetime) || (departure.Actions.Count > 0 && departure.Messages.Any(message => message.ReceiveCount == 1))) return null;
        return departure.Notices.All(item =>
            item.Notice.Certainty == TerminationCertainty.Final || item.Message.ReceiveCount > 1 || item.Notice.Time + ClockDoubt <= begun)
            ? look
            : null;
    }

    private EarlierLook? Find(string instanceId)
    {
        lock (state) return recent.GetValueOrDefault(instanceId) ?? older.GetValueOrDefault(instanceId);
    }

    private void Remember(string instanceId, EarlierLook look)
    {
        lock (state)
        {
            if (clock.GetUtcNow() - turnedAt >= LongestPause || recent.Count >= MostInstances / 2)
                (older, recent, turnedAt) = (recent, new(StringComparer.Ordinal), clock.GetUtcNow());
            recent[instanceId] = look;
        }
    }
}

/// <summary>What is known of one instance.</summary>
/// <param name="Drains">Where it was found.</param>
/// <param name="CanGoOn">To the end of a lifecycle action: nobody else's word does, nor a look that a group did not answer.</param>
/// <param name="IsDrained">It was found nowhere, and nobody waits for it any more.</param>
internal sealed record EarlierLook(LookRecord Groups, DateTimeOffset EndedAt, IReadOnlyCollection<Drain> Drains, bool CanGoOn, bool IsDrained = false);

/// <summary>One look, in one attempt or several: when the first began, and the groups that answered.</summary>
internal sealed class LookRecord
{
    private readonly ConcurrentDictionary<string, bool>? answered;
    private readonly LookRecord? before;

    public LookRecord(DateTimeOffset begunAt) : this(begunAt, [], null) { }

    private LookRecord(DateTimeOffset begunAt, ConcurrentDictionary<string, bool>? answered, LookRecord? before) =>
        (BegunAt, this.answered, this.before) = (begunAt, answered, before);

    /// <summary>Every group there is.</summary>
    public static LookRecord OfEverything(DateTimeOffset begunAt) => new(begunAt, null, null);

    public DateTimeOffset BegunAt { get; }

    /// <summary>This attempt and those before it as one.</summary>
    public LookRecord GoingOnWith(LookRecord? earlier) => earlier is null ? this : new(earlier.BegunAt, answered, earlier);

    public void Answered(string groupArn) => answered?.TryAdd(groupArn, true);

    public bool HasAnswered(string groupArn) => answered is null || answered.ContainsKey(groupArn) || before?.HasAnswered(groupArn) == true;
}
