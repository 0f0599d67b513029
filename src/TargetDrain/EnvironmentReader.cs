using System.Globalization;
using TargetDrain.Lifecycle;

namespace TargetDrain;

/// <summary>Reads variables and gathers what is wrong with them, so that a person hears it all at once.</summary>
internal sealed class EnvironmentReader(Func<string, string?> variable)
{
    private readonly List<string> problems = [];

    /// <summary>The names asked for so far.</summary>
    public List<string> Names { get; } = [];

    public string Url(string name)
    {
        var value = Value(name);
        if (value is not null && Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "https" or "http") return value;
        return Wrong(name, value, "the URL of the queue that feeds this function", "");
    }

    public string Text(string name, string otherwise) => Value(name) ?? otherwise;

    public bool Switch(string name) => Value(name)?.ToUpperInvariant() switch
    {
        null or "FALSE" => false,
        "TRUE" => true,
        _ => Wrong(name, Value(name), "true or false", false),
    };

    public int Number(string name, int otherwise, int least, int most) => Value(name) switch
    {
        null => otherwise,
        { } text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most => number,
        var text => Wrong(name, text, $"a whole number from {least} to {most}", otherwise),
    };

    public TimeSpan Seconds(string name, int otherwise, int least, int most) => TimeSpan.FromSeconds(Number(name, otherwise, least, most));

    /// <summary>A list with commas.</summary>
    public IReadOnlySet<string> List(string name, string otherwise) =>
        (Value(name) ?? otherwise).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    public IReadOnlySet<string> Choices(string name, string otherwise, params string[] allowed)
    {
        var chosen = List(name, otherwise);
        return chosen.IsSubsetOf(allowed) ? chosen : Wrong(name, Value(name), $"a list with commas of {string.Join(", ", allowed)}", chosen);
    }

    public ActionResult Result(string name, ActionResult otherwise) => Value(name)?.ToUpperInvariant() switch
    {
        null => otherwise,
        "CONTINUE" => ActionResult.Continue,
        "ABANDON" => ActionResult.Abandon,
        "LEAVE" => ActionResult.Leave,
        _ => Wrong(name, Value(name), "CONTINUE, ABANDON, or LEAVE (the hook's own default result)", otherwise),
    };

    public TargetGroupTag? Tag(string name, string modeName)
    {
        var mode = Value(modeName)?.ToUpperInvariant() switch
        {
            null or "ONLY" => TagMode.Only,
            "EXCEPT" => TagMode.Except,
            _ => Wrong(modeName, Value(modeName), "only or except", TagMode.Only),
        };
        if (Value(name) is not { } text) return null;
        var parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        return parts[0].Length > 0
            ? new TargetGroupTag(parts[0], parts.Length == 2 ? parts[1] : null, mode)
            : Wrong<TargetGroupTag?>(name, text, "a tag key, or key=value", null);
    }

    public void ThrowIfWrong()
    {
        if (problems.Count > 0) throw new ConfigurationException(problems);
    }

    private string? Value(string name)
    {
        if (!Names.Contains(name)) Names.Add(name);
        var value = variable(name);
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    private T Wrong<T>(string name, string? value, string allowed, T otherwise)
    {
        problems.Add(value is null ? $"{name} is missing; it must be {allowed}" : $"{name} is '{value}'; allowed is {allowed}");
        return otherwise;
    }
}

/// <summary>The function cannot start like this.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> problems)
    : Exception($"The configuration is wrong: {string.Join(". ", problems)}.")
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
