using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.SQS.Model;

public partial class ChangeMessageVisibilityRequest : AmazonSQSRequest
{
    public ChangeMessageVisibilityRequest() { }

    public ChangeMessageVisibilityRequest(string queueUrl, string receiptHandle, int? visibilityTimeout)
    {
        QueueUrl = queueUrl;
        ReceiptHandle = receiptHandle;
        VisibilityTimeout = visibilityTimeout;
    }

    [AWSProperty(Required = true)]
    public string QueueUrl { get; set; }

    [AWSProperty(Required = true)]
    public string ReceiptHandle { get; set; }

    /// <summary>Seconds from now, 0 to 43200.</summary>
    [AWSProperty(Required = true)]
    public int? VisibilityTimeout { get; set; }
}

public partial class ChangeMessageVisibilityResponse : AmazonWebServiceResponse;

public partial class ChangeMessageVisibilityBatchRequest : AmazonSQSRequest
{
    public ChangeMessageVisibilityBatchRequest() { }

    public ChangeMessageVisibilityBatchRequest(string queueUrl, List<ChangeMessageVisibilityBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    /// <summary>At most 10.</summary>
    [AWSProperty(Required = true)]
    public List<ChangeMessageVisibilityBatchRequestEntry> Entries { get; set; } = Unset.List<ChangeMessageVisibilityBatchRequestEntry>();

    [AWSProperty(Required = true)]
    public string QueueUrl { get; set; }
}

public partial class ChangeMessageVisibilityBatchRequestEntry
{
    public ChangeMessageVisibilityBatchRequestEntry() { }

    public ChangeMessageVisibilityBatchRequestEntry(string id, string receiptHandle)
    {
        Id = id;
        ReceiptHandle = receiptHandle;
    }

    [AWSProperty(Required = true)]
    public string Id { get; set; }

    [AWSProperty(Required = true)]
    public string ReceiptHandle { get; set; }

    /// <summary>Seconds from now, 0 to 43200.</summary>
    public int? VisibilityTimeout { get; set; }
}

public partial class ChangeMessageVisibilityBatchResponse : AmazonWebServiceResponse
{
    /// <summary>null when none failed.</summary>
    public List<BatchResultErrorEntry> Failed { get; set; } = Unset.List<BatchResultErrorEntry>();

    /// <summary>null when none succeeded.</summary>
    public List<ChangeMessageVisibilityBatchResultEntry> Successful { get; set; } = Unset.List<ChangeMessageVisibilityBatchResultEntry>();
}

public partial class ChangeMessageVisibilityBatchResultEntry
{
    public string Id { get; set; }
}
