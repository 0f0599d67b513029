using System.CommandLine;
using Spectre.Console;
using TargetDrain.Emulator;
using TargetDrain.Local;
using TargetDrain.Local.Accounts;
using TargetDrain.Local.Demo;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Tests.Local;

/// <summary>The demo's account in this process, for commands that are called and write to a console of any width.</summary>
internal sealed class DemoAccount : IDisposable
{
    public DemoAccount()
    {
        World = new World(TimeProvider.System);
        Installation = Installation.InProcess(World);
        Demo = new DemoWorld(World);
    }

    public World World { get; }

    public Installation Installation { get; }

    public DemoWorld Demo { get; }

    /// <param name="arguments">As on the command line; parsed by the program itself.</param>
    /// <returns>The exit code, and what was written, line ends as they are.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(
        Func<IAnsiConsole, ParseResult, Connection, CancellationToken, Task<int>> command, string arguments, int width = 200)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(new TrimmedLines(written)),
        });
        console.Profile.Width = width;
        var exitCode = await command(console, TargetDrain.Local.CommandLine.Create().Parse(arguments), EmulatedConnection.To(World), CancellationToken.None);
        return (exitCode, written.ToString());
    }

    public void Dispose() => Installation.Dispose();
}
