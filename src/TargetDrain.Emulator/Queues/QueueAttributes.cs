namespace TargetDrain.Emulator.Queues;

/// <summary>A queue's settings, with the defaults and ranges of SQS.</summary>
internal sealed record QueueAttributes
{
    /// <summary>The largest message, in bytes: body and message attributes.</summary>
    public const int MessageLimit = 1_048_576;

    private static readonly string[] KeptAsGiven =
        ["Policy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled", "RedriveAllowPolicy"];

    private static readonly string[] Told =
    [
        "VisibilityTimeout", "DelaySeconds", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds", "MaximumMessageSize", "RedrivePolicy",
        "QueueArn", "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed",
        "CreatedTimestamp", "LastModifiedTimestamp",
    ];

    /// <summary>0 s to 12 h.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>0 to 900 s; a message can have its own.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.Zero;

    /// <summary>1 min to 14 days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(4);

    /// <summary>0 to 20 s: how long a receive waits that does not say so itself.</summary>
    public TimeSpan ReceiveWait { get; init; } = TimeSpan.Zero;

    /// <summary>1,024 to 1,048,576 bytes.</summary>
    public int MaximumMessageSize { get; init; } = MessageLimit;

    public RedrivePolicy? Redrive { get; init; }

    /// <summary>Decided when the queue is made.</summary>
    public bool IsFifo { get; init; }

    /// <summary>Of a FIFO queue: the same body within five minutes is the same message.</summary>
    public bool IsContentBased { get; init; }

    /// <summary>Of a FIFO queue: queue or messageGroup.</summary>
    public string DeduplicationScope { get; init; } = "queue";

    /// <summary>Of a FIFO queue: perQueue or perMessageGroupId. Kept; there is no limit here.</summary>
    public string FifoThroughputLimit { get; init; } = "perQueue";

    public bool IsDeduplicatedByGroup => IsFifo && DeduplicationScope == "messageGroup";

    /// <summary>Settings that are kept and shown but change nothing here, by their wire names.</summary>
    public IReadOnlyDictionary<string, string> Others { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether GetQueueAttributes can be asked for it.</summary>
    public static bool IsKnown(string name) => Told.Contains(name) || KeptAsGiven.Contains(name) || FifoRules.IsKnown(name);

    /// <summary>These settings with the given wire attributes put over them.</summary>
    /// <param name="isNew">They are a queue's first.</param>
    public QueueAttributes With(JsonObject? changes, bool isNew = false)
    {
        var result = this;
        // What kind of queue it is decides what else there is to set.
        foreach (var (name, node) in (changes ?? []).OrderBy(change => change.Key != "FifoQueue"))
        {
            var value = (string?)node ?? "";
            result = name switch
            {
                "VisibilityTimeout" => result with { VisibilityTimeout = Seconds(name, value, 0, 43_200) },
                "DelaySeconds" => result with { Delay = Seconds(name, value, 0, 900) },
                "MessageRetentionPeriod" => result with { Retention = Seconds(name, value, 60, 1_209_600) },
                "ReceiveMessageWaitTimeSeconds" => result with { ReceiveWait = Seconds(name, value, 0, 20) },
                "MaximumMessageSize" => result with { MaximumMessageSize = Whole(name, value, 1024, MessageLimit) },
                "RedrivePolicy" => result with { Redrive = RedrivePolicy.Parse(value) },
                _ when FifoRules.IsKnown(name) => FifoRules.With(result, name, value, isNew),
                _ when KeptAsGiven.Contains(name) && !IsValid(name, value) => throw SqsError.InvalidAttributeValue(name),
                _ when KeptAsGiven.Contains(name) =>
                    result with { Others = new Dictionary<string, string>(result.Others) { [name] = value } },
                _ => throw SqsError.InvalidAttributeName(name),
            };
        }
        FifoRules.Check(result);
        return result;
    }

    public IEnumerable<KeyValuePair<string, string>> ToWire()
    {
        yield return new("VisibilityTimeout", Text(VisibilityTimeout));
        yield return new("DelaySeconds", Text(Delay));
        yield return new("MessageRetentionPeriod", Text(Retention));
        yield return new("ReceiveMessageWaitTimeSeconds", Text(ReceiveWait));
        yield return new("MaximumMessageSize", MaximumMessageSize.ToString(CultureInfo.InvariantCulture));
        if (Redrive is not null) yield return new("RedrivePolicy", Redrive.ToWire());
        foreach (var fifo in FifoRules.ToWire(this)) yield return fifo;
        foreach (var other in Others)
            if (other.Value.Length > 0) yield return other;
        // Encryption by SQS is on unless a key or the queue's owner says otherwise.
        if (!Others.ContainsKey("SqsManagedSseEnabled")) yield return new("SqsManagedSseEnabled", Others.ContainsKey("KmsMasterKeyId") ? "false" : "true");
    }

    private static bool IsValid(string name, string value) => name switch
    {
        "SqsManagedSseEnabled" => value is "true" or "false",
        "KmsDataKeyReusePeriodSeconds" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 60 and <= 86_400,
        "Policy" or "RedriveAllowPolicy" => value.Length == 0 || IsJsonObject(value),
        _ => true,
    };

    private static bool IsJsonObject(string text)
    {
        try { return JsonNode.Parse(text) is JsonObject; }
        catch (JsonException) { return false; }
    }

    private static string Text(TimeSpan span) => ((long)span.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static TimeSpan Seconds(string name, string value, int min, int max) => TimeSpan.FromSeconds(Whole(name, value, min, max));

    private static int Whole(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw SqsError.InvalidAttributeValue(name);
}

/// <summary>Where a message goes that was received too often.</summary>
/// <param name="MaxReceiveCount">1 to 1,000: so many receives are allowed, the next one moves the message.</param>
internal sealed record RedrivePolicy(string DeadLetterTargetArn, int MaxReceiveCount)
{
    /// <returns>Null for empty text, which takes the policy away.</returns>
    internal static RedrivePolicy? Parse(string json)
    {
        if (json.Length == 0) return null;
        JsonObject? policy = null;
        try { policy = JsonNode.Parse(json) as JsonObject; }
        catch (JsonException) { /* told below, as for JSON of another kind */ }
        // The count may be a number or text; CloudFormation sends either.
        if (policy?["deadLetterTargetArn"]?.ToString() is { Length: > 0 } arn
            && int.TryParse(policy["maxReceiveCount"]?.ToString(), CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1000)
            return new RedrivePolicy(arn, count);
        throw SqsError.InvalidParameter(
            json, "RedrivePolicy", "It must be JSON with deadLetterTargetArn and maxReceiveCount, a whole number from 1 to 1000.");
    }

    internal string ToWire() =>
        new JsonObject { ["deadLetterTargetArn"] = DeadLetterTargetArn, ["maxReceiveCount"] = MaxReceiveCount }.ToJsonString();
}
