using Microsoft.Extensions.Logging;
using TargetDrain.Calls;
using TargetDrain.Events;
using TargetDrain.Lifecycle;
using TargetDrain.Queue;
using TargetDrain.Targets;
using TargetDrain.Telemetry;

namespace TargetDrain;

/// <summary>
/// Decides how the wait for one instance goes on: begin it, keep it alive, end it. An action is never ended while a
/// group's answer is unknown or a target is still in, except because time is up.
/// </summary>
internal sealed class DrainWait(
    TargetGroupCatalog catalog, HookCatalog hooks, LifecycleActions lifecycle,
    DrainOptions options, DrainMetrics metrics, TimeProvider clock, ILogger log)
{
    public Task LearnHooksAsync(IEnumerable<LifecycleAction> actions, CancellationToken cancellation) =>
        hooks.LearnAsync(actions, cancellation);

    /// <summary>The shortest heartbeat timeout of the hooks that wait; null when none does.</summary>
    public TimeSpan? HeartbeatTimeoutOf(IEnumerable<LifecycleAction> actions) =>
        actions.Min(action => (TimeSpan?)hooks.LimitsOf(action).Heartbeat);

    /// <summary>
    /// Asks groups how long they drain: each once, however many instances left it. What cannot be learnt counts as the
    /// longest delay there is.
    /// </summary>
    public async Task LearnDelaysAsync(IEnumerable<DrainingGroup> groups, CancellationToken cancellation)
    {
        if (options.DryRun) return;
        await Task.WhenAll(groups.Select(group => group.Arn).Distinct(StringComparer.Ordinal).Select(async arn =>
        {
            try
            {
                await catalog.LearnDelayAsync(arn, Urgency.Patient, cancellation);
            }
            catch (Exception exception)
            {
                log.DelayUnknown(arn, AwsErrors.Describe(exception));
            }
        }));
    }

    /// <summary>When each ticket comes back; those that can come back together do.</summary>
    public IReadOnlyCollection<(DrainTicket Ticket, TimeSpan Delay)> Schedule(IEnumerable<DrainTicket> tickets) =>
        CheckSchedule.Together(tickets, clock.GetUtcNow(), options.CheckInterval);

    /// <summary>After the instance's targets were taken out for the first time.</summary>
    /// <returns>The ticket to send, or null when all is done.</returns>
    /// <exception cref="UncertainException">A group did not answer or did not let go.</exception>
    public async Task<DrainTicket?> BeginAsync(InstanceCase one, Findings found, InvocationTime time)
    {
        if (!found.IsCertain) throw new UncertainException(found.Problems);
        if (options.DryRun || one.Actions.Count == 0)
        {
            foreach (var action in one.Actions) log.WouldComplete(one.InstanceId, action.GroupName, action.HookName);
            if (one.Actions.Count == 0) log.DoneWithoutWaiting(one.InstanceId);
            return null;
        }
        if (found.Draining.Count == 0)
        {
            await EndAsync(one.InstanceId, one.Actions, DrainOutcome.NothingRegistered, time);
            return null;
        }
        var now = clock.GetUtcNow();
        var draining = found.Draining.Select(group => WithEnd(group, known: null, now)).ToList();
        var ticket = new DrainTicket(
            DrainTicket.CurrentVersion, one.InstanceId, now, draining.Max(group => group.LatestEnd) + options.DrainMargin,
            [.. one.Actions.Select(Pending)], [.. draining.Select(group => group.Group)]);
        return Announced(ticket);
    }

    /// <summary>After a ticket came back and its groups were looked into again.</summary>
    /// <returns>The ticket to send, or null when all is done.</returns>
    /// <exception cref="UncertainException">A group did not answer, and the time to wait for it is up.</exception>
    public async Task<DrainTicket?> ContinueAsync(DrainTicket ticket, Findings found, InvocationTime time)
    {
        if (options.DryRun)
        {
            foreach (var action in ticket.Actions) log.WouldComplete(ticket.InstanceId, action.GroupName, action.HookName);
            return null;
        }
        var now = clock.GetUtcNow();
        if (found.IsCertain && found.Draining.Count == 0)
        {
            metrics.DrainEnded(now - ticket.StartedAt);
            await EndAsync(ticket.InstanceId, ticket.Actions.Select(action => action.Action), DrainOutcome.Drained, time);
            return null;
        }
        var current = found.IsCertain ? WithFreshGroups(ticket, found, now) : ticket;
        var overdue = current.Actions.Where(action => now >= current.Deadline || now >= action.LastMoment).ToList();
        if (overdue.Count > 0)
        {
            if (!found.IsCertain) throw new UncertainException(found.Problems);
            foreach (var group in current.Groups) log.DrainTimedOut(ticket.InstanceId, group.Arn);
            metrics.DrainTimedOut();
            await EndAsync(ticket.InstanceId, overdue.Select(action => action.Action), DrainOutcome.TimedOut, time);
        }
        var alive = await KeepAliveAsync(ticket.InstanceId, current.Actions.Except(overdue), now, time);
        if (alive.Count == 0) return null;
        return Announced(current with { Actions = alive });
    }

    /// <summary>The instance has to be tried again: its actions must not time out meanwhile. After the last attempt, let go.</summary>
    public async Task HoldAsync(
        string instanceId, IEnumerable<LifecycleAction> actions, bool isLastAttempt, string problem, InvocationTime time)
    {
        if (isLastAttempt)
        {
            log.GaveUp(instanceId, problem);
            metrics.GaveUp();
        }
        if (options.DryRun) return;
        try
        {
            if (isLastAttempt) await EndAsync(instanceId, actions, DrainOutcome.GaveUp, time);
            else await Task.WhenAll(actions.Select(action => lifecycle.HeartbeatAsync(action, instanceId, time.WrapUp)));
        }
        catch (Exception exception)
        {
            // The message fails all the same; the hook's own timeout is what remains.
            log.GaveUp(instanceId, AwsErrors.Describe(exception));
        }
    }

    private DrainTicket Announced(DrainTicket ticket)
    {
        var delay = CheckSchedule.DelayOf(ticket, clock.GetUtcNow(), options.CheckInterval);
        log.WaitingForDrain(ticket.InstanceId, ticket.Groups.Count, (int)delay.TotalSeconds);
        return ticket;
    }

    private async Task EndAsync(string instanceId, IEnumerable<LifecycleAction> actions, DrainOutcome outcome, InvocationTime time)
    {
        var result = options.Results[outcome];
        await Task.WhenAll(actions.Select(action =>
        {
            if (result != ActionResult.Leave) return lifecycle.CompleteAsync(action, instanceId, outcome, result, time.WrapUp);
            log.ActionLeft(instanceId, action.GroupName, action.HookName, outcome);
            return Task.CompletedTask;
        }));
    }

    private PendingAction Pending(LifecycleAction action)
    {
        var limits = hooks.LimitsOf(action);
        return new PendingAction(
            action.GroupName, action.HookName, action.Token, action.StartedAt,
            (int)limits.Heartbeat.TotalSeconds, (int)limits.Global.TotalSeconds, LastHeartbeat: action.StartedAt);
    }

    private async Task<List<PendingAction>> KeepAliveAsync(
        string instanceId, IEnumerable<PendingAction> actions, DateTimeOffset now, InvocationTime time)
    {
        var kept = await Task.WhenAll(actions.Select(async action =>
        {
            if (now < action.HeartbeatDue) return action;
            return await lifecycle.HeartbeatAsync(action.Action, instanceId, time.WrapUp) switch
            {
                HeartbeatResult.Recorded => action with { LastHeartbeat = now },
                HeartbeatResult.ActionOver => null,
                _ => action,
            };
        }));
        return [.. kept.OfType<PendingAction>()];
    }

    private DrainTicket WithFreshGroups(DrainTicket ticket, Findings found, DateTimeOffset now)
    {
        var known = ticket.Groups.ToDictionary(group => group.Arn, StringComparer.Ordinal);
        var draining = found.Draining.Select(group => WithEnd(group, known.GetValueOrDefault(group.Arn), now)).ToList();
        var begunAnew = draining.Where(group => group.BegunNow).Select(group => group.LatestEnd + options.DrainMargin);
        return ticket with
        {
            Deadline = begunAnew.Append(ticket.Deadline).Max(),
            Groups = [.. draining.Select(group => group.Group)],
        };
    }

    private DrainEnd WithEnd(DrainingGroup group, TicketGroup? known, DateTimeOffset now)
    {
        if (group.Since is null && known is not null) return new DrainEnd(known, known.EndsAt ?? now, BegunNow: false);
        var delay = catalog.DelayOf(group.Arn);
        return new DrainEnd(
            new TicketGroup(group.Arn, group.TargetIds, group.Since + delay),
            (group.Since ?? now) + (delay ?? TargetGroupCatalog.LongestDelay), BegunNow: true);
    }

    /// <param name="LatestEnd">When its drain ends at the latest.</param>
    private sealed record DrainEnd(TicketGroup Group, DateTimeOffset LatestEnd, bool BegunNow);
}

/// <summary>Not everything that must be known is known.</summary>
internal sealed class UncertainException(IReadOnlyList<string> problems)
    : Exception(problems.Count == 1 ? problems[0] : $"{problems[0]} (and {problems.Count - 1} more)");
