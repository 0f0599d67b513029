namespace TargetDrain.Reconcile;

/// <summary>Begins the drains of instances whose events were missed.</summary>
internal sealed record ActionRecovery(
    WaitingActions Waiting, LifecycleActions Lifecycle, WorkQueue Queue, DrainOptions Options, DrainMetrics Metrics, TimeProvider Clock, ILogger Log)
{
    /// <returns>How many actions were recovered.</returns>
    public async Task<int> BeginAsync(IReadOnlyList<WaitingInstance> unanswered, CancellationToken cancellation)
    {
        if (unanswered.Count == 0) return 0;
        if (Options.DryRun)
        {
            foreach (var one in unanswered) Log.WouldRecover(one.InstanceId);
            return 0;
        }
        // Their events may be among what nobody has read yet.
        if (await Queue.HasBacklogAsync(cancellation)) return 0;
        var tickets = (await Task.WhenAll(unanswered.Select(one => TicketAsync(one, cancellation)))).OfType<DrainTicket>().ToList();
        var unsent = await Queue.SendAsync([.. tickets.Select(ticket => (ticket, TimeSpan.Zero))], cancellation);
        var recovered = tickets.Except(unsent.Select(item => item.Ticket)).SelectMany(ticket => ticket.Actions.Select(action => (ticket.InstanceId, Action: action))).ToList();
        foreach (var (instanceId, action) in recovered) Log.ActionRecovered(instanceId, action.GroupName, action.HookName);
        Metrics.Count(MetricNames.ActionsRecovered, recovered.Count);
        return recovered.Count;
    }

    /// <summary>A heartbeat says which actions wait indeed, and gives them time.</summary>
    private async Task<DrainTicket?> TicketAsync(WaitingInstance one, CancellationToken cancellation)
    {
        var results = await Task.WhenAll(one.Actions.Select(async action => (Action: action, Result: await Lifecycle.HeartbeatAsync(action, one.InstanceId, cancellation))));
        var actions = results.Where(item => item.Result == HeartbeatResult.Recorded).Select(item => item.Action.HeartbeatRecorded(Clock.GetUtcNow())).ToList();
        return actions.Count == 0 ? null : new DrainTicket(DrainTicket.CurrentVersion, one.InstanceId, Clock.GetUtcNow(), actions);
    }
}
