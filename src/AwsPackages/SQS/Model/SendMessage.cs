using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.SQS.Model;

public partial class SendMessageRequest : AmazonSQSRequest
{
    public SendMessageRequest() { }

    public SendMessageRequest(string queueUrl, string messageBody)
    {
        QueueUrl = queueUrl;
        MessageBody = messageBody;
    }

    /// <summary>0 to 900.</summary>
    public int? DelaySeconds { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = Unset.Map<MessageAttributeValue>();

    [AWSProperty(Required = true)]
    public string MessageBody { get; set; }

    public string MessageDeduplicationId { get; set; }

    public string MessageGroupId { get; set; }

    public Dictionary<string, MessageSystemAttributeValue> MessageSystemAttributes { get; set; } = Unset.Map<MessageSystemAttributeValue>();

    [AWSProperty(Required = true)]
    public string QueueUrl { get; set; }
}

public partial class SendMessageResponse : AmazonWebServiceResponse
{
    public string MD5OfMessageAttributes { get; set; }

    public string MD5OfMessageBody { get; set; }

    public string MD5OfMessageSystemAttributes { get; set; }

    public string MessageId { get; set; }

    public string SequenceNumber { get; set; }
}

public partial class MessageAttributeValue
{
    public List<MemoryStream> BinaryListValues { get; set; } = Unset.List<MemoryStream>();

    public MemoryStream BinaryValue { get; set; }

    /// <summary>String, Number or Binary, with an optional .label.</summary>
    [AWSProperty(Required = true)]
    public string DataType { get; set; }

    public List<string> StringListValues { get; set; } = Unset.List<string>();

    public string StringValue { get; set; }
}

public partial class MessageSystemAttributeValue
{
    public List<MemoryStream> BinaryListValues { get; set; } = Unset.List<MemoryStream>();

    public MemoryStream BinaryValue { get; set; }

    [AWSProperty(Required = true)]
    public string DataType { get; set; }

    public List<string> StringListValues { get; set; } = Unset.List<string>();

    public string StringValue { get; set; }
}
