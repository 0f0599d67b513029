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
    public IReadOnlyList<Variable> All => variables;

    /// <exception cref="ConfigurationException">Lists every variable that is wrong.</exception>
    public void ThrowIfWrong()
    {
        if (problems.Count > 0) throw new ConfigurationException(problems);
    }

    public string Text(string name, string otherwise, Func<string, bool>? isAllowed = null, string allowed = "any text") =>
        Read(name, otherwise, allowed, isAllowed ?? (_ => true), text => text);

    public string Url(string name, string allowed) => Read(name, "", allowed, IsUrl, text => text);

    public string? OptionalUrl(string name, string allowed) =>
        Read(name, "", allowed, text => text.Length == 0 || IsUrl(text), text => text.Length == 0 ? null : text);

    public bool Switch(string name) => Choice(name, "false", "true or false", "true", "false") == "true";

    public int Number(string name, int otherwise, int least, int most) => Read(
        name, otherwise.ToString(CultureInfo.InvariantCulture), $"a whole number from {least} to {most}",
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most,
        text => int.Parse(text, CultureInfo.InvariantCulture));

    public TimeSpan Seconds(string name, int otherwise, int least, int most) => TimeSpan.FromSeconds(Number(name, otherwise, least, most));

    /// <summary>A comma-separated list; it may be empty when that is the default.</summary>
    public IReadOnlySet<string> List(string name, string otherwise, Func<string, bool> isAllowed, string allowed) => Read(
        name, otherwise, $"a comma-separated list of {allowed}", text => (Items(text).Count > 0 || otherwise.Length == 0) && Items(text).All(isAllowed), Items);

    /// <returns>In the case in which it is listed.</returns>
    public string Choice(string name, string otherwise, string allowed, params string[] choices) => Read(
        name, otherwise, allowed,
        text => choices.Contains(text, StringComparer.OrdinalIgnoreCase),
        text => choices.First(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)));

    private T Read<T>(string name, string otherwise, string allowed, Func<string, bool> isAllowed, Func<string, T> parse)
    {
        variables.Add(new Variable(name, otherwise, allowed));
        var given = variable(name)?.Trim() is { Length: > 0 } text ? text : null;
        if (isAllowed(given ?? otherwise)) return parse(given ?? otherwise);
        problems.Add(given is null ? $"{name} is missing; it must be {allowed}" : $"{name} is '{given}'; allowed is {allowed}");
        return parse(otherwise);
    }

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http";

    private static HashSet<string> Items(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}

/// <summary>The function cannot start like this.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> problems)
    : Exception($"The configuration is wrong: {string.Join(". ", problems)}.");
