using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.EventBridge.Model;

public partial class PutEventsRequest : AmazonEventBridgeRequest
{
    [AWSProperty(Required = true, Min = 1, Max = 10)]
    public List<PutEventsRequestEntry> Entries { get; set; } = Unset.List<PutEventsRequestEntry>();
}

public partial class PutEventsRequestEntry
{
    /// <summary>A JSON object, as text.</summary>
    public string Detail { get; set; }

    public string DetailType { get; set; }

    /// <summary>Name or ARN; the default bus when it is not set.</summary>
    public string EventBusName { get; set; }

    public List<string> Resources { get; set; } = Unset.List<string>();

    public string Source { get; set; }
}

public partial class PutEventsResponse : AmazonWebServiceResponse
{
    /// <summary>One for each entry of the request, in its order.</summary>
    public List<PutEventsResultEntry> Entries { get; set; } = Unset.List<PutEventsResultEntry>();

    public int? FailedEntryCount { get; set; }
}

public partial class PutEventsResultEntry
{
    /// <summary>Set when the entry was not taken.</summary>
    public string ErrorCode { get; set; }

    public string ErrorMessage { get; set; }

    public string EventId { get; set; }
}
