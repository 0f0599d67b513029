namespace TargetDrain.Local.Calls;

/// <summary>What is going on while a person waits: over one line of a terminal, or in lines on standard error.</summary>
internal sealed class CallProgress
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    // A call that began a little after the waiting did is what is waited for, too.
    private static readonly TimeSpan SlowCall = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private CallProgress(string doing) => Doing = doing;

    /// <summary>What the work is at, without dots: "Looked into 3 of 20 target groups".</summary>
    public string Doing { get; set; }

    /// <param name="mayRedraw">False where standard output belongs to a program.</param>
    public static async Task<T> WhileAsync<T>(
        IAnsiConsole console, bool mayRedraw, CallWatch watch, string doing, Func<CallProgress, Task<T>> work, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        var progress = new CallProgress(doing);
        if (mayRedraw && Terminal.CanRedraw(console))
            return await console.Status().StartAsync($"{Markup.Escape(doing)} …", async status =>
            {
                void Show() => status.Status = Markup.Escape($"{watch.Slow(SlowCall) ?? progress.Doing} …");
                await using var redraw = time.CreateTimer(_ => Show(), null, Look, Look);
                return await work(progress);
            });
        var told = time.GetTimestamp();
        var wait = Silence;
        void Tell()
        {
            if (time.GetElapsedTime(told) < wait) return;
            (told, wait) = (time.GetTimestamp(), BetweenLines);
            Console.Error.WriteLine($"{watch.Slow(SlowCall) ?? progress.Doing} …");
        }
        await using var lines = time.CreateTimer(_ => Tell(), null, Look, Look);
        return await work(progress);
    }
}
