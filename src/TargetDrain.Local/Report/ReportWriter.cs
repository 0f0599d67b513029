using TargetDrain.Local.History;

namespace TargetDrain.Local.Report;

/// <summary>What a report says beside what it reads from the journal.</summary>
/// <param name="Title">Its headline.</param>
/// <param name="Verdict">Statements and whether they held; may be empty.</param>
internal sealed record ReportDetails(string Title, IReadOnlyList<(string Statement, bool Holds)> Verdict)
{
    /// <summary>Who remembers whose addresses were whose; without it, only those that instances still have get a name.</summary>
    public DisplayNames? Names { get; init; }

    /// <summary>From when seconds are counted, as wherever else the same run is shown; the first entry when not given.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>One sentence that a reader has to know.</summary>
    public string Note { get; init; } = "";

    public static ReportDetails Plain { get; } = new("What happened", []);
}

/// <summary>Writes one page of HTML that needs nothing else: what happened in a world, to look at and to keep.</summary>
internal static class ReportWriter
{
    private static readonly string[] Scripts = ["report.js", "cursor.js", "charts.js", "log.js", "timeline.js"];

    /// <param name="path">The file to write; its folder is created where it is missing.</param>
    public static void Write(World world, string path, ReportDetails? details = null)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        File.WriteAllText(full, Html(world, details), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    public static string Html(World world, ReportDetails? details = null) => PageFile.Read("report.html")
        .Replace("/*{colours}*/", PageFile.Read("colours.css"), StringComparison.Ordinal)
        .Replace("/*{style}*/", PageFile.Read("report.css"), StringComparison.Ordinal)
        .Replace("/*{script}*/", string.Join('\n', Scripts.Select(PageFile.Read)), StringComparison.Ordinal)
        // Last, so that nothing in the data can stand for another part. Its "<" are escaped by the JSON writer.
        .Replace("/*{data}*/", ReportJson.Write(world, details ?? ReportDetails.Plain), StringComparison.Ordinal);
}
