namespace TargetDrain.Queue;

/// <summary>When a ticket comes back.</summary>
internal static class TicketSchedule
{
    /// <summary>SQS delays a message by at most this.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    // The load balancer's clock and ours differ a little.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    // How much longer a ticket may take in order to come back with others: one look serves them all.
    private const double SlackShare = 0.2;
    private static readonly TimeSpan LongestSlack = TimeSpan.FromMinutes(1);

    private const int MostDoublings = 12;

    /// <summary>
    /// When to look again. Drains that we began end at a known time; before it nothing is to be seen. One that somebody
    /// else began ends at most its delay after it was first seen and probably earlier, so the gaps between looks double:
    /// an hour's drain costs seven of them.
    /// </summary>
    /// <param name="firstGap">Between the first two looks at a drain whose end is not known.</param>
    public static DateTimeOffset LookAt(DrainTicket ticket, DateTimeOffset now, TimeSpan firstGap)
    {
        if (ticket.DrainsEndBy is not { } endBy) return now;
        var end = endBy + Settle;
        var known = (ticket.DrainsEndAt ?? DateTimeOffset.MinValue.AddYears(1)) + Settle;
        if (known >= end && end > now) return end;
        var next = now + (firstGap * (1L << Math.Min(ticket.Looks, MostDoublings)));
        if (next < known) next = known;
        return next > end && end > now ? end : next;
    }

    /// <summary>
    /// From now to the next thing that is due: the look, a heartbeat, the last moment to complete, or the deadline.
    /// Whole seconds, 1 to 900.
    /// </summary>
    public static TimeSpan DelayOf(DrainTicket ticket, DateTimeOffset lookAt, DateTimeOffset deadline, DateTimeOffset now) =>
        Whole(Earliest(ticket, lookAt, deadline, now) - now);

    /// <summary>
    /// Delays for the tickets of one invocation. Those that are to look within a minute (or a fifth of the wait) of each
    /// other wait for the last of them; no heartbeat, deadline or last moment is passed for it.
    /// </summary>
    public static IReadOnlyCollection<(DrainTicket Ticket, TimeSpan Delay)> Together(
        IEnumerable<(DrainTicket Ticket, DateTimeOffset LookAt, DateTimeOffset Deadline)> tickets, DateTimeOffset now)
    {
        var scheduled = new List<(DrainTicket, TimeSpan)>();
        var company = new List<DrainTicket>();
        var (until, latest) = (TimeSpan.MinValue, TimeSpan.Zero);
        foreach (var (ticket, due, limit) in tickets
            .Select(item => (item.Ticket, due: DelayOf(item.Ticket, item.LookAt, item.Deadline, now), item.LookAt, item.Deadline))
            .Select(item => (item.Ticket, item.due, limit: LatestOf(item.Ticket, item.due, item.Deadline, now)))
            .OrderBy(item => item.limit))
        {
            if (due > until)
            {
                Depart();
                (until, latest) = (limit, TimeSpan.Zero);
            }
            company.Add(ticket);
            if (due > latest) latest = due;
        }
        Depart();
        return scheduled;

        void Depart()
        {
            scheduled.AddRange(company.Select(ticket => (ticket, latest)));
            company.Clear();
        }
    }

    private static DateTimeOffset Earliest(DrainTicket ticket, DateTimeOffset lookAt, DateTimeOffset deadline, DateTimeOffset now)
    {
        var due = deadline > now && deadline < lookAt ? deadline : lookAt;
        var bound = Bound(ticket, now);
        return bound < due ? bound.Value : due;
    }

    /// <summary>What must not be passed, whatever there is to look at.</summary>
    private static DateTimeOffset? Bound(DrainTicket ticket, DateTimeOffset now) =>
        ticket.Actions.Min(action => action.CompleteBy is { } last && last > now && last < action.HeartbeatDue ? last : action.HeartbeatDue);

    private static TimeSpan LatestOf(DrainTicket ticket, TimeSpan due, DateTimeOffset deadline, DateTimeOffset now)
    {
        var slack = due * SlackShare;
        var latest = due + (slack < LongestSlack ? slack : LongestSlack);
        if (latest > LongestDelay) latest = LongestDelay;
        if (Bound(ticket, now) - now < latest) latest = Bound(ticket, now)!.Value - now;
        if (deadline - now < latest) latest = deadline - now;
        return latest > due ? latest : due;
    }

    private static TimeSpan Whole(TimeSpan delay) =>
        TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(delay.TotalSeconds), 1, LongestDelay.TotalSeconds));
}
