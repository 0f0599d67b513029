namespace TargetDrain;

/// <summary>
/// Decides what comes next for an instance after it was looked for: wait on with a ticket, complete its actions, or try again. An action
/// is completed when a full look, begun after the last known drain had ended, has found nothing; or because its time is up.
/// </summary>
internal sealed class DrainCoordinator(DrainOptions options, DrainMetrics metrics, TimeProvider clock, ILogger log)
{
    // What did not answer may answer soon; while it does not, the gaps grow no further than this.
    private static readonly TimeSpan LongestGapInDoubt = TimeSpan.FromMinutes(2);

    /// <param name="actions">Those of its actions that still wait.</param>
    public NextStep After(Departure departure, DrainStatus status, IReadOnlyList<PendingAction> actions)
    {
        var (now, step) = (clock.GetUtcNow(), new NextStep(departure) { Drains = status.Draining });
        // What was taken out by a look that remained in doubt is waited for as well.
        if (!status.IsCertain)
            return InDoubt(
                step, departure.Ticket is { } known ? With(known, status) : null,
                status.Problems.First() + (status.Problems.Count > 1 ? $" (and {status.Problems.Count - 1} more)" : ""), actions);
        if (departure.NoticedAt is { } noticed) metrics.Time(MetricNames.TimeToDeregister, now - noticed);
        if (options.DryRun || actions.Count == 0)
        {
            foreach (var action in actions) log.WouldComplete(departure.InstanceId, action.GroupName, action.HookName);
            if (departure.Actions.Count == 0) log.DoneWithoutWaiting(departure.InstanceId);
            return step;
        }
        if (status.Draining.Count == 0 && status.IsFull && !(departure.Ticket?.DrainsEndAt > now))
        {
            if (departure.Ticket?.DrainsEndBy is null) return step.Complete(actions, DrainOutcome.NothingRegistered);
            metrics.Time(MetricNames.DrainDuration, now - departure.Ticket.NoticedAt);
            return step.Complete(actions, DrainOutcome.Drained);
        }
        var ticket = Ticket(departure, status, actions, now);
        var overdue = now >= DeadlineOf(ticket, now) ? actions : [.. actions.Where(action => now >= action.CompleteBy)];
        if (overdue.Count == 0) return step.Wait(ticket);
        foreach (var drain in status.Draining) log.DrainTimedOut(departure.InstanceId, drain.GroupArn);
        metrics.Count(MetricNames.DrainsTimedOut);
        var rest = actions.Except(overdue).ToList();
        return step.Complete(overdue, DrainOutcome.TimedOut) with { Ticket = rest.Count == 0 ? null : ticket with { Actions = rest } };
    }

    /// <summary>A ticket that only came back to be kept alive.</summary>
    public NextStep NotYet(Departure departure, IReadOnlyList<PendingAction> actions) => options.DryRun || actions.Count == 0
        ? new NextStep(departure)
        : new NextStep(departure).Wait(departure.Ticket! with { Actions = actions });

    /// <summary>It is not to be touched. Nobody else ends its actions, so they end at once.</summary>
    public NextStep LeaveAlone(Departure departure, IReadOnlyList<PendingAction> actions)
    {
        var step = new NextStep(departure) { IsLeftAlone = true };
        if (!options.DryRun) return step.Complete(actions, DrainOutcome.NothingRegistered);
        foreach (var action in actions) log.WouldComplete(departure.InstanceId, action.GroupName, action.HookName);
        return step;
    }

    /// <summary>When each ticket comes back; those that can come back together do.</summary>
    public IReadOnlyCollection<(DrainTicket Ticket, TimeSpan Delay)> Schedule(IEnumerable<DrainTicket> tickets)
    {
        var now = clock.GetUtcNow();
        var scheduled = TicketSchedule.Together(tickets.Select(ticket => (ticket, ticket.LookAt ?? now, DeadlineOf(ticket, now))), now);
        foreach (var (ticket, delay) in scheduled) log.WaitingForDrain(ticket.InstanceId, (int)delay.TotalSeconds);
        return scheduled;
    }

    /// <summary>Something did not answer: a ticket waits on, with growing gaps, until its time is up; a notice is tried again.</summary>
    public NextStep InDoubt(Departure departure, string problem, IReadOnlyList<PendingAction> actions) =>
        InDoubt(new NextStep(departure), departure.Ticket, problem, actions);

