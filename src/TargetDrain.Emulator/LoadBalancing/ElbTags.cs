namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>Tags as ELBv2 takes them.</summary>
internal static class ElbTags
{
    private const int MostTags = 50;

    public static Dictionary<string, string> Read(QueryParameters p)
    {
        var tags = new Dictionary<string, string>();
        foreach (var (key, value) in p.Tags("Tags.member"))
        {
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw AwsErrorException.Validation($"The tag key '{key}' is not valid: the prefix 'aws:' is reserved");
            if (!tags.TryAdd(key, value)) throw new AwsErrorException("DuplicateTagKeys", $"The tag key '{key}' was specified more than once");
        }
        if (tags.Count > MostTags) throw TooMany();
        return tags;
    }

    public static Action PlanAdd(QueryParameters p, Func<string, Dictionary<string, string>> tagsOf)
    {
        var (added, resources) = (Read(p), p.List("ResourceArns.member").ConvertAll(arn => tagsOf(arn)));
        if (added.Count == 0) throw AwsErrorException.Validation("At least one tag must be specified");
        if (resources.Exists(tags => tags.Keys.Union(added.Keys).Count() > MostTags)) throw TooMany();
        return () => resources.ForEach(tags => tags.Put(added));
    }

    public static Action PlanRemove(QueryParameters p, Func<string, Dictionary<string, string>> tagsOf)
    {
        var (keys, resources) = (p.List("TagKeys.member"), p.List("ResourceArns.member").ConvertAll(arn => tagsOf(arn)));
        return () =>
        {
            foreach (var tags in resources)
                foreach (var key in keys) tags.Remove(key);
        };
    }

    private static AwsErrorException TooMany() => new("TooManyTags", $"The maximum number of tags for a resource is {MostTags}");
}
