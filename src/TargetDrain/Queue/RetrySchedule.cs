namespace TargetDrain.Queue;

/// <summary>How long a failed message stays hidden before its next attempt.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWhenUrgent = TimeSpan.FromSeconds(15);

    // Two minutes of haste. An instance that is gone by then is in no hurry any more, and an outage may last longer.
    private const int UrgentAttempts = 10;

    // Twenty attempts that far apart outlast half an hour without the API.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    // What cannot be understood now will not be understood later: straight on to the dead-letter queue.
    public static TimeSpan ForMalformed { get; } = TimeSpan.FromSeconds(1);

    /// <param name="receiveCount">1 for the first attempt.</param>
    /// <param name="untilHeartbeat">When the next heartbeat must go out, and so the message be back. Null when nothing waits.</param>
    /// <param name="random">0 to 1; spreads the messages of a failed batch.</param>
    /// <returns>Whole seconds.</returns>
    public static TimeSpan DelayOf(int receiveCount, Urgency urgency, TimeSpan? untilHeartbeat, double random)
    {
        var most = urgency == Urgency.Critical && receiveCount <= UrgentAttempts ? LongestWhenUrgent : Longest;
        if (untilHeartbeat < most) most = untilHeartbeat > TimeSpan.Zero ? untilHeartbeat.Value : TimeSpan.FromSeconds(1);
        var doubled = First * Math.Pow(2, Math.Clamp(receiveCount - 1, 0, 10));
        var seconds = (doubled < most ? doubled : most).TotalSeconds;
        return TimeSpan.FromSeconds(Math.Ceiling(seconds * (0.75 + (0.25 * random))));
    }
}
