using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Reconcile;

/// <summary>
/// Which of the instances that wait for us nobody drains: one that is still registered and not draining, and one that has been in no group
/// for longer than any ticket waits after a drain. Its drain begins with a ticket, as after an event; where one is under way after all,
/// the second costs a look and harms nothing.
/// </summary>
/// <param name="waiting">Instances that Auto Scaling says wait for us, of those that are to be acted upon.</param>
/// <param name="before">What the last run left.</param>
internal sealed class UnansweredActions(
    Reconciler parts, IReadOnlyList<WaitingInstance> waiting, TargetOwners owners, Baton before, DateTimeOffset now)
{
    private const int MostRecoveries = 500;

    private readonly HashSet<string> registered = new(StringComparer.Ordinal);
    private readonly HashSet<string> draining = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> idle = new(StringComparer.Ordinal);

    /// <summary>Those in no group, and since when they have been seen so.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Idle => idle;

    public static async Task<UnansweredActions> ListAsync(Reconciler parts, Baton before, DateTimeOffset now, CancellationToken cancellation)
    {
        IReadOnlyList<WaitingInstance> waiting = [];
        try
        {
            waiting = await parts.Actions.ListAsync(cancellation);
        }
        catch (Exception exception)
        {
            parts.Log.WaitingUnknown(AwsErrors.Describe(exception));
        }
        var answers = await parts.Instances.FindAsync([.. waiting.Select(one => one.InstanceId)], Urgency.Patient, cancellation);
        waiting = [.. waiting.Where(one => parts.Scope.WhyNot(answers.Instances[one.InstanceId], one.Actions.Select(action => action.GroupName)) is null)];
        return new UnansweredActions(parts, waiting, new TargetOwners(answers, parts.Options.PeeredVpcs), before, now);
    }

    /// <summary>Tells whether a target is one of an instance that waits.</summary>
    public Func<TargetHealthDescription, bool> MatcherFor(TargetGroup group)
    {
        if (waiting.Count == 0) return _ => false;
        var ownerOf = owners.MatcherFor(group);
        return target => ownerOf(target.Target) is not null;
    }

    public void Saw(TargetGroup group, IReadOnlyList<TargetHealthDescription> targets)
    {
        if (waiting.Count == 0) return;
        var ownerOf = owners.MatcherFor(group);
        foreach (var target in targets)
            if (ownerOf(target.Target) is { } id)
                _ = Registration.StateOf(target.TargetHealth) switch
                {
                    RegistrationState.Registered => registered.Add(id),
                    RegistrationState.Draining => draining.Add(id),
                    _ => false,
                };
    }

    /// <param name="sawEverything">Whether every group was looked into.</param>
    /// <returns>How many actions were recovered.</returns>
    public async Task<int> RecoverAsync(bool sawEverything, CancellationToken cancellation)
    {
        var unanswered = waiting.Where(IsUnanswered).Take(MostRecoveries).ToList();
        if (unanswered.Count == 0) return 0;
        if (parts.Options.DryRun)
        {
            foreach (var one in unanswered) parts.Log.WouldRecover(one.InstanceId);
            return 0;
        }
        // Their events may be among what nobody has read yet.
        if (await parts.Queue.HasBacklogAsync(cancellation)) return 0;
        var tickets = (await Task.WhenAll(unanswered.Select(one => BeginAsync(one, cancellation)))).OfType<DrainTicket>().ToList();
        var unsent = await parts.Queue.SendAsync([.. tickets.Select(ticket => (ticket, TimeSpan.Zero))], cancellation);
        var recovered = tickets.Except(unsent.Select(item => item.Ticket)).SelectMany(ticket => ticket.Actions.Select(action => (ticket.InstanceId, Action: action))).ToList();
        foreach (var (instanceId, action) in recovered) parts.Log.ActionRecovered(instanceId, action.GroupName, action.HookName);
        parts.Metrics.Count(MetricNames.ActionsRecovered, recovered.Count);
        return recovered.Count;

        bool IsUnanswered(WaitingInstance one)
        {
            var id = one.InstanceId;
            if (registered.Contains(id)) return true;
            if (draining.Contains(id) || owners.Answers.Problems.ContainsKey(id)) return false;
            var known = before.Idle?.TryGetValue(id, out var since) == true ? since : (DateTimeOffset?)null;
            if (known is not null || sawEverything) idle[id] = known ?? now;
            return known is { } then && now - then >= parts.Options.NetworkMinimumWait + TicketSchedule.LongestSlack;
        }
    }

    /// <summary>A heartbeat says which actions wait indeed, and gives them time.</summary>
    private async Task<DrainTicket?> BeginAsync(WaitingInstance one, CancellationToken cancellation)
    {
        var results = await Task.WhenAll(one.Actions.Select(async action =>
            (Action: action, Result: await parts.Lifecycle.HeartbeatAsync(action, one.InstanceId, cancellation))));
        var actions = results.Where(item => item.Result == HeartbeatResult.Recorded).Select(item => item.Action.HeartbeatRecorded(parts.Clock.GetUtcNow())).ToList();
        return actions.Count == 0 ? null : new DrainTicket(DrainTicket.CurrentVersion, one.InstanceId, parts.Clock.GetUtcNow(), actions);
    }
}
