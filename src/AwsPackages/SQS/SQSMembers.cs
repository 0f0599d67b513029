using System.Text.Json;
using Amazon.Shared;
using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>Writes and reads the structures inside requests and answers.</summary>
internal static class SQSMembers
{
    public static void SendEntry(Utf8JsonWriter json, SendMessageBatchRequestEntry entry)
    {
        json.Number("DelaySeconds", entry.DelaySeconds);
        json.Text("Id", entry.Id);
        json.Map("MessageAttributes", entry.MessageAttributes, Attribute);
        json.Text("MessageBody", entry.MessageBody);
        json.Text("MessageDeduplicationId", entry.MessageDeduplicationId);
        json.Text("MessageGroupId", entry.MessageGroupId);
        json.Map("MessageSystemAttributes", entry.MessageSystemAttributes, SystemAttribute);
    }

    public static void VisibilityEntry(Utf8JsonWriter json, ChangeMessageVisibilityBatchRequestEntry entry)
    {
        json.Text("Id", entry.Id);
        json.Text("ReceiptHandle", entry.ReceiptHandle);
        json.Number("VisibilityTimeout", entry.VisibilityTimeout);
    }

    public static void Attribute(Utf8JsonWriter json, MessageAttributeValue value) =>
        Value(json, value.DataType, value.StringValue, value.BinaryValue, value.StringListValues, value.BinaryListValues);

    public static void SystemAttribute(Utf8JsonWriter json, MessageSystemAttributeValue value) =>
        Value(json, value.DataType, value.StringValue, value.BinaryValue, value.StringListValues, value.BinaryListValues);

    public static Message Message(JsonElement json) => new()
    {
        Attributes = json.Map("Attributes", static v => v.GetString()) ?? Unset.Map<string>(),
        Body = json.Text("Body"),
        MD5OfBody = json.Text("MD5OfBody"),
        MD5OfMessageAttributes = json.Text("MD5OfMessageAttributes"),
        MessageAttributes = json.Map("MessageAttributes", static v => new MessageAttributeValue
        {
            BinaryValue = v.Member("BinaryValue") is { } binary ? new MemoryStream(binary.GetBytesFromBase64()) : null,
            DataType = v.Text("DataType"),
            StringValue = v.Text("StringValue"),
        }) ?? Unset.Map<MessageAttributeValue>(),
        MessageId = json.Text("MessageId"),
        ReceiptHandle = json.Text("ReceiptHandle"),
    };

    public static SendMessageBatchResultEntry SendResult(JsonElement json) => new()
    {
        Id = json.Text("Id"),
        MD5OfMessageAttributes = json.Text("MD5OfMessageAttributes"),
        MD5OfMessageBody = json.Text("MD5OfMessageBody"),
        MD5OfMessageSystemAttributes = json.Text("MD5OfMessageSystemAttributes"),
        MessageId = json.Text("MessageId"),
        SequenceNumber = json.Text("SequenceNumber"),
    };

    public static BatchResultErrorEntry Failed(JsonElement json) => new()
    {
        Code = json.Text("Code"),
        Id = json.Text("Id"),
        Message = json.Text("Message"),
        SenderFault = json.Flag("SenderFault"),
    };

    private static void Value(
        Utf8JsonWriter json, string type, string text, MemoryStream binary, List<string> texts, List<MemoryStream> binaries)
    {
        json.WriteStartObject();
        json.Items("BinaryListValues", binaries, static (w, b) => w.WriteBase64StringValue(b.ToArray()));
        if (binary is not null) json.WriteBase64String("BinaryValue", binary.ToArray());
        json.Text("DataType", type);
        json.Texts("StringListValues", texts);
        json.Text("StringValue", text);
        json.WriteEndObject();
    }
}
