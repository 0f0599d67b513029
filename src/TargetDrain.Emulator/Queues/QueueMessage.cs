namespace TargetDrain.Emulator.Queues;

internal enum MessageState
{
    Delayed,
    Visible,
    InFlight,
    Deleted,
}

/// <summary>A message as it was sent, which stays the same wherever it goes.</summary>
internal sealed record SentMessage(string MessageId, string Body, IReadOnlyDictionary<string, MessageAttribute> Attributes, DateTimeOffset At)
{
    public string Md5OfBody { get; } = MessageAttribute.Md5(Encoding.UTF8.GetBytes(Body));

    public string? Md5OfAttributes { get; } = MessageAttribute.Md5(Attributes);

    public string? TraceHeader { get; init; }

    public string? DeadLetterSourceArn { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    /// <summary>Its place in a FIFO queue, from 1; 0 in a standard queue.</summary>
    public long Sequence { get; init; }

    /// <summary>20 digits, as SQS writes it; null in a standard queue.</summary>
    public string? SequenceNumber => Sequence == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"188{Sequence:D17}");
}

/// <summary>A message as its queue keeps it. Changed only under the queue's lock.</summary>
internal sealed class QueueMessage(SentMessage sent)
{
    public SentMessage Sent { get; } = sent;

    public DateTimeOffset? FirstReceived { get; set; }

    /// <summary>When the present receive began; the 12 hours a message may stay in flight count from here.</summary>
    public DateTimeOffset Received { get; set; }

    public int ReceiveCount { get; set; }

    public MessageState State { get; set; }

    /// <summary>Grows with every change of the due time: what the heap holds for an older one no longer counts.</summary>
    public int Version { get; set; }
}

/// <summary>A message in the hands of a consumer.</summary>
/// <param name="ReceiveCount">1 for the first time.</param>
internal sealed record ReceivedMessage(SentMessage Sent, string ReceiptHandle, int ReceiveCount, DateTimeOffset FirstReceived, string SenderId)
{
    public string MessageId => Sent.MessageId;

    public string Body => Sent.Body;

    /// <summary>The system attributes by their wire names, values as text.</summary>
    public IEnumerable<KeyValuePair<string, string>> SystemAttributes()
    {
        yield return new("ApproximateReceiveCount", $"{ReceiveCount}");
        if (Sent.TraceHeader is { } trace) yield return new("AWSTraceHeader", trace);
        yield return new("SentTimestamp", $"{Sent.At.ToUnixTimeMilliseconds()}");
        if (Sent.SequenceNumber is { } number) yield return new("SequenceNumber", number);
        if (Sent.GroupId is { } group) yield return new("MessageGroupId", group);
        yield return new("SenderId", SenderId);
        if (Sent.DeduplicationId is { } deduplication) yield return new("MessageDeduplicationId", deduplication);
        yield return new("ApproximateFirstReceiveTimestamp", $"{FirstReceived.ToUnixTimeMilliseconds()}");
        if (Sent.DeadLetterSourceArn is { } source) yield return new("DeadLetterQueueSourceArn", source);
    }
}

/// <summary>How many messages are in which state.</summary>
internal sealed record QueueCounts(int Visible, int Delayed, int InFlight)
{
    public int All => Visible + Delayed + InFlight;
}
