using System.Diagnostics;
using TargetDrain.Emulator;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Tests.Local;

/// <summary>The command line as a process of its own, piped.</summary>
internal static class LocalProgram
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "TargetDrain.Local.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>The emulated AWS over HTTP, with the function beside it.</summary>
    public static Task<RunningAws> AwsAsync() => RunningAws.StartAsync(
        new WorldOptions(), new InstallationOptions(), port: 0, RunningAws.OwnFunction, CancellationToken.None);
}
