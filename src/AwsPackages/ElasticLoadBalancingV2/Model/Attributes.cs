using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2.Model;

public partial class DescribeTargetGroupAttributesRequest : AmazonElasticLoadBalancingV2Request
{
    [AWSProperty(Required = true)]
    public string TargetGroupArn { get; set; }
}

public partial class DescribeTargetGroupAttributesResponse : AmazonWebServiceResponse
{
    public List<TargetGroupAttribute> Attributes { get; set; } = Unset.List<TargetGroupAttribute>();
}

public partial class TargetGroupAttribute
{
    public string Key { get; set; }

    public string Value { get; set; }
}
