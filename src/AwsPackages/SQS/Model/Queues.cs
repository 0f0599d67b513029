using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.SQS.Model;

public partial class GetQueueUrlRequest : AmazonSQSRequest
{
    public GetQueueUrlRequest() { }

    public GetQueueUrlRequest(string queueName)
    {
        QueueName = queueName;
    }

    [AWSProperty(Required = true)]
    public string QueueName { get; set; }

    public string QueueOwnerAWSAccountId { get; set; }
}

public partial class GetQueueUrlResponse : AmazonWebServiceResponse
{
    public string QueueUrl { get; set; }
}

public partial class GetQueueAttributesRequest : AmazonSQSRequest
{
    public GetQueueAttributesRequest() { }

    public GetQueueAttributesRequest(string queueUrl, List<string> attributeNames)
    {
        QueueUrl = queueUrl;
        AttributeNames = attributeNames;
    }

    public List<string> AttributeNames { get; set; } = Unset.List<string>();

    [AWSProperty(Required = true)]
    public string QueueUrl { get; set; }
}

public partial class GetQueueAttributesResponse : AmazonWebServiceResponse
{
    public Dictionary<string, string> Attributes { get; set; } = Unset.Map<string>();
}

public partial class SetQueueAttributesRequest : AmazonSQSRequest
{
    public SetQueueAttributesRequest() { }

    public SetQueueAttributesRequest(string queueUrl, Dictionary<string, string> attributes)
    {
        QueueUrl = queueUrl;
        Attributes = attributes;
    }

    [AWSProperty(Required = true)]
    public Dictionary<string, string> Attributes { get; set; } = Unset.Map<string>();

    [AWSProperty(Required = true)]
    public string QueueUrl { get; set; }
}

public partial class SetQueueAttributesResponse : AmazonWebServiceResponse;
