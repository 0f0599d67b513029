using System.Buffers.Binary;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;
using Amazon.Util;

namespace Amazon.SQS;

/// <summary>Compares the MD5 sums in SQS's answers with what was sent or received.</summary>
internal sealed class ChecksumValidation : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var result = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        Check(executionContext.RequestContext.OriginalRequest, executionContext.ResponseContext.Response);
        return result;
    }

    private static void Check(AmazonWebServiceRequest request, AmazonWebServiceResponse response)
    {
        switch (request, response)
        {
            case (SendMessageRequest sent, SendMessageResponse answer):
                if (!string.IsNullOrEmpty(answer.MD5OfMessageBody)) Body(sent.MessageBody, answer.MD5OfMessageBody, answer.MessageId);
                Attributes(sent.MessageAttributes, answer.MD5OfMessageAttributes, answer.MessageId);
                break;

            case (SendMessageBatchRequest sent, SendMessageBatchResponse answer):
                foreach (var result in answer.Successful ?? [])
                {
                    var entry = sent.Entries.Find(e => e.Id == result.Id)
                        ?? throw new AmazonSQSException($"SQS answered for an entry '{result.Id}' that was not sent");
                    Body(entry.MessageBody, result.MD5OfMessageBody, result.MessageId);
                    Attributes(entry.MessageAttributes, result.MD5OfMessageAttributes, result.MessageId);
                }

                break;

            case (_, ReceiveMessageResponse received):
                foreach (var message in received.Messages ?? [])
                {
                    Body(message.Body, message.MD5OfBody, message.MessageId);
                    Attributes(message.MessageAttributes, message.MD5OfMessageAttributes, message.MessageId);
                }

                break;
        }
    }

    private static void Body(string body, string md5, string messageId)
    {
        if (!Same(Encoding.UTF8.GetBytes(body ?? ""), md5)) throw new AmazonSQSException($"MD5 hash mismatch: body of message {messageId}");
    }

    private static void Attributes(Dictionary<string, MessageAttributeValue> attributes, string md5, string messageId)
    {
        if (attributes is not { Count: > 0 } || string.IsNullOrEmpty(md5)) return;
        if (!Same(Canonical(attributes), md5)) throw new AmazonSQSException($"MD5 hash mismatch: attributes of message {messageId}");
    }

    private static bool Same(byte[] content, string md5) =>
        string.Equals(AWSSDKUtils.GenerateChecksumForBytes(content, fBase64Encode: false), md5, StringComparison.OrdinalIgnoreCase);

    /// <summary>Name, type, transport type (1 string, 2 binary) and value, each with its length, in the order of the names.</summary>
    private static byte[] Canonical(Dictionary<string, MessageAttributeValue> attributes)
    {
        using var bytes = new MemoryStream();
        foreach (var (name, value) in attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Write(bytes, Encoding.UTF8.GetBytes(name));
            Write(bytes, Encoding.UTF8.GetBytes(value.DataType));
            bytes.WriteByte(value.StringValue is null ? (byte)2 : (byte)1);
            Write(bytes, value.StringValue is { } text ? Encoding.UTF8.GetBytes(text) : value.BinaryValue?.ToArray() ?? []);
        }

        return bytes.ToArray();
    }

    private static void Write(MemoryStream bytes, byte[] value)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        bytes.Write(length);
        bytes.Write(value);
    }
}
