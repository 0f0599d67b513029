using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2.Model;

public partial class DeregisterTargetsRequest : AmazonElasticLoadBalancingV2Request
{
    [AWSProperty(Required = true)]
    public string TargetGroupArn { get; set; }

    [AWSProperty(Required = true)]
    public List<TargetDescription> Targets { get; set; } = Unset.List<TargetDescription>();
}

public partial class DeregisterTargetsResponse : AmazonWebServiceResponse;
