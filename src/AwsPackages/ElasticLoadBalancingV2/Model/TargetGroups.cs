using Amazon.Runtime;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2.Model;

public partial class DescribeTargetGroupsRequest : AmazonElasticLoadBalancingV2Request
{
    public string LoadBalancerArn { get; set; }

    public string Marker { get; set; }

    public List<string> Names { get; set; } = Unset.List<string>();

    /// <summary>1 to 400.</summary>
    public int? PageSize { get; set; }

    public List<string> TargetGroupArns { get; set; } = Unset.List<string>();
}

public partial class DescribeTargetGroupsResponse : AmazonWebServiceResponse
{
    public string NextMarker { get; set; }

    public List<TargetGroup> TargetGroups { get; set; } = Unset.List<TargetGroup>();
}

public partial class TargetGroup
{
    public bool? HealthCheckEnabled { get; set; }

    public int? HealthCheckIntervalSeconds { get; set; }

    public string HealthCheckPath { get; set; }

    public string HealthCheckPort { get; set; }

    public ProtocolEnum HealthCheckProtocol { get; set; }

    public int? HealthCheckTimeoutSeconds { get; set; }

    public int? HealthyThresholdCount { get; set; }

    public TargetGroupIpAddressTypeEnum IpAddressType { get; set; }

    public List<string> LoadBalancerArns { get; set; } = Unset.List<string>();

    public Matcher Matcher { get; set; }

    public int? Port { get; set; }

    public ProtocolEnum Protocol { get; set; }

    public string ProtocolVersion { get; set; }

    public string TargetGroupArn { get; set; }

    public string TargetGroupName { get; set; }

    public TargetTypeEnum TargetType { get; set; }

    public int? UnhealthyThresholdCount { get; set; }

    public string VpcId { get; set; }
}

public partial class Matcher
{
    public string GrpcCode { get; set; }

    public string HttpCode { get; set; }
}
