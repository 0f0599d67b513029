using System.Globalization;

namespace TargetDrain.Benchmarks.Processes;

/// <summary>What the system tells of the memory of processes; nothing where there is no /proc.</summary>
internal static class ProcessMemory
{
    /// <summary>The most that a process ever held, in MB; zero when unknown.</summary>
    public static double PeakMegabytes(int id) => Field(id, "VmHWM:") / 1024;

    /// <summary>The same of each process that this one has started and that still runs.</summary>
    public static IReadOnlyList<double> PeaksOfChildren() => !Directory.Exists("/proc") ? [] :
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && (int)Field(id, "PPid:") == Environment.ProcessId)
            .Select(PeakMegabytes),
    ];

    private static double Field(int id, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // There is no such process, or no longer.
            return 0;
        }
    }
}
