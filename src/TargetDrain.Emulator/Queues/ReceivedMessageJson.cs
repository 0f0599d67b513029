namespace TargetDrain.Emulator.Queues;

/// <summary>A message as ReceiveMessage answers it.</summary>
internal static class ReceivedMessageJson
{
    private static readonly HashSet<string> SystemNames =
    [
        "All", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp", "SentTimestamp", "SenderId", "AWSTraceHeader",
        "DeadLetterQueueSourceArn", "SequenceNumber", "MessageDeduplicationId", "MessageGroupId",
    ];

    public static bool IsKnown(string systemName) => SystemNames.Contains(systemName) || QueueAttributes.IsKnown(systemName);

    /// <param name="system">Names of system attributes that were asked for; "All" for every one.</param>
    /// <param name="custom">Names or prefixes ("order.*") of message attributes that were asked for.</param>
    public static JsonNode Write(ReceivedMessage message, HashSet<string> system, HashSet<string> custom)
    {
        var json = new JsonObject
        {
            ["MessageId"] = message.MessageId,
            ["ReceiptHandle"] = message.ReceiptHandle,
            ["MD5OfBody"] = message.Sent.Md5OfBody,
            ["Body"] = message.Body,
        };
        var shown = message.SystemAttributes()
            .Where(pair => system.Contains("All") || system.Contains(pair.Key))
            .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))
            .ToList();
        if (shown.Count > 0) json["Attributes"] = new JsonObject(shown);

        var given = message.Sent.Attributes.Where(pair => custom.Any(wanted => Names(wanted, pair.Key))).ToDictionary();
        if (given.Count > 0)
        {
            json["MessageAttributes"] = new JsonObject(
                given.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)MessageAttributeJson.Write(pair.Value))));
            // Of the attributes in this answer, so that the receiver can compare.
            json["MD5OfMessageAttributes"] = MessageAttribute.Md5(given);
        }
        return json;
    }

    private static bool Names(string wanted, string name) =>
        wanted is "All" or ".*"
        || (wanted.EndsWith(".*", StringComparison.Ordinal) ? name.StartsWith(wanted[..^2], StringComparison.Ordinal) : wanted == name);
}
