using Amazon.Runtime;
using Amazon.Shared;

namespace Amazon.AutoScaling.Model;

public partial class DescribeAutoScalingGroupsRequest : AmazonAutoScalingRequest
{
    public List<string> AutoScalingGroupNames { get; set; } = Unset.List<string>();

    public int? MaxRecords { get; set; }

    public string NextToken { get; set; }
}

public partial class DescribeAutoScalingGroupsResponse : AmazonWebServiceResponse
{
    public List<AutoScalingGroup> AutoScalingGroups { get; set; } = Unset.List<AutoScalingGroup>();

    public string NextToken { get; set; }
}

public partial class AutoScalingGroup
{
    public string AutoScalingGroupName { get; set; }

    public List<Instance> Instances { get; set; } = Unset.List<Instance>();

    public List<TagDescription> Tags { get; set; } = Unset.List<TagDescription>();

    public List<string> TargetGroupARNs { get; set; } = Unset.List<string>();
}

public partial class Instance
{
    public string InstanceId { get; set; }

    public string LifecycleState { get; set; }
}

public partial class TagDescription
{
    public string Key { get; set; }

    public string Value { get; set; }
}
