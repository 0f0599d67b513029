using System.Diagnostics;

namespace TargetDrain.Benchmarks.Processes;

/// <summary>The function published in several ways, below artifacts/cold-start.</summary>
internal static class Builds
{
    // Build servers would outlive the build and hold its output open, which is read to the end here.
    private static readonly string[] Common =
    [
        "publish", "src/TargetDrain", "-c", "Release", "-v", "q", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false",
    ];

    /// <summary>Name, how it is published.</summary>
    public static IReadOnlyList<(string Name, string[] Arguments)> All { get; } =
    [
        ("jit", ["-r", "linux-x64", "--self-contained", "false"]),
        ("readytorun", ["-r", "linux-x64", "--self-contained", "false", "-p:PublishReadyToRun=true"]),
        ("aot", ["-r", "linux-x64", "-p:PublishAot=true"]),
    ];

    /// <summary>Publishes what is not there yet.</summary>
    /// <returns>The executable, or null and why there is none.</returns>
    public static async Task<(string? Path, string Problem)> FindAsync(string name, string[] arguments, bool anew)
    {
        var root = Root();
        var folder = Path.Combine(root, "artifacts", "cold-start", name);
        if (anew && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        if (Executable(folder) is { } present) return (present, "");
        var start = new ProcessStartInfo(DotnetHost()) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true };
        // A path of its own for everything, so that the builds do not disturb each other or the one at work.
        foreach (var argument in (string[])[.. Common, .. arguments, "--artifacts-path", folder]) start.ArgumentList.Add(argument);
        using var publish = Process.Start(start)!;
        var output = await Task.WhenAll(publish.StandardOutput.ReadToEndAsync(), publish.StandardError.ReadToEndAsync());
        await publish.WaitForExitAsync();
        return Executable(folder) is { } built
            ? (built, "")
            : (null, $"dotnet publish ended with {publish.ExitCode}: {string.Concat(output).Trim().Split('\n')[^1]}");
    }

    private static string? Executable(string folder)
    {
        var publish = Path.Combine(folder, "publish", "TargetDrain");
        return Directory.Exists(publish)
            ? Directory.EnumerateFiles(publish, "TargetDrain", SearchOption.AllDirectories).FirstOrDefault()
            : null;
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Functions.sln"))) return folder.FullName;
        throw new InvalidOperationException("Functions.sln was not found above this program: run it from the repository.");
    }

    private static string DotnetHost() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given : "dotnet";
}
