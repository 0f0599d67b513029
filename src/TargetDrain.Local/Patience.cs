namespace TargetDrain.Local;

/// <summary>Says on standard error what is being waited for, once it has taken longer than anybody waits in silence.</summary>
internal static class Patience
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <param name="what">Such as "Starting the function".</param>
    public static async Task WithAsync(Task work, string what, CancellationToken cancellation, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        var begun = time.GetTimestamp();
        for (var wait = Silence; ; wait = Pause)
        {
            await Task.WhenAny(work, Task.Delay(wait, time, cancellation));
            if (work.IsCompleted || cancellation.IsCancellationRequested) break;
            await Console.Error.WriteLineAsync($"{what} … {time.GetElapsedTime(begun).TotalSeconds:0} s");
        }
        await work;
    }
}
