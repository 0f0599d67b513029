using TargetDrain.Events;
using TargetDrain.Queue;

namespace TargetDrain.Lifecycle;

/// <summary>
/// Keeps the lifecycle actions of a batch alive while it is worked on: a heartbeat that is due goes out as soon as its
/// message was read, and later ones by a timer, however long the looks take.
/// </summary>
internal sealed class KeepAlive : IAsyncDisposable
{
    // An answer usually takes a fraction of a second; tickets do not wait for one that takes long.
    private static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(3);

    private readonly HookCatalog hooks;
    private readonly LifecycleActions lifecycle;
    private readonly bool dryRun;
    private readonly TimeProvider clock;
    private readonly CancellationToken cancellation;
    private readonly Dictionary<(string InstanceId, string Token), Held> held;
    private readonly ITimer alarm;
    private readonly Lock state = new();
    private readonly HashSet<Task> beating = [];
    private readonly Task learning;
    private bool stopped;

    /// <param name="early">Instances whose ticket goes on another round for sure: a heartbeat now saves a round later.</param>
    public KeepAlive(
        IEnumerable<(string InstanceId, PendingAction Action)> actions, IReadOnlySet<string> early,
        HookCatalog hooks, LifecycleActions lifecycle, bool dryRun, TimeProvider clock, CancellationToken cancellation)
    {
        (this.hooks, this.lifecycle, this.dryRun, this.clock, this.cancellation) = (hooks, lifecycle, dryRun, clock, cancellation);
        held = actions.ToDictionary(item => (item.InstanceId, item.Action.Token), item => new Held(item.InstanceId, item.Action));
        alarm = clock.CreateTimer(static keepAlive => ((KeepAlive)keepAlive!).BeatWhatIsDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var one in held.Values.Where(one => early.Contains(one.InstanceId) && one.Action.IsWorthAHeartbeat(clock.GetUtcNow()))) Begin(one);
        learning = dryRun ? Task.CompletedTask : LearnAsync();
        BeatWhatIsDue();
    }

    /// <summary>
    /// The instance's actions as they stand now, without those that are over. A heartbeat that is still under way counts as
    /// one that failed: the ticket must not come back for it at once.
    /// </summary>
    public IReadOnlyList<PendingAction> ActionsOf(Departure departure) =>
        [.. HeldOf(departure.InstanceId, departure.Actions).Where(one => !one.IsOver).Select(one => one.IsBeating ? one.Action.HeartbeatFailed(clock.GetUtcNow()) : one.Action)];

    /// <summary>Waits a while for the heartbeats that are under way, so that tickets can say that they were recorded.</summary>
    public async Task SettleAsync()
    {
        List<Task> underWay;
        lock (state) underWay = [.. beating, learning];
        var all = Task.WhenAll(underWay);
        if (!all.IsCompleted) await Task.WhenAny(all, Task.Delay(LongestSettling, clock));
    }

    /// <summary>Whether all of these actions are over: what was said of the instance has come to its end.</summary>
    public bool IsOver(Departure departure) => departure.Actions.Count > 0 && HeldOf(departure.InstanceId, departure.Actions).All(one => one.IsOver);

    /// <summary>Whether Auto Scaling still waits: a heartbeat that it records says so.</summary>
    public async Task<HeartbeatResult> AskAsync(string instanceId, PendingAction action)
    {
        var one = held[(instanceId, action.Token)];
        if (one.IsOver) return HeartbeatResult.ActionOver;
        return dryRun ? HeartbeatResult.Recorded : await BeatAsync(one);
    }

    /// <summary>Before its messages are handed back: heartbeats where much of the timeout is used up.</summary>
    /// <returns>Until the next heartbeat must go out; null when nothing waits.</returns>
    public async Task<TimeSpan?> ProlongAsync(string instanceId, IEnumerable<PendingAction> actions)
    {
        var waiting = HeldOf(instanceId, actions).Where(one => !one.IsOver).ToList();
        var now = clock.GetUtcNow();
        if (!dryRun) await Task.WhenAll(waiting.Where(one => one.Action.IsWorthAHeartbeat(now)).Select(BeatAsync));
        return waiting.Min(one => (TimeSpan?)(one.Action.HeartbeatDue - clock.GetUtcNow()));
    }

    public async ValueTask DisposeAsync()
    {
        List<Task> last;
        lock (state)
        {
            stopped = true;
            last = [.. beating, learning];
        }
        await alarm.DisposeAsync();
        await Task.WhenAll(last);
    }

    /// <summary>Asks for the limits of hooks that are not known; meanwhile those that are known beat.</summary>
    private async Task LearnAsync()
    {
        var unknown = held.Values.Where(one => one.Action.HeartbeatSeconds is null).ToList();
        if (unknown.Count == 0) return;
        foreach (var one in unknown) one.IsLearning = true;
        var limits = await hooks.LimitsOfAsync([.. unknown.Select(one => one.Hook).Distinct()], cancellation);
        foreach (var one in unknown)
        {
            if (limits.TryGetValue(one.Hook, out var found)) one.Action = one.Action.WithLimits(found);
            one.IsLearning = false;
        }
        BeatWhatIsDue();
    }

    private void BeatWhatIsDue()
    {
        if (dryRun) return;
        var now = clock.GetUtcNow();
        foreach (var one in held.Values.Where(one => one.IsWaiting && one.Action.HeartbeatDue <= now)) Begin(one);
        lock (state)
        {
            var next = held.Values.Where(one => one.IsWaiting).Min(one => (DateTimeOffset?)one.Action.HeartbeatDue);
            if (stopped || next is null) return;
            var wait = next.Value - now;
            alarm.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void Begin(Held one)
    {
        lock (state)
        {
            if (stopped || dryRun) return;
            var beat = BeatAsync(one);
            beating.RemoveWhere(task => task.IsCompleted);
            if (!beat.IsCompleted) beating.Add(AgainAsync(beat));
        }
    }

    private async Task AgainAsync(Task<HeartbeatResult> beat)
    {
        await beat;
        BeatWhatIsDue();
    }

    private async Task<HeartbeatResult> BeatAsync(Held one)
    {
        one.IsBeating = true;
        var result = await lifecycle.HeartbeatAsync(one.Action, one.InstanceId, cancellation);
        var now = clock.GetUtcNow();
        one.IsOver = result == HeartbeatResult.ActionOver;
        one.Action = result == HeartbeatResult.Failed ? one.Action.HeartbeatFailed(now) : one.Action.HeartbeatRecorded(now);
        one.IsBeating = false;
        return result;
    }

    private IEnumerable<Held> HeldOf(string instanceId, IEnumerable<PendingAction> actions) => actions.Select(action => held[(instanceId, action.Token)]);

    private sealed class Held(string instanceId, PendingAction action)
    {
        public string InstanceId { get; } = instanceId;

        public PendingAction Action { get; set; } = action;

        public (string Group, string Name) Hook => (Action.GroupName, Action.HookName);

        public bool IsOver { get; set; }

        public bool IsBeating { get; set; }

        public bool IsLearning { get; set; }

        public bool IsWaiting => !IsOver && !IsBeating && !IsLearning;
    }
}
