using System.IO.Enumeration;
using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>Which target groups are ours to touch: all, unless narrowed by name, VPC or tag.</summary>
internal sealed class TargetGroupScope(DrainOptions options)
{
    public bool NeedsTags => options.TargetGroupTag is not null;

    public bool CoversByName(TargetGroup group) =>
        (options.TargetGroupNames.Count == 0 ||
         options.TargetGroupNames.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, group.TargetGroupName, ignoreCase: false))) &&
        (options.VpcIds.Count == 0 || (group.VpcId is not null && options.VpcIds.Contains(group.VpcId)));

    public bool CoversByTag(IEnumerable<Tag> tags)
    {
        if (options.TargetGroupTag is not { } wanted) return true;
        var carries = tags.Any(tag => tag.Key == wanted.Key && (wanted.Value is null || tag.Value == wanted.Value));
        return carries == (wanted.Mode == TagMode.Only);
    }
}
