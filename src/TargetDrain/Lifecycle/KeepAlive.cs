namespace TargetDrain.Lifecycle;

/// <summary>
/// Keeps the lifecycle actions of a batch alive while it is worked on: a heartbeat that is due goes out as soon as its message was read,
/// and later ones by a timer, however long the looks take.
/// </summary>
internal sealed class KeepAlive : IAsyncDisposable
{
    // An answer usually takes a fraction of a second; neither tickets nor heartbeats wait for one that takes long.
    private static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(1);

    private readonly HookCatalog hooks;
    private readonly LifecycleActions lifecycle;
    private readonly bool dryRun;
    private readonly TimeProvider clock;
    private readonly CancellationToken cancellation;
    private readonly Dictionary<(string InstanceId, string Key), Held> held;
    private readonly DateTimeOffset learnedBy;
    private readonly Task learning;
    private readonly ITimer timer;
    private readonly Lock state = new();
    private bool stopped;

    public KeepAlive(
        IReadOnlyCollection<Departure> departures, HookCatalog hooks, LifecycleActions lifecycle, bool dryRun, TimeProvider clock,
        CancellationToken cancellation)
    {
        (this.hooks, this.lifecycle, this.dryRun, this.clock, this.cancellation) = (hooks, lifecycle, dryRun, clock, cancellation);
        held = departures.SelectMany(one => one.Actions.Select(action => new Held(one.InstanceId, action)))
            .ToDictionary(one => (one.InstanceId, one.Action.Key));
        var now = clock.GetUtcNow();
        learnedBy = now + LongestSettling;
        // Their ticket goes on another round for sure: a heartbeat now saves a round later.
        var goOn = departures.Where(one => one.Ticket?.DrainsEndBy > now).Select(one => one.InstanceId).ToHashSet(StringComparer.Ordinal);
        Beat(one => goOn.Contains(one.InstanceId) && one.Action.IsWorthAHeartbeat(now));
        learning = dryRun ? Task.CompletedTask : LearnAsync();
        BeatWhatIsDue();
        timer = clock.CreateTimer(static keepAlive => ((KeepAlive)keepAlive!).BeatWhatIsDue(), this, Rhythm, Rhythm);
        // What is tried after that can only fail.
        cancellation.Register(timer.Dispose);
    }

    /// <summary>
    /// The instance's actions as they stand now, without those that are over. A heartbeat that is still under way counts as one that
    /// failed: the ticket must not come back for it at once.
    /// </summary>
    public IReadOnlyList<PendingAction> ActionsOf(Departure departure) =>
        [.. Of(departure).Where(one => !one.IsOver).Select(one => one.IsBeating ? one.Action.HeartbeatFailed(clock.GetUtcNow()) : one.Action)];

    /// <summary>Whether all of these actions are over: what was said of the instance has come to its end.</summary>
    public bool IsOver(Departure departure) => departure.Actions.Count > 0 && Of(departure).All(one => one.IsOver);

    /// <summary>Waits a while for the heartbeats that are under way, so that tickets can say that they were recorded.</summary>
    public async Task SettleAsync()
    {
        var all = UnderWay();
        if (!all.IsCompleted) await Task.WhenAny(all, Task.Delay(LongestSettling, clock));
    }

    /// <summary>Whether Auto Scaling still waits: a heartbeat that it records says so.</summary>
    public async Task<HeartbeatResult> AskAsync(string instanceId, PendingAction action)
    {
        var one = held[(instanceId, action.Key)];
        return dryRun ? HeartbeatResult.Recorded : await (one.Beat ?? Beat(one));
    }

    /// <summary>Before its messages are handed back: heartbeats where much of the timeout is used up.</summary>
    /// <returns>Until the next heartbeat must go out; null when nothing waits.</returns>
    public async Task<TimeSpan?> ProlongAsync(Departure departure, IReadOnlyCollection<PendingAction> actions)
    {
        var waiting = Of(departure).Where(one => !one.IsOver && actions.Any(action => action.Key == one.Action.Key)).ToList();
        var now = clock.GetUtcNow();
        if (!dryRun) await Task.WhenAll(waiting.Where(one => one.Action.IsWorthAHeartbeat(now)).Select(Beat));
        return waiting.Min(one => (TimeSpan?)(one.Action.HeartbeatDue - clock.GetUtcNow()));
    }

    public async ValueTask DisposeAsync()
    {
        lock (state) stopped = true;
        await timer.DisposeAsync();
        await UnderWay();
    }

    private IEnumerable<Held> Of(Departure departure) => departure.Actions.Select(action => held[(departure.InstanceId, action.Key)]);

    /// <summary>Asks for the limits of hooks that are not known; meanwhile those that are known beat.</summary>
    private async Task LearnAsync()
    {
        var unknown = held.Values.Where(one => !one.IsKnown).ToList();
        var limits = await hooks.LimitsOfAsync([.. unknown.Select(one => one.Hook).Distinct()], cancellation);
        lock (state)
            foreach (var one in unknown)
                if (limits.TryGetValue(one.Hook, out var found)) one.Action = one.Action.WithLimits(found);
        BeatWhatIsDue();
    }

    private void BeatWhatIsDue()
    {
        var now = clock.GetUtcNow();
        Beat(one => one.Action.HeartbeatDue <= now && (one.IsKnown || now >= learnedBy));
    }

    private void Beat(Func<Held, bool> isDue)
    {
        lock (state)
            if (!stopped && !dryRun)
                foreach (var one in held.Values.Where(one => !one.IsOver && !one.IsBeating && isDue(one))) Beat(one);
    }

    private Task<HeartbeatResult> Beat(Held one)
    {
        lock (state) return one.IsBeating ? one.Beat! : one.Beat = BeatAsync();

        async Task<HeartbeatResult> BeatAsync()
        {
            var result = await lifecycle.HeartbeatAsync(one.Action, one.InstanceId, cancellation);
            var now = clock.GetUtcNow();
            lock (state)
            {
                one.IsOver = result == HeartbeatResult.ActionOver;
                one.Action = result == HeartbeatResult.Failed ? one.Action.HeartbeatFailed(now) : one.Action.HeartbeatRecorded(now);
            }
            return result;
        }
    }

    private Task UnderWay()
    {
        lock (state) return Task.WhenAll([learning, .. held.Values.Select(one => one.Beat).OfType<Task>()]);
    }

    private sealed class Held(string instanceId, PendingAction action)
    {
        public string InstanceId { get; } = instanceId;

        public PendingAction Action { get; set; } = action;

        /// <summary>The heartbeat that was sent last; null before the first.</summary>
        public Task<HeartbeatResult>? Beat { get; set; }

        public bool IsOver { get; set; }

        public bool IsBeating => Beat is { IsCompleted: false };

        public bool IsKnown => Action.HeartbeatSeconds is not null;

        public (string Group, string Name) Hook => (Action.GroupName, Action.HookName);
    }
}
