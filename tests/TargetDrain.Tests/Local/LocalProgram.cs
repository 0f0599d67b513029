using System.Diagnostics;
using TargetDrain.Local;

namespace TargetDrain.Tests.Local;

/// <summary>
/// The command line with its output in a pipe: in this process, which is where its code is warm, and where it needs an environment or is
/// sent a signal in one of its own.
/// </summary>
internal static class LocalProgram
{
    /// <summary>Nobody listens there.</summary>
    public const string DeadProxy = "http://127.0.0.1:9";

    static LocalProgram()
    {
        // Whoever runs the tests may have an account of his own.
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            Environment.SetEnvironmentVariable(name, null);
    }

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        CapturedConsole.IsPossible ? CapturedConsole.RunAsync(() => CommandLine.RunAsync(arguments)) : RunAsync([], arguments);

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
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>The variables that send every HTTP client to a proxy.</summary>
    public static Dictionary<string, string> Proxied { get; } = new[] { "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy" }
        .ToDictionary(name => name, _ => DeadProxy);
}
