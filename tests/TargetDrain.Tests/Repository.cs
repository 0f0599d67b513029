namespace TargetDrain.Tests;

/// <summary>The files of the repository, found from where the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string At(params string[] path) => Path.Combine([Root, .. path]);

    public static string Text(params string[] path) => File.ReadAllText(At(path));

    /// <summary>The function's own sources, with their paths.</summary>
    public static IEnumerable<(string Path, string Text)> Sources() =>
        Directory.EnumerateFiles(At("src", "TargetDrain"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => (path, File.ReadAllText(path)));

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Functions.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No Functions.sln in {from} or above.");
    }
}
