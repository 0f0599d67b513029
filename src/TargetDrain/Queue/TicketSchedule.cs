namespace TargetDrain.Queue;

/// <summary>When a ticket comes back.</summary>
internal static class TicketSchedule
{
    /// <summary>SQS delays a message by at most this.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    // The load balancer's clock and ours differ a little.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    // How much longer a ticket may take in order to come back with others: one look serves them all.
    private const double SlackShare = 1.0 / 3;
    public static readonly TimeSpan LongestSlack = TimeSpan.FromMinutes(2);

    // Where many wait, others of theirs may wait in other environments: all come back at the same round time, as far as the slack goes.
    private const int Many = 20;
    private static readonly TimeSpan[] RoundTimes = [TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15)];

    private const int MostDoublings = 12;

    /// <summary>
    /// When to look again. Drains that we began end at a known time; before it nothing is to be seen. One that somebody else began ends
    /// at most its delay after it was first seen and probably earlier, so the gaps between looks double: an hour's drain costs seven of
    /// them.
    /// </summary>
    /// <param name="firstGap">Between the first two looks at a drain whose end is not known.</param>
    public static DateTimeOffset LookAt(DrainTicket ticket, DateTimeOffset now, TimeSpan firstGap)
    {
        if (ticket.DrainsEndBy is not { } endBy) return now;
        var end = endBy + Settle;
        var known = (ticket.DrainsEndAt ?? DateTimeOffset.MinValue.AddYears(1)) + Settle;
        var next = now + (firstGap * (1L << Math.Clamp(ticket.Looks, 0, MostDoublings)));
        if (next < known) next = known;
        return next > end && end > now ? end : next;
    }

    /// <summary>
    /// From now to the next thing that is due: the look, a heartbeat, the last moment to complete, or the deadline. Whole seconds, 1 to
    /// 900.
    /// </summary>
    public static TimeSpan DelayOf(DrainTicket ticket, DateTimeOffset lookAt, DateTimeOffset deadline, DateTimeOffset now)
    {
        var due = deadline > now && deadline < lookAt ? deadline : lookAt;
        var seconds = (Earlier(due, LatestReturn(ticket, now)) - now).TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(seconds), 1, LongestDelay.TotalSeconds));
    }

    /// <summary>
    /// Delays for the tickets of one invocation. Those that are to look within two minutes (or a third of the wait) of each other wait for
    /// the last of them, and where they are many for the next round time; no heartbeat, deadline or last moment is passed for it.
    /// </summary>
    public static IReadOnlyCollection<(DrainTicket Ticket, TimeSpan Delay)> Together(
        IEnumerable<(DrainTicket Ticket, DateTimeOffset LookAt, DateTimeOffset Deadline)> tickets, DateTimeOffset now)
    {
        var waiting = tickets
            .Select(item => (item.Ticket, Due: DelayOf(item.Ticket, item.LookAt, item.Deadline, now), item.Deadline))
            .Select(item => (item.Ticket, item.Due, Latest: LatestDelay(item.Ticket, item.Due, item.Deadline, now)))
            .OrderBy(item => item.Latest).ToList();
        var scheduled = new List<(DrainTicket, TimeSpan)>();
        while (scheduled.Count < waiting.Count)
        {
            var first = waiting[scheduled.Count];
            var company = waiting.Skip(scheduled.Count).TakeWhile(item => item.Due <= first.Latest).ToList();
            var delay = company.Max(item => item.Due);
            if (company.Count >= Many) delay = Rounded(delay, first.Latest, now);
            scheduled.AddRange(company.Select(item => (item.Ticket, delay)));
        }
        return scheduled;
    }

    private static TimeSpan Rounded(TimeSpan due, TimeSpan latest, DateTimeOffset now) => RoundTimes
        .Select(round => due + TimeSpan.FromTicks((round.Ticks - ((now + due).Ticks % round.Ticks)) % round.Ticks))
        .Select(delay => TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds)))
        .FirstOrDefault(delay => delay <= latest, due);

    /// <summary>What must not be passed, whatever there is to look at.</summary>
    private static DateTimeOffset LatestReturn(DrainTicket ticket, DateTimeOffset now) => ticket.Actions.Min(action =>
        action.CompleteBy is { } last && last > now ? Earlier(last, action.HeartbeatDue) : action.HeartbeatDue);

    private static TimeSpan LatestDelay(DrainTicket ticket, TimeSpan due, DateTimeOffset deadline, DateTimeOffset now)
    {
        var slack = due * SlackShare;
        TimeSpan[] limits = [due + (slack < LongestSlack ? slack : LongestSlack), LongestDelay, LatestReturn(ticket, now) - now, deadline - now];
        return limits.Min() is var latest && latest > due ? latest : due;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
