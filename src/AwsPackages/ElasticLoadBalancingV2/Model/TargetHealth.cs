using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2.Model;

public partial class DescribeTargetHealthRequest : AmazonElasticLoadBalancingV2Request
{
    public List<string> Include { get; set; } = Unset.List<string>();

    [AWSProperty(Required = true)]
    public string TargetGroupArn { get; set; }

    /// <summary>Unset: all targets of the group.</summary>
    public List<TargetDescription> Targets { get; set; } = Unset.List<TargetDescription>();
}

public partial class DescribeTargetHealthResponse : AmazonWebServiceResponse
{
    public List<TargetHealthDescription> TargetHealthDescriptions { get; set; } = Unset.List<TargetHealthDescription>();
}

public partial class TargetHealthDescription
{
    public AdministrativeOverride AdministrativeOverride { get; set; }

    public AnomalyDetection AnomalyDetection { get; set; }

    public string HealthCheckPort { get; set; }

    public TargetDescription Target { get; set; }

    public TargetHealth TargetHealth { get; set; }
}

public partial class TargetDescription
{
    /// <summary>A zone, or "all" for an ip target outside the VPC.</summary>
    public string AvailabilityZone { get; set; }

    /// <summary>Instance id, IP address, function ARN or load balancer ARN.</summary>
    [AWSProperty(Required = true)]
    public string Id { get; set; }

    /// <summary>1 to 65535.</summary>
    public int? Port { get; set; }

    /// <summary>In QUIC and TCP_QUIC groups: "0x" and 16 hexadecimal digits.</summary>
    [AWSProperty(Min = 1, Max = 256)]
    public string QuicServerId { get; set; }
}

public partial class TargetHealth
{
    public string Description { get; set; }

    public TargetHealthReasonEnum Reason { get; set; }

    public TargetHealthStateEnum State { get; set; }
}

public partial class AnomalyDetection
{
    public MitigationInEffectEnum MitigationInEffect { get; set; }

    public AnomalyResultEnum Result { get; set; }
}

public partial class AdministrativeOverride
{
    public string Description { get; set; }

    public TargetAdministrativeOverrideReasonEnum Reason { get; set; }

    public TargetAdministrativeOverrideStateEnum State { get; set; }
}
