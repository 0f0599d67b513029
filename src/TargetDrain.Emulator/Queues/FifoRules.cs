using System.Security.Cryptography;

namespace TargetDrain.Emulator.Queues;

/// <summary>What is different with FIFO queues: their names, their settings, and what a message to them must bring.</summary>
internal static class FifoRules
{
    public const string Suffix = ".fifo";

    private const int LongestId = 128;

    /// <exception cref="Wire.AwsErrorException">The name and the setting FifoQueue do not go together.</exception>
    public static void CheckName(string name, bool isFifo)
    {
        if (isFifo && !name.EndsWith(Suffix, StringComparison.Ordinal))
            throw SqsError.InvalidParameter(
                "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.");
    }

    /// <summary>The settings that only FIFO queues have. Another queue does not even know their names.</summary>
    public static QueueAttributes With(QueueAttributes settings, string name, string value, bool isNew) => name switch
    {
        // Whoever says "false" gets told that a standard queue has no such setting, as by SQS.
        "FifoQueue" when value == "true" && (isNew || settings.IsFifo) => settings with { IsFifo = true },
        "FifoQueue" when value is not ("true" or "false") => throw SqsError.InvalidAttributeValue(name),
        "FifoQueue" => throw SqsError.InvalidAttributeName(name),
        _ when !settings.IsFifo => throw SqsError.InvalidAttributeName(name),
        "ContentBasedDeduplication" when value is "true" or "false" => settings with { IsContentBased = value == "true" },
        "DeduplicationScope" when value is "queue" or "messageGroup" => settings with { DeduplicationScope = value },
        "FifoThroughputLimit" when value is "perQueue" or "perMessageGroupId" => settings with { FifoThroughputLimit = value },
        _ => throw SqsError.InvalidAttributeValue(name),
    };

    public static bool IsKnown(string name) => name is "FifoQueue" or "ContentBasedDeduplication" or "DeduplicationScope" or "FifoThroughputLimit";

    /// <exception cref="Wire.AwsErrorException">High throughput where all groups share their deduplication.</exception>
    public static void Check(QueueAttributes settings)
    {
        if (settings.FifoThroughputLimit == "perMessageGroupId" && settings.DeduplicationScope != "messageGroup")
            throw SqsError.InvalidParameter(
                settings.FifoThroughputLimit, "FifoThroughputLimit", "The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.");
    }

    public static IEnumerable<KeyValuePair<string, string>> ToWire(QueueAttributes settings)
    {
        if (!settings.IsFifo) yield break;
        yield return new("FifoQueue", "true");
        yield return new("ContentBasedDeduplication", settings.IsContentBased ? "true" : "false");
        yield return new("DeduplicationScope", settings.DeduplicationScope);
        yield return new("FifoThroughputLimit", settings.FifoThroughputLimit);
    }

    /// <returns>The id that is given, or else the SHA-256 of the body.</returns>
    /// <exception cref="Wire.AwsErrorException">No group, or no id where the queue does not look at contents.</exception>
    public static string DeduplicationIdOf(string body, string? groupId, string? given, QueueAttributes settings)
    {
        if (groupId is null) throw SqsError.Missing("MessageGroupId");
        return given ?? (settings.IsContentBased
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))
            : throw SqsError.InvalidParameter("The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"));
    }

    /// <exception cref="Wire.AwsErrorException">One of the messages lacks its group, or its id.</exception>
    public static void Check(IEnumerable<JsonObject> messages, QueueAttributes settings)
    {
        foreach (var message in messages) DeduplicationIdOf("", (string?)message["MessageGroupId"], (string?)message["MessageDeduplicationId"], settings);
    }

    /// <summary>Letters, digits and punctuation, up to 128.</summary>
    /// <returns>Null when it is not given.</returns>
    public static string? Id(JsonObject input, string member)
    {
        if ((string?)input[member] is not { } id) return null;
        return id.Length is > 0 and <= LongestId && id.All(letter => letter is > ' ' and < '\u007f')
            ? id
            : throw SqsError.InvalidParameter(id, member, $"{member} can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    }
}
