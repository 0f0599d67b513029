using System.Runtime.ExceptionServices;

namespace TargetDrain.Emulator.Clock;

/// <summary>
/// A clock that stands still while work is done and jumps to the next timer when there is none, so that an hour of
/// draining takes milliseconds and comes out the same every time. All work runs on one thread: whatever is awaited
/// must complete inline, without the thread pool (no Task.Run, Task.Yield, SemaphoreSlim or default channels).
/// </summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    // Completions run inside one another; a storm of thousands nests deep.
    private const int StackBytes = 256 * 1024 * 1024;

    private readonly TimerQueue timers = new(start.UtcTicks);
    private int loopThread;

    public VirtualClock() : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) { }

    /// <summary>Ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(timers.Now, TimeSpan.Zero);

    public override long GetTimestamp() => timers.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        timers.Create(callback, state, dueTime, period);

    /// <summary>
    /// Runs <paramref name="main"/> to its end on a thread of its own, moving time whenever nothing else can happen.
    /// </summary>
    /// <exception cref="InvalidOperationException">No timer is left and <paramref name="main"/> has not ended.</exception>
    public void Run(Func<Task> main)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try { Loop(main); }
                catch (Exception exception) { failure = ExceptionDispatchInfo.Capture(exception); }
            },
            StackBytes)
        { IsBackground = true, Name = "virtual clock" };
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>Fails when the caller runs beside the clock's thread, where time could pass under its feet.</summary>
    public void AssertOnLoop()
    {
        if (loopThread != 0 && Environment.CurrentManagedThreadId != loopThread)
            throw new InvalidOperationException(
                "This work left the virtual clock's thread. Something awaited a primitive that resumes on the thread pool.");
    }

    private void Loop(Func<Task> main)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        loopThread = Environment.CurrentManagedThreadId;
        try
        {
            var running = main();
            while (!running.IsCompleted)
            {
                if (!timers.FireNext())
                    throw new InvalidOperationException(
                        "Nothing is left to happen, yet the run has not ended: a deadlock, or work that left the clock's thread.");
            }
            running.GetAwaiter().GetResult();
        }
        finally
        {
            loopThread = 0;
        }
    }
}
