namespace TargetDrain.Local.Stacks;

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
            parts.Add($"{(options.TargetGroupTagExcludes ? "all groups but those" : "only groups")} with tag {tag}");
        if (options.PeeredVpcs) parts.Add("peered VPCs too");
        if (parts.Count == 0) parts.Add("all target groups of the region");
        if (options.InstanceTag is { } instances) parts.Add($"only instances with tag {instances}");
        if (options.AutoScalingGroupNames.Count > 0) parts.Add($"only instances of Auto Scaling groups {string.Join(", ", options.AutoScalingGroupNames)}");
        return string.Join("; ", parts);
    }
}
