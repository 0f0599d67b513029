using System.Buffers;
using System.Text.Encodings.Web;
using TargetDrain.Emulator.Queues;

namespace TargetDrain.Emulator.Lambda;

/// <summary>
/// The event that Lambda makes of SQS messages: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
/// </summary>
internal static class SqsEventJson
{
    /// <summary>What an event without records takes.</summary>
    public const int EnvelopeBytes = 14;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<ReceivedMessage> messages, string queueArn)
    {
        var buffer = new ArrayBufferWriter<byte>(1024 * messages.Count + EnvelopeBytes);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            foreach (var message in messages) Write(json, message, queueArn);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    /// <summary>The size of one record, the comma before it included.</summary>
    public static int BytesOf(ReceivedMessage message, string queueArn)
    {
        var buffer = new ArrayBufferWriter<byte>(message.Body.Length + 1024);
        using var json = new Utf8JsonWriter(buffer, Options);
        Write(json, message, queueArn);
        json.Flush();
        return buffer.WrittenCount + 1;
    }

    private static void Write(Utf8JsonWriter json, ReceivedMessage message, string queueArn)
    {
        json.WriteStartObject();
        json.WriteString("messageId", message.MessageId);
        json.WriteString("receiptHandle", message.ReceiptHandle);
        json.WriteString("body", message.Body);
        json.WriteStartObject("attributes");
        foreach (var (name, value) in message.SystemAttributes()) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartObject("messageAttributes");
        foreach (var (name, attribute) in message.Sent.Attributes)
        {
            json.WriteStartObject(name);
            if (attribute.BinaryValue is { } bytes) json.WriteBase64String("binaryValue", bytes);
            else json.WriteString("stringValue", attribute.StringValue);
            json.WriteStartArray("stringListValues");
            json.WriteEndArray();
            json.WriteStartArray("binaryListValues");
            json.WriteEndArray();
            json.WriteString("dataType", attribute.DataType);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        if (message.Sent.Md5OfAttributes is { } md5) json.WriteString("md5OfMessageAttributes", md5);
        json.WriteString("md5OfBody", message.Sent.Md5OfBody);
        json.WriteString("eventSource", "aws:sqs");
        json.WriteString("eventSourceARN", queueArn);
        json.WriteString("awsRegion", queueArn.Split(':')[3]);
        json.WriteEndObject();
    }
}
