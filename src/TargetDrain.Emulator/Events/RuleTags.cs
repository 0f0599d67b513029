namespace TargetDrain.Emulator.Events;

/// <summary>Tags of rules, as EventBridge takes them.</summary>
internal static class RuleTags
{
    private const int MostTags = 50;

    public static Dictionary<string, string> Read(JsonArray? given)
    {
        var tags = new Dictionary<string, string>();
        foreach (var tag in (given ?? []).OfType<JsonObject>())
            if (!tags.TryAdd((string?)tag["Key"] ?? "", (string?)tag["Value"] ?? ""))
                throw new AwsErrorException("ValidationException", $"The tag key {tag["Key"]} was specified more than once.");
        return tags.Count <= MostTags ? tags : throw TooMany();
    }

    public static JsonObject Add(Rule rule, JsonObject input)
    {
        var added = Read(input["Tags"] as JsonArray);
        if (rule.Tags.Keys.Union(added.Keys).Count() > MostTags) throw TooMany();
        rule.Tags.Put(added);
        return [];
    }

    public static JsonObject Remove(Rule rule, JsonObject input)
    {
        foreach (var key in (input["TagKeys"] as JsonArray ?? []).Select(key => (string?)key).OfType<string>()) rule.Tags.Remove(key);
        return [];
    }

    public static JsonObject List(Rule rule) => new()
    {
        ["Tags"] = new JsonArray([.. rule.Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]),
    };

    private static AwsErrorException TooMany() => new("LimitExceededException", $"A resource can have {MostTags} tags.");
}
