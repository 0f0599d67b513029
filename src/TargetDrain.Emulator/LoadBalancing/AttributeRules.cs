namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>An attribute's default and what its value may be.</summary>
internal sealed record AttributeRule(string Key, string Default, Func<string, bool> Allows, string Allowed)
{
    /// <summary>What is said of a value that is not allowed, where AWS has words of its own.</summary>
    public Func<string, string>? Refusal { get; init; }

    public static AttributeRule Flag(string key, bool value = false) => OneOf(key, value ? "true" : "false", "true", "false");

    public static AttributeRule OneOf(string key, string value, params IReadOnlyList<string> values) =>
        new(key, value, values.Contains, $"one of '{string.Join(", ", values)}'");

    /// <param name="or">A text that is allowed beside the numbers, such as "off".</param>
    public static AttributeRule Range(string key, string value, int min, int max, string? or = null) => new(
        key, value,
        text => text == or || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max),
        string.Create(CultureInfo.InvariantCulture, $"between '{min}' and '{max}'{(or is null ? "" : $", or '{or}'")}"));

    public static AttributeRule Text(string key, Func<string, bool> allows, string allowed, string value = "") => new(key, value, allows, allowed);

    /// <summary>All of them or the first error, of the keys before the values, and of those in the order of the rules; the values to set.</summary>
    public static Dictionary<string, string> Check(string what, IReadOnlyList<AttributeRule> rules, IReadOnlyList<KeyValuePair<string, string>> given)
    {
        var values = new Dictionary<string, string>();
        foreach (var (key, value) in given)
        {
            if (!rules.Any(rule => rule.Key == key)) throw AwsErrorException.Validation($"{what} attribute key '{key}' is not recognized");
            if (!values.TryAdd(key, value)) throw AwsErrorException.Validation($"{what} attribute key '{key}' was specified more than once");
        }
        foreach (var rule in rules)
            if (values.TryGetValue(rule.Key, out var value) && !rule.Allows(value))
                throw AwsErrorException.Validation(rule.Refusal?.Invoke(value) ?? $"{what} attribute '{rule.Key}' must be {rule.Allowed}, not '{value}'");
        return values;
    }
}
