namespace TargetDrain.Emulator.AutoScaling;

/// <summary>The tags of Auto Scaling groups on the wire.</summary>
internal sealed class GroupTagsApi(AutoScalingGroups groups)
{
    public IReadOnlyDictionary<string, QueryOperation> Operations => new Dictionary<string, QueryOperation>
    {
        ["CreateOrUpdateTags"] = p => Change(p, (group, tags, propagated) =>
        {
            foreach (var (key, value) in tags)
            {
                group.Tags[key] = value;
                if (propagated.Contains(key)) group.PropagatedTags.Add(key);
                else group.PropagatedTags.Remove(key);
            }
        }),
        ["DeleteTags"] = p => Change(p, (group, tags, _) =>
        {
            foreach (var key in tags.Keys) group.Tags.Remove(key);
        }),
        ["DescribeTags"] = Describe,
    };

    private Action<XmlBuffer> Change(QueryParameters p, Action<AutoScalingGroup, Dictionary<string, string>, List<string>> change)
    {
        var changes = p.Items("Tags.member").GroupBy(tag => tag["ResourceId"] ?? throw AwsErrorException.Validation("ResourceId is required for a tag")).Select(tags =>
        {
            var (values, propagated) = GroupRequest.Tags(tags, tags.Key);
            return (Group: groups.Find(tags.Key), Values: values, Propagated: propagated);
        }).ToList();
        return _ => changes.ForEach(each => change(each.Group, each.Values, each.Propagated));
    }

    private Action<XmlBuffer> Describe(QueryParameters p)
    {
        var page = AutoScalingQueryApi.Page(p, 50, 100);
        var matches = GroupFilters.OfTags(p);
        return xml => page.Write(
            xml, "Tags",
            groups.Groups.SelectMany(group => group.Tags.Select(tag => (Group: group, tag.Key, tag.Value))).Where(tag => matches(tag.Group, tag.Key, tag.Value)),
            tag => GroupXml.WriteTag(xml, tag.Group, tag.Key, tag.Value));
    }
}
