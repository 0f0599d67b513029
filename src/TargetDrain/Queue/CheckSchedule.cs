namespace TargetDrain.Queue;

/// <summary>When a ticket should come back.</summary>
internal static class CheckSchedule
{
    /// <summary>SQS delays a message by at most this.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

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

    private static DateTimeOffset DrainEnd(TicketGroup group, DateTimeOffset now, TimeSpan interval) =>
        group.EndsAt is { } end && end + Settle > now ? end + Settle : now + interval;
}
