using System.Diagnostics;
using TargetDrain.Emulator;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Tests.Local;

/// <summary>The command line as a process of its own, piped.</summary>
internal static class LocalProgram
{
    /// <summary>Nobody listens there.</summary>
    public const string DeadProxy = "http://127.0.0.1:9";

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public static Process Start(params string[] arguments) => Start([], arguments);

    public static Process Start(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "TargetDrain.Local.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // Whoever runs the tests may have an account of his own.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>The variables that send every HTTP client to a proxy.</summary>
    public static Dictionary<string, string> Proxied { get; } = new[] { "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy" }
        .ToDictionary(name => name, _ => DeadProxy);

    /// <summary>The emulated AWS over HTTP, with the function beside it.</summary>
    public static Task<RunningAws> AwsAsync() => RunningAws.StartAsync(
        new WorldOptions(), new InstallationOptions(), port: 0, RunningAws.OwnFunction, CancellationToken.None);
}
