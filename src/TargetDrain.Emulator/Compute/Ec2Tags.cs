namespace TargetDrain.Emulator.Compute;

/// <summary>Tags as EC2 takes them: TagSpecification at creation, CreateTags and DeleteTags later.</summary>
internal static class Ec2Tags
{
    private const int MostTags = 50;

    /// <param name="resource">Whose tags are wanted, such as "instance".</param>
    /// <param name="others">What else the operation creates and may tag.</param>
    public static Dictionary<string, string> AtCreation(QueryParameters p, string resource, params IReadOnlyList<string> others)
    {
        var tags = new Dictionary<string, string>();
        foreach (var specification in p.Items("TagSpecification"))
        {
            var type = specification["ResourceType"] ?? "";
            if (type != resource && !others.Contains(type))
                throw new AwsErrorException("InvalidParameterValue", $"'{type}' is not a valid taggable resource type for this operation.");
            if (type == resource) tags = Read(specification.Tags("Tag"));
        }
        return tags;
    }

    public static Dictionary<string, string> Read(IReadOnlyList<KeyValuePair<string, string>> given)
    {
        var tags = new Dictionary<string, string>();
        foreach (var (key, value) in given)
        {
            if (key.Length is 0 or > 127) throw Invalid($"Tag key exceeds the maximum length of 127 characters, or is empty: '{key}'");
            if (value.Length > 255) throw Invalid($"Tag value exceeds the maximum length of 255 characters: '{value}'");
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) throw Invalid("Tag keys starting with 'aws:' are reserved for internal use");
            if (!tags.TryAdd(key, value)) throw Invalid($"Duplicate tag key '{key}' specified.");
        }
        if (tags.Count > MostTags) throw LimitExceeded();
        return tags;
    }

    public static Action PlanCreate(ElasticCompute compute, QueryParameters p)
    {
        var (resources, added) = (Resources(compute, p), Read(p.Tags("Tag")));
        if (added.Count == 0) throw new AwsErrorException("MissingParameter", "The request must contain the parameter Tag");
        if (resources.Any(tags => tags.Keys.Union(added.Keys).Count() > MostTags)) throw LimitExceeded();
        return () => resources.ForEach(tags => tags.Put(added));
    }

    /// <summary>Without tags all go; with a value only the tag that has it.</summary>
    public static Action PlanDelete(ElasticCompute compute, QueryParameters p)
    {
        var resources = Resources(compute, p);
        var named = p.Items("Tag").Select(tag => (Key: tag["Key"] ?? "", Value: tag["Value"])).ToList();
        return () =>
        {
            foreach (var tags in resources)
            {
                if (named.Count == 0)
                    foreach (var key in tags.Keys.Where(key => !key.StartsWith("aws:", StringComparison.Ordinal)).ToList()) tags.Remove(key);
                foreach (var (key, value) in named)
                    if (value is null || tags.GetValueOrDefault(key) == value) tags.Remove(key);
            }
        };
    }

    public static Action<XmlBuffer> PlanDescribe(ElasticCompute compute, QueryParameters p) => ComputeQueryApi.Describe<(string Id, string Type, string Key, string Value)>(
        p, "tagSet", [], () => compute.Tagged.SelectMany(resource => resource.Tags.Select(tag => (resource.Id, resource.Type, tag.Key, tag.Value))),
        name => name switch
        {
            "resource-id" => tag => [tag.Id],
            "resource-type" => tag => [tag.Type],
            "key" => tag => [tag.Key],
            "value" => tag => [tag.Value],
            _ => null,
        },
        (xml, tag) =>
        {
            xml.Element("resourceId", tag.Id);
            xml.Element("resourceType", tag.Type);
            xml.Element("key", tag.Key);
            xml.Element("value", tag.Value);
        });

    private static List<Dictionary<string, string>> Resources(ElasticCompute compute, QueryParameters p) =>
        [.. p.List("ResourceId").Distinct().Select(compute.TagsOf)];

    private static AwsErrorException Invalid(string message) => new("InvalidParameterValue", message);

    private static AwsErrorException LimitExceeded() => new("TagLimitExceeded", $"The maximum number of tags for a resource is {MostTags}");
}
