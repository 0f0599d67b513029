using System.ComponentModel;
using System.Diagnostics;

namespace TargetDrain.Emulator.Lambda;

/// <summary>One process that runs the function, as one Lambda environment would.</summary>
internal sealed class FunctionProcess : IDisposable
{
    private const int LinesKept = 20;

    private readonly Process process;
    private readonly Queue<string> lastLines = new();
    private readonly Lock gate = new();

    private FunctionProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public string LastOutput
    {
        get { lock (gate) return string.Join(Environment.NewLine, lastLines); }
    }

    /// <param name="environment">Put over this process's own variables, of which those that begin with AWS_ are left out.</param>
    /// <param name="line">Gets every line of its standard output and error.</param>
    /// <exception cref="FunctionStartException">The file does not exist or cannot be run.</exception>
    public static FunctionProcess Start(
        FunctionCommand command, IEnumerable<KeyValuePair<string, string>> environment, Action<string> line)
    {
        var start = command.StartInfo();
        // Real credentials and profiles of whoever runs this are none of the function's business.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;

        var process = new Process { StartInfo = start };
        var function = new FunctionProcess(process);
        process.OutputDataReceived += (_, output) => function.Hear(output.Data, line);
        process.ErrorDataReceived += (_, output) => function.Hear(output.Data, line);
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            process.Dispose();
            throw new FunctionStartException($"The function {start.FileName} cannot be run: {exception.Message}.", exception);
        }
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        return function;
    }

    /// <returns>"exit code 1", or "signal 9" when a signal ended it.</returns>
    public async Task<string> ExitedAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode > 128 ? $"signal {process.ExitCode - 128}" : $"exit code {process.ExitCode}";
    }

    /// <summary>Ends it and its children at once, without a chance to clean up.</summary>
    public void Kill()
    {
        try { process.Kill(entireProcessTree: true); }
        catch (InvalidOperationException) { /* it has ended by itself */ }
    }

    public void Dispose() => process.Dispose();

    private void Hear(string? text, Action<string> line)
    {
        if (text is null) return;
        lock (gate)
        {
            lastLines.Enqueue(text);
            if (lastLines.Count > LinesKept) lastLines.Dequeue();
        }
        line(text);
    }
}
