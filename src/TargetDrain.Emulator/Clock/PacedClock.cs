namespace TargetDrain.Emulator.Clock;

/// <summary>
/// Real time for a world that must not run away from the machine it is emulated on: it goes on in small steps, each of
/// which waits for its turn like all other work of the process, and it stands still while it is held. Timers fire at
/// the moment they are due, however late the machine is.
/// </summary>
/// <remarks>
/// What waits by this clock does not come back while it is held. Whoever holds it for the length of an invocation must
/// not give the emulated APIs a latency.
/// </remarks>
internal sealed class PacedClock : TimeProvider, IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    // A machine that is later than this is so busy that the world has to wait for it.
    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider real;
    private readonly TimerQueue timers;
    private readonly Lock gate = new();
    private long heldAt;
    private int holds;
    private volatile bool stopped;

    /// <param name="real">The time of the machine.</param>
    public PacedClock(TimeProvider real)
    {
        this.real = real;
        timers = new TimerQueue(real.GetUtcNow().UtcTicks);
        _ = RunAsync().ContinueWith(
            // As with any timer, an error in what it fires ends the process rather than stopping the time unseen.
            run => ThreadPool.UnsafeQueueUserWorkItem(_ => run.GetAwaiter().GetResult(), null),
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>Ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>For how long, in real time, it has been standing still; zero when it goes.</summary>
    public TimeSpan HeldFor
    {
        get { lock (gate) return holds == 0 ? TimeSpan.Zero : real.GetElapsedTime(heldAt); }
    }

    public override DateTimeOffset GetUtcNow() => new(timers.Now, TimeSpan.Zero);

    public override long GetTimestamp() => timers.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        timers.Create(callback, state, dueTime, period);

    /// <summary>It stands still until this and every other hold has been disposed.</summary>
    public IDisposable Hold()
    {
        lock (gate)
            if (holds++ == 0) heldAt = real.GetTimestamp();
        return new Held(this);
    }

    public void Dispose() => stopped = true;

    private async Task RunAsync()
    {
        var last = real.GetTimestamp();
        while (!stopped)
        {
            await Task.Delay(Step, real).ConfigureAwait(false);
            var now = real.GetTimestamp();
            var passed = real.GetElapsedTime(last, now);
            last = now;
            Advance(passed < LongestStep ? passed : LongestStep);
        }
    }

    private void Advance(TimeSpan by)
    {
        var until = timers.Now + by.Ticks;
        while (!IsHeld && timers.FireNext(until)) { }
        if (!IsHeld) timers.MoveTo(until);
    }

    private bool IsHeld
    {
        get { lock (gate) return holds > 0; }
    }

    private void Release()
    {
        lock (gate) holds--;
    }

    private sealed class Held(PacedClock clock) : IDisposable
    {
        private PacedClock? clock = clock;

        public void Dispose() => Interlocked.Exchange(ref clock, null)?.Release();
    }
}
