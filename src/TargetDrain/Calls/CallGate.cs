namespace TargetDrain.Calls;

/// <summary>What an account's token bucket grants: calls per second, and how many at once after a rest.</summary>
internal sealed record CallRate(double PerSecond, double Burst)
{
    public CallRate Share(double share) => new(PerSecond * share, Math.Max(1, Math.Floor(Burst * share)));

    /// <summary>How long so many calls take after a rest.</summary>
    public TimeSpan TimeFor(int calls) => TimeSpan.FromSeconds(Math.Max(0, calls - Burst) / PerSecond);
}

/// <summary>
/// A client-side token bucket in front of one API, shared by everything in the process. The most urgent caller goes first. When AWS
/// throttles, because others draw on the same account limit, it gives way by as much as was refused and recovers slowly; for critical
/// calls it does not, so that another environment's storm gives way to them.
/// </summary>
/// <param name="smallestCut">By how much it gives way at least, 0 to 0.5.</param>
internal sealed class CallGate(CallRate rate, int concurrencyLimit, TimeProvider clock, double smallestCut = 0)
{
    private static readonly TimeSpan ThrottleWindow = TimeSpan.FromSeconds(1);

    // Who throttles us is usually another environment of ours, for as long as a look takes: two that win back the full rate within half a
    // minute throttle each other again and again.
    private const double RecoveryPerSecond = 1.0 / 90;

    // Two storms that have given way leave most of the account's limit to the critical ones.
    private const double LeastShare = 0.15;

    // However bad one second was, the next may be better.
    private const double LargestCut = 0.5;

    // Calls in flight when AWS begins to throttle are all throttled: begin with half of the places, fall back to half of what there are,
    // and win one for each call that went well.
    private const int FewestPlaces = 4;

    private readonly PriorityQueue<TaskCompletionSource, (Urgency, int, long)> waiting = new();
    private readonly Lock state = new();
    private double tokens = rate.Burst;
    private double criticalTokens = rate.Burst;
    private double share = 1;
    private int places = Math.Max(1, concurrencyLimit / 2);
    private int inFlight;
    private int answered;
    private int throttled;
    private long windowBegan = clock.GetTimestamp();
    private long arrivals;
    private long refilledAt = clock.GetTimestamp();
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

    public void Leave(bool wasThrottled)
    {
        lock (state)
        {
            inFlight--;
            answered++;
            if (wasThrottled) SpendWhatIsLeft();
            else if (places < concurrencyLimit) places++;
            if (clock.GetElapsedTime(windowBegan) >= ThrottleWindow) CloseWindow();
        }
        Pump();
    }

    // AWS has no more tokens, whatever we reckoned. Its bucket refills all the same, and who cannot wait takes from it.
    private void SpendWhatIsLeft()
    {
        throttled++;
        Refill();
        tokens = Math.Min(tokens, 0);
        criticalTokens = Math.Min(criticalTokens, 1);
    }

    private void CloseWindow()
    {
        Refill();
        if (throttled > 0)
        {
            share = Math.Max(LeastShare, share * (1 - Math.Clamp((double)throttled / answered, smallestCut, LargestCut)));
            places = Math.Max(Math.Min(FewestPlaces, concurrencyLimit), places / 2);
        }
        (answered, throttled, windowBegan) = (0, 0, clock.GetTimestamp());
    }

    private void Refill()
    {
        var now = clock.GetTimestamp();
        var seconds = clock.GetElapsedTime(refilledAt, now).TotalSeconds;
        refilledAt = now;
        tokens = Math.Min(rate.Burst, tokens + (seconds * rate.PerSecond * share));
        criticalTokens = Math.Min(rate.Burst, criticalTokens + (seconds * rate.PerSecond));
        share = Math.Min(1, share + (seconds * RecoveryPerSecond));
    }

    // Completing a turn may run its call to the end right here, which comes back to Leave and Pump: the flag turns that recursion into
    // another round of the loop.
    private void Pump()
    {
        while (true)
        {
            TaskCompletionSource turn;
            lock (state)
            {
                if (pumping) return;
                Refill();
                if (!waiting.TryPeek(out turn!, out var next)) return;
                var isCritical = next.Item1 == Urgency.Critical;
                if (inFlight >= (isCritical ? concurrencyLimit : places)) return;
                if (!turn.Task.IsCompleted && (isCritical ? criticalTokens : tokens) < 1)
                {
                    WakeAtNextToken(isCritical);
                    return;
                }
                waiting.Dequeue();
                tokens--;
                criticalTokens--;
                inFlight++;
                pumping = true;
            }
            var taken = turn.TrySetResult();
            lock (state)
            {
                pumping = false;
                if (taken) continue;
                // Gave up waiting.
                tokens++;
                criticalTokens++;
                inFlight--;
            }
        }
    }

    private void WakeAtNextToken(bool isCritical)
    {
        var missing = 1 - (isCritical ? criticalTokens : tokens);
        var wait = TimeSpan.FromSeconds(missing / (rate.PerSecond * (isCritical ? 1 : share))) + TimeSpan.FromMilliseconds(1);
        alarm ??= clock.CreateTimer(static gate => ((CallGate)gate!).Pump(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        alarm.Change(wait, Timeout.InfiniteTimeSpan);
    }
}

/// <summary>Who goes first when calls wait for the API's rate.</summary>
internal enum Urgency
{
    /// <summary>The instance dies whether we are ready or not. Does not give way to other clients of the account.</summary>
    Critical,

    /// <summary>Somebody waits for us.</summary>
    Normal,

    /// <summary>Minutes do not matter.</summary>
    Patient,
}
