using System.Globalization;
using TargetDrain.Lifecycle;

namespace TargetDrain;

/// <summary>A variable as a person sets it.</summary>
/// <param name="Default">What holds when it is not set; empty for none.</param>
/// <param name="Allowed">For people.</param>
internal sealed record Variable(string Name, string Default, string Allowed);

/// <summary>Reads variables and gathers what is wrong with them, so that a person hears it all at once.</summary>
internal sealed class EnvironmentReader(Func<string, string?> variable)
{
    private readonly List<Variable> variables = [];
    private readonly List<string> problems = [];

    /// <summary>All that was asked for so far.</summary>
    public IReadOnlyList<Variable> Variables => variables;

    public string Url(string name, string allowed)
    {
        var known = Known(name, "", allowed);
        return Value(name) is { } value && IsUrl(value) ? value : Wrong(known, "");
    }

    public string? OptionalUrl(string name, string allowed)
    {
        var known = Known(name, "", allowed);
        return Value(name) is not { } value || IsUrl(value) ? Value(name) : Wrong<string?>(known, null);
    }

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http";

    public string Text(string name, string otherwise)
    {
        Known(name, otherwise, "any text");
        return Value(name) ?? otherwise;
    }

    public bool Switch(string name)
    {
        var known = Known(name, "false", "true or false");
        return Value(name)?.ToUpperInvariant() switch
        {
            null or "FALSE" => false,
            "TRUE" => true,
            _ => Wrong(known, false),
        };
    }

    public int Number(string name, int otherwise, int least, int most)
    {
        var known = Known(name, otherwise.ToString(CultureInfo.InvariantCulture), $"a whole number from {least} to {most}");
        if (Value(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Wrong(known, otherwise);
    }

    public TimeSpan Seconds(string name, int otherwise, int least, int most) => TimeSpan.FromSeconds(Number(name, otherwise, least, most));

    /// <summary>A comma-separated list that may be empty.</summary>
    public IReadOnlySet<string> List(string name, Func<string, bool> isAllowed, string allowed)
    {
        var known = Known(name, "", allowed);
        var items = Items(name, "");
        return items.All(isAllowed) ? items : Wrong(known, items);
    }

    /// <summary>A comma-separated list of at least one name.</summary>
    public IReadOnlySet<string> Names(string name, string otherwise, Func<string, bool> isAllowed, string allowed)
    {
        var known = Known(name, otherwise, allowed);
        var items = Items(name, otherwise);
        return items.Count > 0 && items.All(isAllowed) ? items : Wrong(known, items);
    }

    public string Choice(string name, string otherwise, params string[] allowed)
    {
        var known = Known(name, otherwise, string.Join(" or ", allowed));
        var value = Value(name)?.ToLowerInvariant() ?? otherwise;
        return allowed.Contains(value) ? value : Wrong(known, otherwise);
    }

    public IReadOnlySet<string> Choices(string name, string otherwise, params string[] allowed)
    {
        var known = Known(name, otherwise, $"a comma-separated list of {string.Join(", ", allowed)}");
        var items = Items(name, otherwise);
        return items.Count > 0 && items.IsSubsetOf(allowed) ? items : Wrong(known, items);
    }

    public ActionResult Result(string name, ActionResult otherwise)
    {
        var known = Known(name, otherwise.ToString().ToUpperInvariant(), "CONTINUE, ABANDON, or LEAVE (the hook's own default result)");
        return Value(name)?.ToUpperInvariant() switch
        {
            null => otherwise,
            "CONTINUE" => ActionResult.Continue,
            "ABANDON" => ActionResult.Abandon,
            "LEAVE" => ActionResult.Leave,
            _ => Wrong(known, otherwise),
        };
    }

    public TargetGroupTag? Tag(string name, string modeName)
    {
        var (known, knownMode) = (Known(name, "", "a tag key, or key=value"), Known(modeName, "only", "only or except"));
        var mode = Value(modeName)?.ToUpperInvariant() switch
        {
            null or "ONLY" => TagMode.Only,
            "EXCEPT" => TagMode.Except,
            _ => Wrong(knownMode, TagMode.Only),
        };
        if (Value(name) is not { } text) return null;
        var parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        return parts[0].Length > 0
            ? new TargetGroupTag(parts[0], parts.Length == 2 ? parts[1] : null, mode)
            : Wrong<TargetGroupTag?>(known, null);
    }

    public void ThrowIfWrong()
    {
        if (problems.Count > 0) throw new ConfigurationException(problems);
    }

    private Variable Known(string name, string otherwise, string allowed)
    {
        var known = new Variable(name, otherwise, allowed);
        variables.Add(known);
        return known;
    }

    private string? Value(string name)
    {
        var value = variable(name);
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    private HashSet<string> Items(string name, string otherwise) =>
        (Value(name) ?? otherwise).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    private T Wrong<T>(Variable known, T otherwise)
    {
        problems.Add(Value(known.Name) is { } value
            ? $"{known.Name} is '{value}'; allowed is {known.Allowed}"
            : $"{known.Name} is missing; it must be {known.Allowed}");
        return otherwise;
    }
}

/// <summary>The function cannot start like this.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> problems)
    : Exception($"The configuration is wrong: {string.Join(". ", problems)}.")
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
