using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.AutoScaling.Model;

public partial class CompleteLifecycleActionRequest : AmazonAutoScalingRequest
{
    [AWSProperty(Required = true)]
    public string AutoScalingGroupName { get; set; }

    public string InstanceId { get; set; }

    /// <summary>CONTINUE or ABANDON.</summary>
    [AWSProperty(Required = true)]
    public string LifecycleActionResult { get; set; }

    public string LifecycleActionToken { get; set; }

    [AWSProperty(Required = true)]
    public string LifecycleHookName { get; set; }
}

public partial class CompleteLifecycleActionResponse : AmazonWebServiceResponse;

public partial class RecordLifecycleActionHeartbeatRequest : AmazonAutoScalingRequest
{
    [AWSProperty(Required = true)]
    public string AutoScalingGroupName { get; set; }

    public string InstanceId { get; set; }

    public string LifecycleActionToken { get; set; }

    [AWSProperty(Required = true)]
    public string LifecycleHookName { get; set; }
}

public partial class RecordLifecycleActionHeartbeatResponse : AmazonWebServiceResponse;
