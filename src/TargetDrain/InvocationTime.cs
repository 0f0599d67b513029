namespace TargetDrain;

/// <summary>
/// Lambda kills at the deadline. Searching stops early enough that what was found can still be handed on, and handing on stops early
/// enough that the answer still gets out.
/// </summary>
internal sealed class InvocationTime : IDisposable
{
    private static readonly TimeSpan ForWrapUp = TimeSpan.FromSeconds(8);

    // Tickets go out ten in a call; a storm's need seconds of their own.
    private static readonly TimeSpan ForEachMessage = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan ForHandBack = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ForAnswer = TimeSpan.FromSeconds(2);

    // A function with a very short timeout still gets most of it.
    private const double LeastWorkShare = 0.5;
    private const double LeastCompletingShare = 0.8;
    private const double LeastWrapUpShare = 0.9;

    private readonly CancellationTokenSource work;
    private readonly CancellationTokenSource completing;
    private readonly CancellationTokenSource wrapUp;
    private readonly DateTimeOffset workEnds;
    private readonly TimeProvider clock;

    /// <param name="remaining">Until Lambda kills.</param>
    /// <param name="messages">How many there are to be handed on or back.</param>
    public InvocationTime(TimeSpan remaining, int messages, TimeProvider clock)
    {
        this.clock = clock;
        var time = Time(remaining, ForWrapUp + ForAnswer + (messages * ForEachMessage), LeastWorkShare);
        workEnds = clock.GetUtcNow() + time;
        work = new CancellationTokenSource(time, clock);
        completing = new CancellationTokenSource(Time(remaining, ForHandBack + ForAnswer, LeastCompletingShare), clock);
        wrapUp = new CancellationTokenSource(Time(remaining, ForAnswer, LeastWrapUpShare), clock);
    }

    /// <summary>Ends the search for targets.</summary>
    public CancellationToken Work => work.Token;

    public TimeSpan WorkLeft => workEnds - clock.GetUtcNow();

    /// <summary>Ends completing actions, while there is time to hand back the messages of those that are left.</summary>
    public CancellationToken Completing => completing.Token;

    /// <summary>Ends sending tickets and handing messages back.</summary>
    public CancellationToken WrapUp => wrapUp.Token;

    public void Dispose()
    {
        work.Dispose();
        completing.Dispose();
        wrapUp.Dispose();
    }

    private static TimeSpan Time(TimeSpan remaining, TimeSpan reserve, double leastShare)
    {
        var (share, time) = (remaining * leastShare, remaining - reserve);
        if (time < share) time = share;
        return time > TimeSpan.Zero ? time : TimeSpan.Zero;
    }
}
