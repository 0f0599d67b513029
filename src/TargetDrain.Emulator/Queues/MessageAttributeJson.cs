using System.Text.Json.Nodes;

namespace TargetDrain.Emulator.Queues;

/// <summary>Message attributes on the wire: a map of name to {DataType, StringValue | BinaryValue in base64}.</summary>
internal static class MessageAttributeJson
{
    /// <exception cref="Wire.AwsErrorException">A type that is not String, Number or Binary, or no value.</exception>
    public static IReadOnlyDictionary<string, MessageAttribute> Read(JsonNode? map)
    {
        var attributes = new SortedDictionary<string, MessageAttribute>(StringComparer.Ordinal);
        foreach (var (name, value) in map?.AsObject() ?? [])
            attributes[name] = Read(name, value as JsonObject ?? []);
        return attributes;
    }

    public static JsonObject Write(MessageAttribute attribute) => attribute.BinaryValue is { } bytes
        ? new JsonObject { ["DataType"] = attribute.DataType, ["BinaryValue"] = Convert.ToBase64String(bytes) }
        : new JsonObject { ["DataType"] = attribute.DataType, ["StringValue"] = attribute.StringValue };

    private static MessageAttribute Read(string name, JsonObject value)
    {
        var type = (string?)value["DataType"];
        var kind = type?.Split('.', 2)[0];
        if (kind is not ("String" or "Number" or "Binary"))
            throw SqsError.InvalidParameter(
                $"The type of message (user) attribute '{name}' is invalid. "
                + "You must use only the following supported type prefixes: Binary, Number, String.");
        var content = (string?)value[kind == "Binary" ? "BinaryValue" : "StringValue"];
        if (string.IsNullOrEmpty(content))
            throw SqsError.InvalidParameter($"The message (user) attribute '{name}' must contain a non-empty message attribute value.");
        return kind == "Binary"
            ? new MessageAttribute(type!, null, Convert.FromBase64String(content))
            : new MessageAttribute(type!, content, null);
    }
}
