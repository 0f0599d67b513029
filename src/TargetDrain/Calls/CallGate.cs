using System.Diagnostics;

namespace TargetDrain.Calls;

/// <summary>What an account's token bucket grants: calls per second, and how many at once after a rest.</summary>
internal sealed record CallRate(double PerSecond, double Burst)
{
    public CallRate Share(double share) => new(PerSecond * share, Math.Max(1, Math.Floor(Burst * share)));
}

/// <summary>
/// A client-side token bucket in front of one API, shared by everything in the process. Gives way when AWS throttles
/// (other clients draw on the same account limit) and recovers slowly. The most urgent caller goes first.
/// </summary>
internal sealed class CallGate(CallRate rate, int concurrency, TimeProvider clock)
{
    // A burst that is throttled answers many times at once; that is one signal, not many.
    private static readonly TimeSpan OneSignal = TimeSpan.FromSeconds(1);

    // Who throttles us is usually another environment of ours, for as long as a sweep takes: two that win back the full
    // rate within half a minute throttle each other again and again (1.4 % of a storm's calls; below 1 % like this).
    private const double RecoveryPerSecond = 1.0 / 90;
    private const double SlowestShare = 0.1;

    // Calls in flight when AWS begins to throttle are all throttled: begin with half of the places, fall back to half
    // of what there are, and win one for each call that went well.
    private const int FewestPlaces = 4;

    private readonly PriorityQueue<TaskCompletionSource, (Urgency, int, long)> waiting = new();
    private readonly Lock state = new();
    private double tokens = rate.Burst;
    private double share = 1;
    private int places = Math.Max(1, concurrency / 2);
    private int inFlight;
    private long arrivals;
    private long refilledAt = clock.GetTimestamp();
    private long? throttledAt;
    private ITimer? alarm;
    private bool pumping;

    /// <summary>Waits for a token and a free place. Every entry needs one <see cref="Leave"/>.</summary>
    /// <param name="rank">Among callers of the same urgency the lowest goes first.</param>
    public async Task EnterAsync(Urgency urgency, CancellationToken cancellation, int rank = 0)
    {
        cancellation.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource();
        lock (state) waiting.Enqueue(turn, (urgency, rank, arrivals++));
        Pump();
        using var given = cancellation.UnsafeRegister(_ => turn.TrySetCanceled(cancellation), null);
        await turn.Task;
    }

    public void Leave(bool throttled)
    {
        lock (state)
        {
            inFlight--;
            if (throttled) SlowDown();
            else if (places < concurrency) places++;
        }
        Pump();
    }

    private void SlowDown()
    {
        Refill();
        tokens = Math.Min(tokens, 0);
        if (throttledAt is { } last && clock.GetElapsedTime(last) < OneSignal) return;
        throttledAt = clock.GetTimestamp();
        share = Math.Max(SlowestShare, share * 0.7);
        places = Math.Max(Math.Min(FewestPlaces, concurrency), places / 2);
    }

    private void Refill()
    {
        var now = clock.GetTimestamp();
        var seconds = clock.GetElapsedTime(refilledAt, now).TotalSeconds;
        refilledAt = now;
        tokens = Math.Min(rate.Burst, tokens + (seconds * rate.PerSecond * share));
        share = Math.Min(1, share + (seconds * RecoveryPerSecond));
    }

    // Completing a turn may run its call to the end right here, which comes back to Leave and Pump:
    // the flag turns that recursion into another round of the loop.
    private void Pump()
    {
        while (true)
        {
            TaskCompletionSource turn;
            lock (state)
            {
                if (pumping) return;
                Refill();
                if (waiting.Count == 0 || inFlight >= places) return;
                if (tokens < 1)
                {
                    WakeAtNextToken();
                    return;
                }
                turn = waiting.Dequeue();
                if (turn.Task.IsCompleted) continue; // gave up waiting
                tokens--;
                inFlight++;
                pumping = true;
            }
            var taken = turn.TrySetResult();
            lock (state)
            {
                pumping = false;
                if (taken) continue;
                tokens++;
                inFlight--;
            }
        }
    }

    private void WakeAtNextToken()
    {
        Debug.Assert(tokens < 1);
        var wait = TimeSpan.FromSeconds((1 - tokens) / (rate.PerSecond * share)) + TimeSpan.FromMilliseconds(1);
        alarm ??= clock.CreateTimer(static gate => ((CallGate)gate!).Pump(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        alarm.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
