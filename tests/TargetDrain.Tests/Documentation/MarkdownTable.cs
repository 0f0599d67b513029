namespace TargetDrain.Tests.Documentation;

/// <summary>The rows of a table in a Markdown file, found by its heading line.</summary>
internal static class MarkdownTable
{
    /// <returns>Cells without the backticks around code.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string path, string heading)
    {
        var lines = File.ReadAllLines(path);
        var start = Array.FindIndex(lines, line => line.Trim() == heading);
        if (start < 0) throw new InvalidDataException($"{path} has no table with the heading {heading}");
        return [.. lines.Skip(start + 2).TakeWhile(line => line.StartsWith('|')).Select(Cells)];
    }

    private static List<string> Cells(string line) =>
        [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim().Replace("`", "", StringComparison.Ordinal))];
}
