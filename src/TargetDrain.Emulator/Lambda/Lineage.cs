using System.Security.Cryptography;

namespace TargetDrain.Emulator.Lambda;

/// <summary>
/// A chain of requests that leads from a function back to itself, as the trace header carries it: where it began, and how
/// often the function has run in it before. https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
/// </summary>
internal sealed partial record Lineage(string Root, int Hops)
{
    /// <summary>So many runs of one function in one chain; the next is stopped.</summary>
    public const int MostRuns = 16;

    /// <summary>A chain that begins with the run it is made for.</summary>
    public static Lineage New(DateTimeOffset now) =>
        new($"1-{now.ToUnixTimeSeconds():x8}-{Guid.NewGuid().ToString("N")[..24]}", 0);

    /// <summary>
    /// The chain that a batch continues. Of several the longest counts: how Lambda counts them is not documented.
    /// </summary>
    public static Lineage? Longest(IEnumerable<string?> headers, string functionArn) => headers
        .OfType<string>().Select(header => After(header, functionArn)).OfType<Lineage>().MaxBy(lineage => lineage.Hops);

    /// <summary>As AWS writes it: a version, a mark of the function, a count.</summary>
    public string ToHeader(string functionArn) => string.Create(
        CultureInfo.InvariantCulture, $"Root={Root};Parent={Mark(Root)}{Mark(functionArn)};Sampled=0;Lineage=2:{Mark(functionArn)}:{Hops}");

    private static Lineage? After(string header, string functionArn)
    {
        if (RootPart().Match(header) is not { Success: true } root) return null;
        var own = LineagePart().Matches(header).FirstOrDefault(match => match.Groups["mark"].Value == Mark(functionArn));
        var before = own is not null && int.TryParse(own.Groups["count"].Value, CultureInfo.InvariantCulture, out var count) ? count + 1 : 0;
        return new Lineage(root.Groups["id"].Value, before);
    }

    private static string Mark(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];

    [GeneratedRegex(@"(?:^|;)\s*Root=(?<id>[^;]+)")]
    private static partial Regex RootPart();

    [GeneratedRegex(@"\d+:(?<mark>[0-9a-f]{8}):(?<count>\d{1,6})")]
    private static partial Regex LineagePart();
}
