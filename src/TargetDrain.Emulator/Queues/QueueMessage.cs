namespace TargetDrain.Emulator.Queues;

internal enum MessageState
{
    Delayed,
    Visible,
    InFlight,
    Deleted,
}

/// <summary>A message as its queue keeps it. Changed only under the queue's lock.</summary>
internal sealed class QueueMessage(
    string id, string body, string md5, IReadOnlyDictionary<string, MessageAttribute> attributes, string? traceHeader, DateTimeOffset sent)
{
    public string Id { get; } = id;

    public string Body { get; } = body;

    public string Md5OfBody { get; } = md5;

    public IReadOnlyDictionary<string, MessageAttribute> Attributes { get; } = attributes;

    public string? Md5OfAttributes { get; } = MessageAttribute.Md5(attributes);

    public string? TraceHeader { get; } = traceHeader;

    public DateTimeOffset Sent { get; } = sent;

    public DateTimeOffset? FirstReceived { get; set; }

    /// <summary>When the present receive began; the 12 hours a message may stay in flight count from here.</summary>
    public DateTimeOffset Received { get; set; }

    public int ReceiveCount { get; set; }

    public MessageState State { get; set; }

    /// <summary>Grows with every change of the due time: what the heap holds for an older one no longer counts.</summary>
    public int Version { get; set; }

    public string? DeadLetterSourceArn { get; set; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    /// <summary>Its place in a FIFO queue, from 1; 0 in a standard queue.</summary>
    public long Sequence { get; init; }

    /// <summary>20 digits, as SQS writes it; null in a standard queue.</summary>
    public string? SequenceNumber => Sequence == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"188{Sequence:D17}");

    public SentMessage Receipt() => new(Id, Md5OfBody, Md5OfAttributes) { SequenceNumber = SequenceNumber };

    public ReceivedMessage Snapshot(string receiptHandle, string senderId) => new(
        Id, receiptHandle, Body, Md5OfBody, Attributes, Md5OfAttributes, ReceiveCount, Sent, FirstReceived ?? Sent, senderId)
    {
        TraceHeader = TraceHeader,
        DeadLetterSourceArn = DeadLetterSourceArn,
        GroupId = GroupId,
        DeduplicationId = DeduplicationId,
        SequenceNumber = SequenceNumber,
    };
}

/// <summary>A message in the hands of a consumer.</summary>
/// <param name="ReceiveCount">1 for the first time.</param>
public sealed record ReceivedMessage(
    string MessageId,
    string ReceiptHandle,
    string Body,
    string Md5OfBody,
    IReadOnlyDictionary<string, MessageAttribute> Attributes,
    string? Md5OfAttributes,
    int ReceiveCount,
    DateTimeOffset Sent,
    DateTimeOffset FirstReceived,
    string SenderId)
{
    public string? TraceHeader { get; init; }

    public string? DeadLetterSourceArn { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    public string? SequenceNumber { get; init; }

    /// <summary>The system attributes by their wire names, values as text.</summary>
    public IEnumerable<KeyValuePair<string, string>> SystemAttributes()
    {
        yield return new("ApproximateReceiveCount", $"{ReceiveCount}");
        if (TraceHeader is not null) yield return new("AWSTraceHeader", TraceHeader);
        yield return new("SentTimestamp", $"{Sent.ToUnixTimeMilliseconds()}");
        if (SequenceNumber is not null) yield return new("SequenceNumber", SequenceNumber);
        if (GroupId is not null) yield return new("MessageGroupId", GroupId);
        yield return new("SenderId", SenderId);
        if (DeduplicationId is not null) yield return new("MessageDeduplicationId", DeduplicationId);
        yield return new("ApproximateFirstReceiveTimestamp", $"{FirstReceived.ToUnixTimeMilliseconds()}");
        if (DeadLetterSourceArn is not null) yield return new("DeadLetterQueueSourceArn", DeadLetterSourceArn);
    }
}

/// <summary>What was accepted.</summary>
public sealed record SentMessage(string MessageId, string Md5OfBody, string? Md5OfAttributes)
{
    /// <summary>Of a FIFO queue.</summary>
    public string? SequenceNumber { get; init; }
}

/// <summary>How many messages are in which state.</summary>
public sealed record QueueCounts(int Visible, int Delayed, int InFlight)
{
    public int All => Visible + Delayed + InFlight;
}
