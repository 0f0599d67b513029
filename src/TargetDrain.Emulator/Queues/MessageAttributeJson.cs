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
        CheckName(name);
        if (value["StringListValues"] is JsonArray { Count: > 0 } || value["BinaryListValues"] is JsonArray { Count: > 0 })
            throw SqsError.Unsupported("Message attribute list values are not supported.");
        var content = (string?)value[kind == "Binary" ? "BinaryValue" : "StringValue"];
        if (string.IsNullOrEmpty(content))
            throw SqsError.InvalidParameter($"The message (user) attribute '{name}' must contain a non-empty message attribute value.");
        if (kind == "Number" && !double.TryParse(content, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw SqsError.InvalidParameter($"Can't cast the value of message (user) attribute '{name}' to a number.");
        return kind == "Binary"
            ? new MessageAttribute(type!, null, Convert.FromBase64String(content))
            : new MessageAttribute(type!, content, null);
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > 256 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.')
            || name.StartsWith('.') || name.EndsWith('.') || name.Contains("..", StringComparison.Ordinal))
            throw SqsError.InvalidParameter(
                $"The message attribute name '{name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.");
        if (name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase))
            throw SqsError.InvalidParameter($"The message attribute name '{name}' is invalid: the prefixes AWS. and Amazon. are reserved.");
    }
}
