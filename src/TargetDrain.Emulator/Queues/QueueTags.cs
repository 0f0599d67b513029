namespace TargetDrain.Emulator.Queues;

/// <summary>Tags as SQS takes them.</summary>
internal static class QueueTags
{
    private const int MostTags = 50;

    public static Dictionary<string, string> Read(JsonObject? given)
    {
        var tags = new Dictionary<string, string>();
        foreach (var (key, node) in given ?? [])
        {
            var value = (string?)node ?? "";
            if (key.Length is 0 or > 128 || value.Length > 256 || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw SqsError.InvalidParameter($"The tag '{key}' is invalid: keys have 1 to 128 characters and do not begin with 'aws:', values have up to 256.");
            tags[key] = value;
        }
        return tags.Count <= MostTags ? tags : throw TooMany();
    }

    public static void Add(SqsQueue queue, JsonObject? given)
    {
        var tags = Read(given);
        if (tags.Count == 0) throw SqsError.Missing("Tags");
        if (queue.Tags.Keys.Union(tags.Keys).Count() > MostTags) throw TooMany();
        queue.Tags.Put(tags);
    }

    public static void Remove(SqsQueue queue, HashSet<string> keys)
    {
        if (keys.Count == 0 || keys.Any(key => key.Length is 0 or > 128))
            throw SqsError.InvalidParameter("Tag keys must be between 1 and 128 characters in length.");
        foreach (var key in keys) queue.Tags.TryRemove(key, out _);
    }

    private static AwsErrorException TooMany() => SqsError.InvalidParameter($"Too many tags added for queue; the limit is {MostTags}.");
}
