using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.SQS.Model;

public partial class ReceiveMessageRequest : AmazonSQSRequest
{
    public ReceiveMessageRequest() { }

    public ReceiveMessageRequest(string queueUrl)
    {
        QueueUrl = queueUrl;
    }

    public List<string> AttributeNames { get; set; } = Unset.List<string>();

    /// <summary>1 to 10.</summary>
    public int? MaxNumberOfMessages { get; set; }

    public List<string> MessageAttributeNames { get; set; } = Unset.List<string>();

    public List<string> MessageSystemAttributeNames { get; set; } = Unset.List<string>();

    [AWSProperty(Required = true)]
    public string QueueUrl { get; set; }

    public string ReceiveRequestAttemptId { get; set; }

    /// <summary>Seconds.</summary>
    public int? VisibilityTimeout { get; set; }

    public int? WaitTimeSeconds { get; set; }
}

public partial class ReceiveMessageResponse : AmazonWebServiceResponse
{
    /// <summary>null when there are none.</summary>
    public List<Message> Messages { get; set; } = Unset.List<Message>();
}

public partial class Message
{
    public Dictionary<string, string> Attributes { get; set; } = Unset.Map<string>();

    public string Body { get; set; }

    public string MD5OfBody { get; set; }

    public string MD5OfMessageAttributes { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = Unset.Map<MessageAttributeValue>();

    public string MessageId { get; set; }

    public string ReceiptHandle { get; set; }
}

public partial class DeleteMessageRequest : AmazonSQSRequest
{
    public DeleteMessageRequest() { }

    public DeleteMessageRequest(string queueUrl, string receiptHandle)
    {
        QueueUrl = queueUrl;
        ReceiptHandle = receiptHandle;
    }

    [AWSProperty(Required = true)]
    public string QueueUrl { get; set; }

    [AWSProperty(Required = true)]
    public string ReceiptHandle { get; set; }
}

public partial class DeleteMessageResponse : AmazonWebServiceResponse;
