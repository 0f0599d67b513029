namespace TargetDrain.Emulator.Clock;

/// <summary>Timers in the order they are due, and the time they go by. Whoever owns it moves the time.</summary>
/// <param name="start">In ticks of UTC.</param>
internal sealed class TimerQueue(long start)
{
    private readonly PriorityQueue<(QueuedTimer Timer, int Version), (long Due, long Order)> timers = new();
    private readonly Lock gate = new();
    private long now = start;
    private long order;

    public long Now => Interlocked.Read(ref now);

    public ITimer Create(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new QueuedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the time to the timer that is due next, unless that is after <paramref name="until"/>, and fires it.</summary>
    public bool FireNext(long until = long.MaxValue)
    {
        QueuedTimer timer;
        lock (gate)
        {
            while (true)
            {
                if (!timers.TryPeek(out var next, out var key) || key.Due > until) return false;
                timers.Dequeue();
                if (next.Timer.Version != next.Version) continue;
                Interlocked.Exchange(ref now, Math.Max(now, key.Due));
                timer = next.Timer;
                if (timer.Period is { } period) Schedule(timer, period);
                break;
            }
        }
        timer.Fire();
        return true;
    }

    /// <summary>Moves the time on, past no timer that has not been fired.</summary>
    public void MoveTo(long ticks)
    {
        lock (gate)
        {
            while (timers.TryPeek(out var next, out _) && next.Timer.Version != next.Version) timers.Dequeue();
            var most = timers.TryPeek(out _, out var key) ? Math.Min(ticks, key.Due) : ticks;
            Interlocked.Exchange(ref now, Math.Max(now, most));
        }
    }

    private void Schedule(QueuedTimer timer, TimeSpan due) =>
        timers.Enqueue((timer, timer.Version), (now + due.Ticks, order++));

    private sealed class QueuedTimer(TimerQueue queue, TimerCallback callback, object? state) : ITimer
    {
        private readonly ExecutionContext? context = ExecutionContext.Capture();

        public int Version { get; private set; }

        public TimeSpan? Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (queue.gate)
            {
                Version++;
                Period = period > TimeSpan.Zero ? period : null;
                if (dueTime >= TimeSpan.Zero) queue.Schedule(this, dueTime);
            }
            return true;
        }

        public void Fire()
        {
            if (context is null) callback(state);
            else ExecutionContext.Run(context, s => callback(s), state);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
