namespace TargetDrain.Emulator.Clock;

/// <summary>
/// Task.Delay whose cancellation, too, resumes its waiter inline: Task.Delay hands that to the thread pool, off the
/// virtual clock's thread.
/// </summary>
internal static class InlineDelay
{
    public static async Task DelayInlineAsync(this TimeProvider clock, TimeSpan delay, CancellationToken cancellation)
    {
        if (delay <= TimeSpan.Zero) return;
        var over = new TaskCompletionSource();
        using var timer = clock.CreateTimer(_ => over.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan);
        using var cancelled = cancellation.UnsafeRegister(_ => over.TrySetCanceled(cancellation), null);
        await over.Task;
    }
}
