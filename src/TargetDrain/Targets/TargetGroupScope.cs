using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>Which target groups are ours to touch: all, unless narrowed by name, VPC or tag.</summary>
internal sealed class TargetGroupScope(DrainOptions options)
{
    public bool NeedsTags => options.TargetGroupTag is not null;

    public bool CoversByName(TargetGroup group) =>
        (options.TargetGroupNames.Count == 0 || DrainOptions.IsOneOf(options.TargetGroupNames, group.TargetGroupName)) &&
        (options.VpcIds.Count == 0 || (group.VpcId is not null && options.VpcIds.Contains(group.VpcId)));

    public bool CoversByTag(IEnumerable<Tag> tags) => options.TargetGroupTag is not { } wanted ||
        tags.Any(tag => wanted.Matches(tag.Key, tag.Value)) != options.TargetGroupTagExcludes;
}
