namespace TargetDrain.Emulator.AutoScaling;

/// <summary>The Filters of DescribeAutoScalingGroups and DescribeTags: all must match, each with one of its values.</summary>
internal static class GroupFilters
{
    public static Predicate<AutoScalingGroup> OfGroups(QueryParameters p)
    {
        var tests = Read(p).Select<(string Name, List<string> Values), Predicate<AutoScalingGroup>>(filter => filter.Name switch
        {
            "tag-key" => group => group.Tags.Keys.Any(filter.Values.Contains),
            "tag-value" => group => group.Tags.Values.Any(filter.Values.Contains),
            _ when filter.Name.StartsWith("tag:", StringComparison.Ordinal) => group =>
                group.Tags.TryGetValue(filter.Name["tag:".Length..], out var value) && filter.Values.Contains(value),
            _ => throw AwsErrorException.Validation($"Filter type {filter.Name} is not correct. Allowed Filter types are: tag-key, tag-value, tag:<key>"),
        }).ToList();
        return group => tests.TrueForAll(test => test(group));
    }

    public static Func<AutoScalingGroup, string, string, bool> OfTags(QueryParameters p)
    {
        var tests = Read(p).Select<(string Name, List<string> Values), Func<AutoScalingGroup, string, string, bool>>(filter => filter.Name switch
        {
            "auto-scaling-group" => (group, _, _) => filter.Values.Contains(group.Name),
            "key" => (_, key, _) => filter.Values.Contains(key),
            "value" => (_, _, value) => filter.Values.Contains(value),
            "propagate-at-launch" => (group, key, _) => filter.Values.Contains(group.PropagatedTags.Contains(key) ? "true" : "false", StringComparer.OrdinalIgnoreCase),
            _ => throw AwsErrorException.Validation($"Filter type {filter.Name} is not correct. Allowed Filter types are: auto-scaling-group key propagate-at-launch value"),
        }).ToList();
        return (group, key, value) => tests.TrueForAll(test => test(group, key, value));
    }

    private static List<(string Name, List<string> Values)> Read(QueryParameters p) =>
        [.. p.Items("Filters.member").Select(filter => (filter["Name"] ?? "", filter.List("Values.member")))];
}
