namespace TargetDrain.Targets;

/// <summary>
/// Which instances are acted upon: all but those whose tag says not to; where the configuration names a tag or Auto Scaling groups, only
/// those that have it and are of them.
/// </summary>
internal sealed class InstanceScope(DrainOptions options)
{
    private const string OptOutKey = "target-drain";
    private const string OptOutValue = "ignore";

    // EC2 gives it to every member of a group.
    private const string GroupKey = "aws:autoscaling:groupName";

    /// <param name="groupNames">Auto Scaling groups that messages name for it: EC2 may know it no longer, and then tells no tags.</param>
    /// <returns>Why it is left alone; null when it is acted upon.</returns>
    public string? WhyNot(InstanceDescription instance, IEnumerable<string> groupNames)
    {
        if (string.Equals(ValueOf(OptOutKey), OptOutValue, StringComparison.OrdinalIgnoreCase)) return $"its tag {OptOutKey} says {OptOutValue}";
        if (options.InstanceTag is { } wanted && !instance.Tags.Any(tag => wanted.Matches(tag.Key, tag.Value)))
            return $"it does not have the tag {wanted} (INSTANCE_TAG)";
        var patterns = options.AutoScalingGroupNames;
        return patterns.Count == 0 || groupNames.Append(ValueOf(GroupKey)).OfType<string>().Any(name => DrainOptions.IsOneOf(patterns, name))
            ? null
            : "it is in no Auto Scaling group of AUTO_SCALING_GROUP_NAMES";

        string? ValueOf(string key) => instance.Tags.FirstOrDefault(tag => tag.Key == key) is { } tag ? tag.Value ?? "" : null;
    }
}
