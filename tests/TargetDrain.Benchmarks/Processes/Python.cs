using System.Diagnostics;
using TargetDrain.Emulator.Lambda;

namespace TargetDrain.Benchmarks.Processes;

/// <summary>Functions in Python, where there is one with boto3.</summary>
internal static class Python
{
    /// <param name="script">Of this folder.</param>
    /// <returns>Null without python3 or without boto3.</returns>
    public static async Task<FunctionCommand?> FindAsync(string script)
    {
        var python = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, "python3"))
            .FirstOrDefault(File.Exists);
        if (python is null) return null;
        var start = new ProcessStartInfo(python) { RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("import boto3");
        using var probe = Process.Start(start)!;
        await probe.StandardError.ReadToEndAsync();
        await probe.WaitForExitAsync();
        return probe.ExitCode == 0 ? new FunctionCommand(python, Path.Combine(AppContext.BaseDirectory, "Processes", script)) : null;
    }
}
