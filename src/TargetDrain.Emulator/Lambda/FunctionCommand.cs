using System.Diagnostics;

namespace TargetDrain.Emulator.Lambda;

/// <summary>What to start as the function: an executable, or a .dll that dotnet runs.</summary>
internal sealed record FunctionCommand(string Path, params IReadOnlyList<string> Arguments)
{
    /// <exception cref="FunctionStartException">There is no such file.</exception>
    internal ProcessStartInfo StartInfo()
    {
        var file = System.IO.Path.GetFullPath(Path);
        if (!File.Exists(file))
            throw new FunctionStartException($"The function {file} does not exist. Build it first, or give the path of its executable or .dll.");
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = System.IO.Path.GetDirectoryName(file)!,
        };
        if (file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        {
            start.FileName = DotnetHost();
            start.ArgumentList.Add(file);
        }
        else
        {
            start.FileName = file;
        }
        foreach (var argument in Arguments) start.ArgumentList.Add(argument);
        return start;
    }

    private static string DotnetHost() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given
        : System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : "dotnet";
}

/// <summary>The function's process could not be started, or ended before it asked for work.</summary>
internal sealed class FunctionStartException(string message, Exception? inner = null) : Exception(message, inner);
