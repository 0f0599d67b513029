using System.Text;

namespace TargetDrain.Tests;

/// <summary>Standard output and error of whatever runs within <see cref="RunAsync"/>, apart from all that runs beside it.</summary>
internal static class CapturedConsole
{
    private static readonly AsyncLocal<Written?> Current = new();

    static CapturedConsole()
    {
        Console.SetOut(new Routed(Console.Out, written => written.Output));
        Console.SetError(new Routed(Console.Error, written => written.Error));
    }

    /// <summary>False where somebody sits at a terminal: the program would draw there.</summary>
    public static bool IsPossible => Console.IsOutputRedirected && Console.IsInputRedirected;

    public static string Of(Action run) => RunAsync(() =>
    {
        run();
        return Task.FromResult(0);
    }).GetAwaiter().GetResult().Output;

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(Func<Task<int>> run)
    {
        using StringWriter output = new(), error = new();
        // Progress is told by timers, beside what is written.
        Current.Value = new Written(TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        var exitCode = await run();
        return (exitCode, output.ToString(), error.ToString());
    }

    private sealed record Written(TextWriter Output, TextWriter Error);

    private sealed class Routed(TextWriter otherwise, Func<Written, TextWriter> choose) : TextWriter
    {
        public override Encoding Encoding => otherwise.Encoding;

        private TextWriter To => Current.Value is { } written ? choose(written) : otherwise;

        public override void Write(char value) => To.Write(value);

        public override void Write(char[] buffer, int index, int count) => To.Write(buffer, index, count);

        public override void Write(ReadOnlySpan<char> buffer) => To.Write(buffer);

        public override void Write(string? value) => To.Write(value);

        public override void Flush() => To.Flush();
    }
}
