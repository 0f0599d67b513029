using Amazon.Lambda.Core;

namespace TargetDrain;

/// <summary>
/// Lambda kills at the deadline. Searching stops early enough that what was found can still be handed on, and handing
/// on stops early enough that the answer still gets out.
/// </summary>
internal sealed class InvocationTime : IDisposable
{
    private static readonly TimeSpan ForWrapUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ForAnswer = TimeSpan.FromSeconds(2);

    // A function with a very short timeout still gets most of it.
    private const double LeastWorkShare = 0.5;
    private const double LeastWrapUpShare = 0.9;

    private readonly CancellationTokenSource work;
    private readonly CancellationTokenSource wrapUp;

    public InvocationTime(ILambdaContext context, TimeProvider clock)
    {
        var remaining = context.RemainingTime;
        work = Source(remaining, ForWrapUp + ForAnswer, LeastWorkShare, clock);
        wrapUp = Source(remaining, ForAnswer, LeastWrapUpShare, clock);
    }

    /// <summary>Ends the search for targets.</summary>
    public CancellationToken Work => work.Token;

    /// <summary>Ends completing actions, sending tickets and handing messages back.</summary>
    public CancellationToken WrapUp => wrapUp.Token;

    public void Dispose()
    {
        work.Dispose();
        wrapUp.Dispose();
    }

    private static CancellationTokenSource Source(TimeSpan remaining, TimeSpan reserve, double leastShare, TimeProvider clock)
    {
        var share = remaining * leastShare;
        var time = remaining - reserve;
        if (time < share) time = share;
        return new CancellationTokenSource(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock);
    }
}
