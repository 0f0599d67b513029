using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.SQS.Model;

public partial class SendMessageBatchRequest : AmazonSQSRequest
{
    public SendMessageBatchRequest() { }

    public SendMessageBatchRequest(string queueUrl, List<SendMessageBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    /// <summary>At most 10.</summary>
    [AWSProperty(Required = true)]
    public List<SendMessageBatchRequestEntry> Entries { get; set; } = Unset.List<SendMessageBatchRequestEntry>();

    [AWSProperty(Required = true)]
    public string QueueUrl { get; set; }
}

public partial class SendMessageBatchRequestEntry
{
    public SendMessageBatchRequestEntry() { }

    public SendMessageBatchRequestEntry(string id, string messageBody)
    {
        Id = id;
        MessageBody = messageBody;
    }

    /// <summary>0 to 900.</summary>
    public int? DelaySeconds { get; set; }

    [AWSProperty(Required = true)]
    public string Id { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = Unset.Map<MessageAttributeValue>();

    [AWSProperty(Required = true)]
    public string MessageBody { get; set; }

    public string MessageDeduplicationId { get; set; }

    public string MessageGroupId { get; set; }

    public Dictionary<string, MessageSystemAttributeValue> MessageSystemAttributes { get; set; } = Unset.Map<MessageSystemAttributeValue>();
}

public partial class SendMessageBatchResponse : AmazonWebServiceResponse
{
    /// <summary>null when none failed.</summary>
    public List<BatchResultErrorEntry> Failed { get; set; } = Unset.List<BatchResultErrorEntry>();

    /// <summary>null when none succeeded.</summary>
    public List<SendMessageBatchResultEntry> Successful { get; set; } = Unset.List<SendMessageBatchResultEntry>();
}

public partial class SendMessageBatchResultEntry
{
    public string Id { get; set; }

    public string MD5OfMessageAttributes { get; set; }

    public string MD5OfMessageBody { get; set; }

    public string MD5OfMessageSystemAttributes { get; set; }

    public string MessageId { get; set; }

    public string SequenceNumber { get; set; }
}

public partial class BatchResultErrorEntry
{
    public string Code { get; set; }

    public string Id { get; set; }

    public string Message { get; set; }

    public bool? SenderFault { get; set; }
}
