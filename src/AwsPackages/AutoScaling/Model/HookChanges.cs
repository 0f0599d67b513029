using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.AutoScaling.Model;

public partial class PutLifecycleHookRequest : AmazonAutoScalingRequest
{
    [AWSProperty(Required = true)]
    public string AutoScalingGroupName { get; set; }

    public string DefaultResult { get; set; }

    /// <summary>Seconds.</summary>
    public int? HeartbeatTimeout { get; set; }

    [AWSProperty(Required = true)]
    public string LifecycleHookName { get; set; }

    public string LifecycleTransition { get; set; }
}

public partial class PutLifecycleHookResponse : AmazonWebServiceResponse;

public partial class DeleteLifecycleHookRequest : AmazonAutoScalingRequest
{
    [AWSProperty(Required = true)]
    public string AutoScalingGroupName { get; set; }

    [AWSProperty(Required = true)]
    public string LifecycleHookName { get; set; }
}

public partial class DeleteLifecycleHookResponse : AmazonWebServiceResponse;
