namespace TargetDrain.Local.Diagnostics;

/// <summary>The function's options, from the same variables, for commands that have no queue to read from.</summary>
internal static class Scope
{
    private const string NoQueue = "https://none.invalid/queue";

    public static DrainOptions FromEnvironment() => From(Environment.GetEnvironmentVariable);

    public static DrainOptions From(Func<string, string?> variable) =>
        DrainOptions.FromEnvironment(name => variable(name) is { Length: > 0 } value ? value : name == "QUEUE_URL" ? NoQueue : null);

    public static string InWords(DrainOptions options)
    {
        var parts = new List<string>();
        if (options.TargetGroupNames.Count > 0) parts.Add($"names {string.Join(", ", options.TargetGroupNames)}");
        if (options.VpcIds.Count > 0) parts.Add($"VPCs {string.Join(", ", options.VpcIds)}");
        if (options.TargetGroupTag is { } tag)
            parts.Add($"{(tag.Mode == TagMode.Only ? "only groups" : "all groups but those")} with tag {tag.Key}{(tag.Value is null ? "" : $"={tag.Value}")}");
        if (options.PeeredVpcs) parts.Add("peered VPCs too");
        return parts.Count == 0 ? "all target groups of the region" : string.Join("; ", parts);
    }
}
