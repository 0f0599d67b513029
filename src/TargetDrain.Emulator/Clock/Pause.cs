namespace TargetDrain.Emulator.Clock;

internal static class Pause
{
    /// <summary>
    /// Like Task.Delay, which after a cancellation goes on upon the thread pool: this one goes on where it was cancelled,
    /// so that it can be used under a <see cref="VirtualClock"/>.
    /// </summary>
    public static async Task PauseAsync(this TimeProvider clock, TimeSpan duration, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        await using var timer = clock.CreateTimer(_ => over.TrySetResult(), null, duration, Timeout.InfiniteTimeSpan);
        await using var cancelled = cancellationToken.UnsafeRegister(_ => over.TrySetCanceled(cancellationToken), null);
        await over.Task;
    }
}