    private NextStep InDoubt(NextStep step, DrainTicket? ticket, string problem, IReadOnlyList<PendingAction> actions)
    {
        var now = clock.GetUtcNow();
        if (ticket is null || step.Departure.Notices.Count > 0) return step.Retry(problem);
        if (options.DryRun || actions.Count == 0) return step;
        if (now >= DeadlineOf(ticket, now) || actions.Any(action => now >= action.CompleteBy)) return step.Retry(problem);
        var gap = options.CheckInterval * Math.Pow(2, Math.Clamp(ticket.Looks, 0, 10));
        return step.Wait(ticket with
        {
            Actions = actions,
            Looks = ticket.Looks + 1,
            LookAt = now + (gap < LongestGapInDoubt ? gap : LongestGapInDoubt),
            // One that never knew an end gets one, so that doubt has an end too.
            DrainsEndBy = ticket.DrainsEndBy ?? now + DeregistrationDelays.Longest,
        });
    }

    private DrainTicket Ticket(Departure departure, DrainStatus status, IReadOnlyList<PendingAction> actions, DateTimeOffset now)
    {
        var before = departure.Ticket ?? new DrainTicket(DrainTicket.CurrentVersion, departure.InstanceId, now, actions);
        var seen = With(before, status);
        var ours = status.Draining.Where(drain => drain.BegunAt is not null).ToList();
        var others = status.Draining.Where(drain => drain.BegunAt is null).ToList();
        var isFirstSight = before.DrainsEndBy is null;
        var (endAt, endBy) = (seen.DrainsEndAt, seen.DrainsEndBy);
        if (others.Count > 0)
        {
            // Begun before it was first seen, so over at most one delay later.
            var bound = others.Max(drain => now + LongestOf(drain));
            if (isFirstSight || ours.Count > 0) endBy = DrainTicket.Later(endBy, bound);
            if (isFirstSight && others.Exists(drain => drain.IsNetwork)) endAt = DrainTicket.Later(endAt, now + options.NetworkMinimumWait);
        }
        // What was not asked may drain longer: a full look says it, and comes at once.
        if (!status.IsFull) (endAt, endBy) = (before.DrainsEndAt, before.DrainsEndBy);
        var ticket = seen with
        {
            Version = DrainTicket.CurrentVersion,
            Actions = actions,
            DrainsEndAt = endAt,
            DrainsEndBy = DrainTicket.Later(endBy, endAt),
            Looks = isFirstSight || ours.Count > 0 ? 0 : before.Looks + 1,
            HeldBy = options.FinalLookIsNarrow ? [.. (before.HeldBy ?? []).Union(status.Draining.Select(drain => drain.GroupArn), StringComparer.Ordinal)] : null,
        };
        if (options.PublishEvents) ticket = ticket with { Reasons = departure.Reasons };
        return ticket with { LookAt = status.IsFull ? TicketSchedule.LookAt(ticket, now, options.CheckInterval) : now };
    }

    /// <summary>With what this look saw of it, and the ends of the drains that it began.</summary>
    private DrainTicket With(DrainTicket ticket, DrainStatus status)
    {
        var ours = status.Draining.Where(drain => drain.BegunAt is not null).ToList();
        return ticket with
        {
            DrainsEndAt = ours.Where(drain => drain.Delay is not null).Select(EndOf).Aggregate(ticket.DrainsEndAt, DrainTicket.Later),
            DrainsEndBy = ours.Select(EndOf).Aggregate(ticket.DrainsEndBy, DrainTicket.Later),
            SeenAt = status.Draining.Count > 0 ? clock.GetUtcNow() : ticket.SeenAt,
        };
    }

    private DateTimeOffset? EndOf(Drain drain) => drain.BegunAt + LongestOf(drain);

    private TimeSpan LongestOf(Drain drain) =>
        drain.Delay is not { } delay ? DeregistrationDelays.Longest : drain.IsNetwork && delay < options.NetworkMinimumWait ? options.NetworkMinimumWait : delay;

    private DateTimeOffset DeadlineOf(DrainTicket ticket, DateTimeOffset now) =>
        (ticket.DrainsEndBy ?? now + DeregistrationDelays.Longest) + options.DrainMargin;
}
