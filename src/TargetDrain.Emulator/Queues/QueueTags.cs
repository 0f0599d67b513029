using System.Text.Json.Nodes;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.Queues;

/// <summary>Tags as SQS takes them.</summary>
internal static class QueueTags
{
    public const int MostTags = 50;

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

    public static AwsErrorException TooMany() => SqsError.InvalidParameter($"Too many tags added for queue; the limit is {MostTags}.");
}
