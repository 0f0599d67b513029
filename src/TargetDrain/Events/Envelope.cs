using Amazon.Lambda.SNSEvents;
using Amazon.Lambda.SQSEvents;

namespace TargetDrain.Events;

/// <summary>Takes the messages out of whatever Lambda was invoked with: an SQS batch, an SNS notification, or one event directly.</summary>
internal static class Envelope
{
    /// <exception cref="MalformedMessageException">It is nothing that Lambda delivers.</exception>
    public static IReadOnlyList<InboundMessage> Open(JsonElement payload)
    {
        try
        {
            return Unpack(payload);
        }
        catch (InvalidOperationException exception)
        {
            throw new MalformedMessageException("$", "holds a string that is no Unicode text.", exception);
        }
    }

    private static IReadOnlyList<InboundMessage> Unpack(JsonElement payload)
    {
        if (payload.ValueKind == JsonValueKind.Array) return [new InboundMessage("direct", payload.GetRawText())];
        if (payload.ValueKind != JsonValueKind.Object)
            throw new MalformedMessageException("$", $"is a JSON {payload.ValueKind}; allowed is an object: an SQS or SNS event, or an EventBridge event; or an array of these.");
        if (!payload.TryGetProperty("Records", out var records))
            return [new InboundMessage("direct", payload.GetRawText())];
        if (records.ValueKind != JsonValueKind.Array)
            throw new MalformedMessageException("Records", $"is a JSON {records.ValueKind}; allowed is an array.");
        if (records.GetArrayLength() == 0) return [];
        return SourceOf(records[0]) switch
        {
            "aws:sqs" => [.. Required(EventJson.Read(payload, EventJson.Default.SQSEvent).Records).Select(FromSqs)],
            "aws:sns" => [.. Required(EventJson.Read(payload, EventJson.Default.SNSEvent).Records).Select(FromSns)],
            var other => throw new MalformedMessageException("Records[0].eventSource", $"is '{Require.Quote(other ?? "")}'; allowed are 'aws:sqs' and 'aws:sns'."),
        };
    }

    private static IEnumerable<T> Required<T>(IEnumerable<T?>? records) where T : class =>
        (records ?? throw new MalformedMessageException("Records", "is missing."))
        .Select(record => record ?? throw new MalformedMessageException("Records[]", "is null; allowed is an object."));

    // SQS writes the name in camel case, SNS in Pascal case.
    private static string? SourceOf(JsonElement record) => record.ValueKind != JsonValueKind.Object
        ? null
        : EventReader.TextOf(record, "eventSource") ?? EventReader.TextOf(record, "EventSource");

    private static InboundMessage FromSqs(SQSEvent.SQSMessage message) => new(
        message.MessageId ?? throw new MalformedMessageException("Records[].messageId", "is missing."),
        message.Body ?? "",
        message.ReceiptHandle ?? "",
        (int)(NumberIn(message, "ApproximateReceiveCount", int.MaxValue) ?? 1),
        message.EventSourceArn,
        NumberIn(message, "SentTimestamp", DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) is { } sent ? DateTimeOffset.FromUnixTimeMilliseconds(sent) : null);

    private static long? NumberIn(SQSEvent.SQSMessage message, string attribute, long most) =>
        message.Attributes?.GetValueOrDefault(attribute) is { } text &&
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;

    private static InboundMessage FromSns(SNSEvent.SNSRecord record) => new(
        record.Sns?.MessageId ?? "sns",
        record.Sns?.Message ?? throw new MalformedMessageException("Records[].Sns.Message", "is missing."));
}
