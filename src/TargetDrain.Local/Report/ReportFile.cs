namespace TargetDrain.Local.Report;

/// <summary>Where a report goes, found out before there is one to lose.</summary>
internal static class ReportFile
{
    /// <summary>In the user's own folder: a name in the shared one for temporary files could be somebody else's.</summary>
    public static string Default(string name) =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } own
                ? Path.Combine(own, "target-drain")
                : Path.Combine(Path.GetTempPath(), $"target-drain-{Guid.NewGuid():N}"),
            name);

    /// <summary>Creates the folder and opens the file, without touching what is in it.</summary>
    /// <returns>The full path.</returns>
    /// <exception cref="WrongUseException">The report cannot be written there.</exception>
    public static string Prepare(string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            if (Path.GetDirectoryName(full) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            using var file = new FileStream(full, FileMode.OpenOrCreate, FileAccess.Write);
            return full;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new WrongUseException($"The report cannot be written to '{path}': {exception.Message.TrimEnd('.')}. Give another place with --report.");
        }
    }
}
