using System.Runtime.ExceptionServices;

namespace TargetDrain.Emulator.Clock;

/// <summary>
/// A clock that stands still while work is done and jumps to the next timer when there is none, so that an hour of
/// draining takes milliseconds and comes out the same every time. All work runs on one thread: whatever is awaited
/// must complete inline, without the thread pool (no Task.Run, Task.Yield, SemaphoreSlim or default channels, and no task
/// that several await at a time: all but one of them would go on there). Work that leaves ends the run, with its stack.
/// </summary>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    // Completions run inside one another; a storm of thousands nests deep.
    private const int StackBytes = 256 * 1024 * 1024;

    // How long work that has left the loop may take, in real time, to show who it is.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    // Flows wherever the loop's work goes, and tells when that is another thread: the culprit is on the stack then, and
    // nowhere later.
    private static readonly AsyncLocal<VirtualClock?> Flowing = new(change =>
    {
        if (change is { ThreadContextChanged: true, CurrentValue: { } clock }) clock.NoteThread();
    });

    private readonly TimerQueue timers = new(start.UtcTicks);
    private readonly TaskCompletionSource used = new();
    private volatile string? firstHop;
    private volatile string? firstUse;
    private int loopThread;

    public VirtualClock() : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) { }

    /// <summary>Ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override long GetTimestamp()
    {
        NoteUse();
        return timers.Now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        NoteUse();
        return timers.Create(callback, state, dueTime, period);
    }

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
        NoteUse();
        if (IsElsewhere) throw Left();
    }

    private bool IsElsewhere => loopThread != 0 && Environment.CurrentManagedThreadId != loopThread;

    private InvalidOperationException Left() => new(
        $"This work left the virtual clock's thread. Something awaited a primitive that resumes on the thread pool.{Hop}");

    private string Hop => firstUse is { } use ? $" It used the clock there:{Environment.NewLine}{use}" : firstHop is { } hop ? $" It resumed there:{Environment.NewLine}{hop}" : "";

    private void NoteThread()
    {
        if (IsElsewhere) firstHop ??= Environment.StackTrace;
    }

    // Names the methods that resumed, which the stack of the hop itself does not show yet.
    private void NoteUse()
    {
        if (!IsElsewhere || firstUse is not null) return;
        firstUse = Environment.StackTrace;
        used.TrySetResult();
    }

    private void Loop(Func<Task> main)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        loopThread = Environment.CurrentManagedThreadId;
        Flowing.Value = this;
        try
        {
            var running = main();
            while (!running.IsCompleted)
            {
                if (firstHop is not null)
                {
                    used.Task.Wait(Grace);
                    throw Left();
                }
                if (!timers.FireNext())
                    throw new InvalidOperationException(
                        $"Nothing is left to happen, yet the run has not ended: a deadlock, or work that left the clock's thread.{Hop}");
            }
            running.GetAwaiter().GetResult();
        }
        finally
        {
            loopThread = 0;
            Flowing.Value = null;
        }
    }
}
