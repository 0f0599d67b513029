using Amazon.Runtime;
using Amazon.Shared;

namespace Amazon.AutoScaling.Model;

public partial class DescribeAutoScalingInstancesRequest : AmazonAutoScalingRequest
{
    public List<string> InstanceIds { get; set; } = Unset.List<string>();

    public int? MaxRecords { get; set; }

    public string NextToken { get; set; }
}

public partial class DescribeAutoScalingInstancesResponse : AmazonWebServiceResponse
{
    public List<AutoScalingInstanceDetails> AutoScalingInstances { get; set; } = Unset.List<AutoScalingInstanceDetails>();

    public string NextToken { get; set; }
}

public partial class AutoScalingInstanceDetails
{
    public string AutoScalingGroupName { get; set; }

    public string AvailabilityZone { get; set; }

    public string HealthStatus { get; set; }

    public string InstanceId { get; set; }

    public string InstanceType { get; set; }

    public string LaunchConfigurationName { get; set; }

    public LaunchTemplateSpecification LaunchTemplate { get; set; }

    public string LifecycleState { get; set; }

    public bool? ProtectedFromScaleIn { get; set; }

    public string WeightedCapacity { get; set; }
}

public partial class LaunchTemplateSpecification
{
    public string LaunchTemplateId { get; set; }

    public string LaunchTemplateName { get; set; }

    public string Version { get; set; }
}
