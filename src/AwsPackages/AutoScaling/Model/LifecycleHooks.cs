using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.AutoScaling.Model;

public partial class DescribeLifecycleHooksRequest : AmazonAutoScalingRequest
{
    [AWSProperty(Required = true)]
    public string AutoScalingGroupName { get; set; }

    public List<string> LifecycleHookNames { get; set; } = Unset.List<string>();
}

public partial class DescribeLifecycleHooksResponse : AmazonWebServiceResponse
{
    public List<LifecycleHook> LifecycleHooks { get; set; } = Unset.List<LifecycleHook>();
}

public partial class LifecycleHook
{
    public string AutoScalingGroupName { get; set; }

    public string DefaultResult { get; set; }

    /// <summary>Seconds.</summary>
    public int? GlobalTimeout { get; set; }

    /// <summary>Seconds.</summary>
    public int? HeartbeatTimeout { get; set; }

    public string LifecycleHookName { get; set; }

    public string LifecycleTransition { get; set; }

    public string NotificationMetadata { get; set; }

    public string NotificationTargetARN { get; set; }

    public string RoleARN { get; set; }
}
