using System.Collections.Concurrent;
using TargetDrain.Events;
using TargetDrain.Queue;

namespace TargetDrain.Lifecycle;

/// <summary>
/// Keeps the lifecycle actions of a batch alive while it is worked on: a heartbeat that is due goes out as soon as its
/// message was read, and later ones by a timer, however long the looks take.
/// </summary>
internal sealed class KeepAlive : IAsyncDisposable
{
    private readonly HookCatalog hooks;
    private readonly LifecycleActions lifecycle;
    private readonly bool dryRun;
    private readonly TimeProvider clock;
    private readonly CancellationToken cancellation;
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<(string InstanceId, string Token), Held> held;
    private readonly ConcurrentDictionary<string, bool> over = new(StringComparer.Ordinal);
    private readonly Task beating;

    /// <param name="early">Instances whose ticket goes on another round for sure: a heartbeat now saves a round later.</param>
    public KeepAlive(
        IEnumerable<(string InstanceId, PendingAction Action)> actions, IReadOnlySet<string> early,
        HookCatalog hooks, LifecycleActions lifecycle, bool dryRun, TimeProvider clock, CancellationToken cancellation)
    {
        (this.hooks, this.lifecycle, this.dryRun, this.clock, this.cancellation) = (hooks, lifecycle, dryRun, clock, cancellation);
        held = actions.ToDictionary(item => (item.InstanceId, item.Action.Token), item => new Held(item.InstanceId, item.Action));
        beating = RunAsync(early);
    }

    /// <summary>The instance's actions as they stand now, without those that are over.</summary>
    public IReadOnlyList<PendingAction> ActionsOf(Departure departure) =>
        [.. HeldOf(departure.InstanceId, departure.Actions).Where(one => !one.IsOver).Select(one => one.Action)];

    /// <summary>Whether there were actions and all of them are over: what was said of the instance has come to its end.</summary>
    public bool IsOver(string instanceId) => over.ContainsKey(instanceId);

    /// <summary>Before its messages are handed back: heartbeats where much of the timeout is used up.</summary>
    /// <returns>Until the next heartbeat must go out; null when nothing waits.</returns>
    public async Task<TimeSpan?> ProlongAsync(string instanceId, IEnumerable<PendingAction> actions)
    {
        var waiting = HeldOf(instanceId, actions).Where(one => !one.IsOver).ToList();
        var now = clock.GetUtcNow();
        if (!dryRun) await Task.WhenAll(waiting.Where(one => one.Action.IsWorthAHeartbeat(now)).Select(BeatAsync));
        return waiting.Min(one => (TimeSpan?)(one.Action.HeartbeatDue - clock.GetUtcNow()));
    }

    /// <summary>Whether Auto Scaling still waits: a heartbeat that it records says so.</summary>
    public async Task<HeartbeatResult> AskAsync(string instanceId, PendingAction action)
    {
        var one = held[(instanceId, action.Token)];
        if (one.IsOver) return HeartbeatResult.ActionOver;
        return dryRun ? HeartbeatResult.Recorded : await BeatAsync(one);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await beating;
        stopping.Dispose();
    }

    private async Task RunAsync(IReadOnlySet<string> early)
    {
        if (dryRun || held.Count == 0) return;
        var unknown = held.Values.Where(one => one.Action.HeartbeatSeconds is null).Select(one => (one.Action.GroupName, one.Action.HookName)).Distinct().ToList();
        // Those that are known beat meanwhile.
        var known = held.Values.Where(one => one.Action.HeartbeatSeconds is not null).Select(one => BeatWhenDueAsync(one, early.Contains(one.InstanceId))).ToList();
        var limits = await hooks.LimitsOfAsync(unknown, cancellation);
        foreach (var one in held.Values.Where(one => one.Action.HeartbeatSeconds is null))
        {
            if (limits.TryGetValue((one.Action.GroupName, one.Action.HookName), out var found)) one.Action = one.Action.WithLimits(found);
            known.Add(BeatWhenDueAsync(one, early.Contains(one.InstanceId)));
        }
        await Task.WhenAll(known);
    }

    private async Task BeatWhenDueAsync(Held one, bool early)
    {
        if (early && one.Action.IsWorthAHeartbeat(clock.GetUtcNow())) await BeatAsync(one);
        while (!one.IsOver && !stopping.IsCancellationRequested)
        {
            var wait = one.Action.HeartbeatDue - clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stopping.IsCancellationRequested) return;
            }
            await BeatAsync(one);
        }
    }

    private async Task<HeartbeatResult> BeatAsync(Held one)
    {
        var result = await lifecycle.HeartbeatAsync(one.Action, one.InstanceId, cancellation);
        var now = clock.GetUtcNow();
        if (result == HeartbeatResult.ActionOver) End(one);
        one.Action = result == HeartbeatResult.Failed ? one.Action.HeartbeatFailed(now) : one.Action.HeartbeatRecorded(now);
        return result;
    }

    private void End(Held ended)
    {
        ended.IsOver = true;
        if (held.Values.All(one => one.InstanceId != ended.InstanceId || one.IsOver)) over[ended.InstanceId] = true;
    }

    private IEnumerable<Held> HeldOf(string instanceId, IEnumerable<PendingAction> actions) => actions.Select(action => held[(instanceId, action.Token)]);

    private sealed class Held(string instanceId, PendingAction action)
    {
        public string InstanceId { get; } = instanceId;

        public PendingAction Action { get; set; } = action;

        public bool IsOver { get; set; }
    }
}
