namespace TargetDrain.Emulator.Queues;

/// <summary>
/// Where consumers wait for a message. Somebody waits: one timer is set, for the moment the next message is visible.
/// Nobody waits, or nothing is due: no timer. They are woken from the timer, never from within the call that sent the
/// message, so a sender does not find itself running the consumer's work.
/// </summary>
/// <param name="gate">The queue's lock; <paramref name="anyVisible"/> and <paramref name="nextDue"/> are called under it.</param>
internal sealed class LongPollWaiters(TimeProvider clock, Lock gate, Func<bool> anyVisible, Func<DateTimeOffset?> nextDue)
{
    private readonly List<TaskCompletionSource> waiters = [];
    private ITimer? timer;
    private DateTimeOffset? armedFor;

    public async Task WaitAsync(TimeSpan? limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new TaskCompletionSource();
        lock (gate)
        {
            if (anyVisible()) return;
            waiters.Add(waiter);
            Rearm();
        }
        try
        {
            using var cancel = cancellationToken.UnsafeRegister(_ => waiter.TrySetCanceled(cancellationToken), null);
            using var timeout = limit is { } span
                ? clock.CreateTimer(_ => waiter.TrySetResult(), null, span, Timeout.InfiniteTimeSpan)
                : null;
            await waiter.Task;
        }
        finally
        {
            lock (gate)
            {
                waiters.Remove(waiter);
                Rearm();
            }
        }
    }

    /// <summary>To be called, under the lock, whenever a message may have become due earlier.</summary>
    public void Rearm()
    {
        var now = clock.GetUtcNow();
        var due = waiters.Count == 0 ? null : anyVisible() ? now : nextDue();
        if (due == armedFor || (due <= now && armedFor <= now)) return;
        armedFor = due;
        var span = due is { } at ? Clamp(at - now) : Timeout.InfiniteTimeSpan;
        if (timer is null) timer = clock.CreateTimer(_ => Wake(), null, span, Timeout.InfiniteTimeSpan);
        else timer.Change(span, Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        TaskCompletionSource[] ready = [];
        lock (gate)
        {
            armedFor = null;
            if (anyVisible())
            {
                ready = [.. waiters];
                waiters.Clear();
            }
            Rearm();
        }
        foreach (var waiter in ready) waiter.TrySetResult();
    }

    private static TimeSpan Clamp(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
}
