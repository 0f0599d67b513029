namespace TargetDrain.Queue;

/// <summary>When a ticket should come back.</summary>
internal static class CheckSchedule
{
    /// <summary>SQS delays a message by at most this.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    // How much longer a ticket may take in order to come back with others.
    private const double CompanyShare = 0.2;
    private static readonly TimeSpan LongestCompany = TimeSpan.FromMinutes(1);

    // The load balancer's clock and ours differ a little.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    /// <summary>
    /// At the end of the longest drain, when a heartbeat is due, or when time is up, whichever is first; after
    /// <paramref name="interval"/> where the end is unknown or already past. Whole seconds, 1 to 900.
    /// </summary>
    public static TimeSpan DelayOf(DrainTicket ticket, DateTimeOffset now, TimeSpan interval)
    {
        var due = ticket.Groups.Count == 0 ? now + interval : ticket.Groups.Max(group => DrainEnd(group, now, interval));
        if (ticket.Deadline < due) due = ticket.Deadline;
        foreach (var action in ticket.Actions)
        {
            if (action.HeartbeatDue < due) due = action.HeartbeatDue;
            if (action.LastMoment < due) due = action.LastMoment;
        }
        var seconds = Math.Ceiling((due - now).TotalSeconds);
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 1, LongestDelay.TotalSeconds));
    }

    /// <summary>
    /// Delays for the tickets of a batch. One look into a group serves all tickets that come back at the same time, so
    /// those whose drains end within a minute (or within a fifth of the wait) of each other wait for the last of them.
    /// No heartbeat, deadline or last moment is passed for it, and a ticket on its own waits for nobody.
    /// </summary>
    public static IReadOnlyCollection<(DrainTicket Ticket, TimeSpan Delay)> Together(
        IEnumerable<DrainTicket> tickets, DateTimeOffset now, TimeSpan interval)
    {
        var scheduled = new List<(DrainTicket, TimeSpan)>();
        var company = new List<DrainTicket>();
        var (until, latest) = (TimeSpan.MinValue, TimeSpan.Zero);
        foreach (var (ticket, due, limit) in tickets
            .Select(ticket => (ticket, due: DelayOf(ticket, now, interval), limit: LatestOf(ticket, now, interval)))
            .OrderBy(item => item.limit))
        {
            if (due > until)
            {
                Leave();
                (until, latest) = (limit, TimeSpan.Zero);
            }
            company.Add(ticket);
            if (due > latest) latest = due;
        }
        Leave();
        return scheduled;

        void Leave()
        {
            scheduled.AddRange(company.Select(ticket => (ticket, latest)));
            company.Clear();
        }
    }

    private static TimeSpan LatestOf(DrainTicket ticket, DateTimeOffset now, TimeSpan interval)
    {
        var due = DelayOf(ticket, now, interval);
        var slack = due * CompanyShare;
        var latest = due + (slack < LongestCompany ? slack : LongestCompany);
        if (latest > LongestDelay) latest = LongestDelay;
        var bounds = ticket.Actions.SelectMany(action => new[] { action.HeartbeatDue, action.LastMoment }).Append(ticket.Deadline);
        var bound = bounds.Min() - now;
        if (bound < latest) latest = bound;
        return latest > due ? latest : due;
    }

    private static DateTimeOffset DrainEnd(TicketGroup group, DateTimeOffset now, TimeSpan interval) =>
        group.EndsAt is { } end && end + Settle > now ? end + Settle : now + interval;
}
