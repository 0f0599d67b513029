namespace TargetDrain.Targets;

/// <summary>A tag that something has or has not.</summary>
/// <param name="Value">Null when the key alone decides.</param>
internal sealed record TagFilter(string Key, string? Value)
{
    /// <param name="text">A key, or key=value; empty for none.</param>
    public static TagFilter? Parse(string text) =>
        text.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } key, .. var value] ? new(key, value.FirstOrDefault()) : null;

    public bool Matches(string key, string? value) => key == Key && (Value is null || Value == (value ?? ""));

    public override string ToString() => Value is null ? Key : $"{Key}={Value}";
}
