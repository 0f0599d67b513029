using System.Buffers;

namespace TargetDrain.Events;

/// <summary>Checks of single fields that name the field when they fail.</summary>
internal static class Require
{
    // Long ids have 17 hexadecimal digits, old ones 8.
    private const int LongestInstanceId = 19;
    private const int TokenLength = 36;

    // Auto Scaling's own limit for names; ARNs and addresses are shorter.
    private const int LongestText = 1600;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    private const string InstanceIdForm = "'i-' and hexadecimal digits";

    public static string Text(string? value, string field, string allowed = "any text") =>
        string.IsNullOrWhiteSpace(value) ? throw new MalformedMessageException(field, $"is missing or empty; allowed is {allowed}.")
        : value.Length > LongestText ? throw new MalformedMessageException(field, $"has {value.Length} characters; allowed are {LongestText}.")
        : value;

    /// <summary>Set, and far enough from the ends of the calendar to be reckoned with.</summary>
    public static DateTimeOffset Time(DateTimeOffset value, string field) =>
        value == default ? throw new MalformedMessageException(field, "is missing; allowed is an ISO 8601 time.")
        : value.Year is < 2000 or > 2999 ? throw new MalformedMessageException(field, $"is in the year {value.Year}; allowed are 2000 to 2999.")
        : value;

    /// <summary>EventBridge writes UTC, which CloudWatchEvent carries as a DateTime.</summary>
    public static DateTimeOffset Time(DateTime value, string field) =>
        Time(new DateTimeOffset(DateTime.SpecifyKind(value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value, DateTimeKind.Utc)), field);

    public static int Seconds(int value, string field, int most) =>
        value >= 1 && value <= most ? value : throw new MalformedMessageException(field, $"is {value}; allowed is 1 to {most}.");

    public static string InstanceId(string? value, string field)
    {
        var id = Text(value, field, InstanceIdForm);
        return id.Length <= LongestInstanceId && id.StartsWith("i-", StringComparison.Ordinal) && id.Length > 2 &&
               id.AsSpan(2).IndexOfAnyExcept(Hexadecimal) < 0
            ? id
            : throw new MalformedMessageException(field, $"is '{Quote(id)}'; allowed is {InstanceIdForm}.");
    }

    public static string ActionToken(string? value, string field)
    {
        var token = Text(value, field, $"a token of {TokenLength} characters");
        return token.Length == TokenLength
            ? token
            : throw new MalformedMessageException(field, $"has {token.Length} characters; a lifecycle action token has {TokenLength}.");
    }

    /// <summary>Short and on one line: whoever writes a message chooses texts in it; none of them fills or forges the log.</summary>
    public static string Quote(string value, int longest = 64)
    {
        var shown = value.Length <= longest ? value : string.Concat(value.AsSpan(0, longest), "…");
        // Control characters, escape sequences among them, and the two line ends that Unicode adds.
        return string.Create(shown.Length, shown, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029' ? '?' : text[i];
        });
    }
}

/// <summary>A message of a known kind that cannot be understood.</summary>
/// <param name="field">Where, as a JSON path such as detail.EC2InstanceId; shortened, for the message may have chosen it.</param>
/// <param name="problem">What is wrong there and what is allowed.</param>
internal sealed class MalformedMessageException(string field, string problem, Exception? inner = null)
    : Exception($"{Require.Quote(field)}: {problem}", inner)
{
    public string Field { get; } = Require.Quote(field);
}
