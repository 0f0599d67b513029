using System.Text.RegularExpressions;

namespace TargetDrain.Tests.Documentation;

/// <summary>A page of Markdown, as far as the tests read it.</summary>
internal sealed partial class Page(string path)
{
    /// <summary>All pages that a reader is given.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. ((string[])[Repository.At("README.md"), .. Directory.GetFiles(Repository.At("docs"), "*.md"), .. Directory.GetFiles(Repository.At(".github"), "*.md")])
            .Order(StringComparer.Ordinal).Select(path => new Page(path)),
    ];

    public string Path { get; } = path;

    public string Text { get; } = File.ReadAllText(path);

    public string Name => System.IO.Path.GetRelativePath(Repository.Root, Path);

    public static Page Of(params string[] path) => new(Repository.At(path));

    /// <summary>Fenced code, with the language it says.</summary>
    public IEnumerable<(string Language, string Code)> Blocks => Block().Matches(Text).Select(match =>
        (match.Groups["language"].Value, string.Join('\n', match.Groups["code"].Value.Split('\n').Select(line => line[Math.Min(match.Groups["indent"].Length, line.Length)..]))));

    /// <summary>Code within a sentence.</summary>
    public IEnumerable<string> Spans => Span().Matches(Prose).Select(match => match.Groups["code"].Value);

    public IEnumerable<string> Links => Link().Matches(Prose).Select(match => match.Groups["to"].Value);

    /// <summary>What a link can point to within the page, made from the headings as GitHub does.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Prose).Select(match =>
        NotOfAnAnchor().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>The page without its fenced code.</summary>
    public string Prose => Block().Replace(Text, "");

    [GeneratedRegex(@"^(?<indent> *)```(?<language>\w*)\n(?<code>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`(?<code>[^`\n]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotOfAnAnchor();
}
