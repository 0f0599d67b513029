using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;
using Amazon.SQS.Model;
using static Amazon.SQS.SQSErrors;

namespace Amazon.SQS;

/// <summary>Each operation's request members, answer fields and declared errors.</summary>
internal static class SQSOperations
{
    public static readonly InvokeOptions SendMessage = Define<SendMessageRequest, SendMessageResponse>(
        nameof(SendMessage),
        static (json, request) =>
        {
            json.Number("DelaySeconds", request.DelaySeconds);
            json.Map("MessageAttributes", request.MessageAttributes, SQSMembers.Attribute);
            json.Text("MessageBody", request.MessageBody);
            json.Text("MessageDeduplicationId", request.MessageDeduplicationId);
            json.Text("MessageGroupId", request.MessageGroupId);
            json.Map("MessageSystemAttributes", request.MessageSystemAttributes, SQSMembers.SystemAttribute);
            json.Text("QueueUrl", request.QueueUrl);
        },
        static (json, response) =>
        {
            response.MD5OfMessageAttributes = json.Text("MD5OfMessageAttributes");
            response.MD5OfMessageBody = json.Text("MD5OfMessageBody");
            response.MD5OfMessageSystemAttributes = json.Text("MD5OfMessageSystemAttributes");
            response.MessageId = json.Text("MessageId");
            response.SequenceNumber = json.Text("SequenceNumber");
        },
        [.. Queue, .. Kms, InvalidMessageContents]);

    public static readonly InvokeOptions SendMessageBatch = Define<SendMessageBatchRequest, SendMessageBatchResponse>(
        nameof(SendMessageBatch),
        static (json, request) =>
        {
            json.Objects("Entries", request.Entries, SQSMembers.SendEntry);
            json.Text("QueueUrl", request.QueueUrl);
        },
        static (json, response) =>
        {
            response.Failed = json.List("Failed", SQSMembers.Failed) ?? response.Failed;
            response.Successful = json.List("Successful", SQSMembers.SendResult) ?? response.Successful;
        },
        [.. Queue, .. Batch, .. Kms, BatchRequestTooLong]);

    public static readonly InvokeOptions ReceiveMessage = Define<ReceiveMessageRequest, ReceiveMessageResponse>(
        nameof(ReceiveMessage),
        static (json, request) =>
        {
            json.Texts("AttributeNames", request.AttributeNames);
            json.Number("MaxNumberOfMessages", request.MaxNumberOfMessages);
            json.Texts("MessageAttributeNames", request.MessageAttributeNames);
            json.Texts("MessageSystemAttributeNames", request.MessageSystemAttributeNames);
            json.Text("QueueUrl", request.QueueUrl);
            json.Text("ReceiveRequestAttemptId", request.ReceiveRequestAttemptId);
            json.Number("VisibilityTimeout", request.VisibilityTimeout);
            json.Number("WaitTimeSeconds", request.WaitTimeSeconds);
        },
        static (json, response) => response.Messages = json.List("Messages", SQSMembers.Message) ?? response.Messages,
        [.. Queue, .. Kms, OverLimit]);

    public static readonly InvokeOptions DeleteMessage = Define<DeleteMessageRequest, DeleteMessageResponse>(
        nameof(DeleteMessage),
        static (json, request) =>
        {
            json.Text("QueueUrl", request.QueueUrl);
            json.Text("ReceiptHandle", request.ReceiptHandle);
        },
        null,
        [.. Queue, InvalidIdFormat, ReceiptHandleIsInvalid]);

    public static readonly InvokeOptions ChangeMessageVisibility = Define<ChangeMessageVisibilityRequest, ChangeMessageVisibilityResponse>(
        nameof(ChangeMessageVisibility),
        static (json, request) =>
        {
            json.Text("QueueUrl", request.QueueUrl);
            json.Text("ReceiptHandle", request.ReceiptHandle);
            json.Number("VisibilityTimeout", request.VisibilityTimeout);
        },
        null,
        [.. Queue, MessageNotInflight, ReceiptHandleIsInvalid]);

    public static readonly InvokeOptions ChangeMessageVisibilityBatch = Define<ChangeMessageVisibilityBatchRequest, ChangeMessageVisibilityBatchResponse>(
        nameof(ChangeMessageVisibilityBatch),
        static (json, request) =>
        {
            json.Objects("Entries", request.Entries, SQSMembers.VisibilityEntry);
            json.Text("QueueUrl", request.QueueUrl);
        },
        static (json, response) =>
        {
            response.Failed = json.List("Failed", SQSMembers.Failed) ?? response.Failed;
            response.Successful = json.List("Successful", static e => new ChangeMessageVisibilityBatchResultEntry { Id = e.Text("Id") }) ?? response.Successful;
        },
        [.. Queue, .. Batch]);

    public static readonly InvokeOptions GetQueueUrl = Define<GetQueueUrlRequest, GetQueueUrlResponse>(
        nameof(GetQueueUrl),
        static (json, request) =>
        {
            json.Text("QueueName", request.QueueName);
            json.Text("QueueOwnerAWSAccountId", request.QueueOwnerAWSAccountId);
        },
        static (json, response) => response.QueueUrl = json.Text("QueueUrl"),
        Queue);

    public static readonly InvokeOptions GetQueueAttributes = Define<GetQueueAttributesRequest, GetQueueAttributesResponse>(
        nameof(GetQueueAttributes),
        static (json, request) =>
        {
            json.Texts("AttributeNames", request.AttributeNames);
            json.Text("QueueUrl", request.QueueUrl);
        },
        static (json, response) => response.Attributes = json.Map("Attributes", static v => v.GetString()) ?? response.Attributes,
        [.. Queue, InvalidAttributeName]);

    public static readonly InvokeOptions SetQueueAttributes = Define<SetQueueAttributesRequest, SetQueueAttributesResponse>(
        nameof(SetQueueAttributes),
        static (json, request) =>
        {
            json.Map("Attributes", request.Attributes, static (w, v) => w.WriteStringValue(v));
            json.Text("QueueUrl", request.QueueUrl);
        },
        null,
        [.. Queue, InvalidAttributeName, InvalidAttributeValue, OverLimit]);

    private static InvokeOptions Define<TRequest, TResponse>(
        string action, Action<Utf8JsonWriter, TRequest> members, Action<JsonElement, TResponse> read, KnownError[] errors)
        where TRequest : AmazonSQSRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        JsonOperation.Define(AmazonSQSConfig.Traits, "AmazonSQS." + action, members, read,
            new ErrorTable(static (m, e, t, c, r, s) => new AmazonSQSException(m, e, t, c, r, s), errors));
}
