using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2
{
    public partial interface IAmazonElasticLoadBalancingV2
    {
        Task<DescribeTargetHealthResponse> DescribeTargetHealthAsync(DescribeTargetHealthRequest request, CancellationToken cancellationToken = default);

        Task<DeregisterTargetsResponse> DeregisterTargetsAsync(DeregisterTargetsRequest request, CancellationToken cancellationToken = default);
    }

    public partial class AmazonElasticLoadBalancingV2Client
    {
        public virtual Task<DescribeTargetHealthResponse> DescribeTargetHealthAsync(DescribeTargetHealthRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<DescribeTargetHealthResponse>(request, DescribeTargetHealth.Operation, cancellationToken);

        public virtual Task<DeregisterTargetsResponse> DeregisterTargetsAsync(DeregisterTargetsRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<DeregisterTargetsResponse>(request, DeregisterTargets.Operation, cancellationToken);
    }

    internal static class DescribeTargetHealth
    {
        public static readonly InvokeOptions Operation = FormOperation.Define<DescribeTargetHealthRequest, DescribeTargetHealthResponse>(
            AmazonElasticLoadBalancingV2Config.Traits, nameof(DescribeTargetHealth),
            static (form, request) => form.Add("TargetGroupArn", request.TargetGroupArn),
            static (xml, response) =>
            {
                if (xml.Name == "TargetHealthDescriptions") response.TargetHealthDescriptions = xml.List<TargetHealthDescription>(Description);
            });

        private static void Description(XmlFields xml, TargetHealthDescription description)
        {
            switch (xml.Name)
            {
                case "Target": description.Target = xml.Object<TargetDescription>(Target); break;
                case "TargetHealth": description.TargetHealth = xml.Object<TargetHealth>(Health); break;
            }
        }

        private static void Target(XmlFields xml, TargetDescription target)
        {
            switch (xml.Name)
            {
                case "AvailabilityZone": target.AvailabilityZone = xml.RepeatedText(); break;
                case "Id": target.Id = xml.Text(); break;
                case "Port": target.Port = xml.Int(); break;
                case "QuicServerId": target.QuicServerId = xml.Text(); break;
            }
        }

        private static void Health(XmlFields xml, TargetHealth health)
        {
            switch (xml.Name)
            {
                case "Reason": health.Reason = xml.RepeatedText(); break;
                case "State": health.State = xml.RepeatedText(); break;
            }
        }
    }

    internal static class DeregisterTargets
    {
        public static readonly InvokeOptions Operation = FormOperation.Define<DeregisterTargetsRequest, DeregisterTargetsResponse>(
            AmazonElasticLoadBalancingV2Config.Traits, nameof(DeregisterTargets),
            static (form, request) =>
            {
                form.Add("TargetGroupArn", request.TargetGroupArn);
                form.Add("Targets", request.Targets, Target);
            },
            static (_, _) => { });

        private static void Target(FormWriter form, TargetDescription target)
        {
            form.Add("AvailabilityZone", target.AvailabilityZone);
            form.Add("Id", target.Id);
            form.Add("Port", target.Port);
            form.Add("QuicServerId", target.QuicServerId);
        }
    }

    public class TargetHealthStateEnum(string value) : ConstantClass(value)
    {
        public static readonly TargetHealthStateEnum Draining = new("draining");
        public static readonly TargetHealthStateEnum Healthy = new("healthy");
        public static readonly TargetHealthStateEnum Initial = new("initial");
        public static readonly TargetHealthStateEnum Unavailable = new("unavailable");
        public static readonly TargetHealthStateEnum Unhealthy = new("unhealthy");
        public static readonly TargetHealthStateEnum UnhealthyDraining = new("unhealthy.draining");
        public static readonly TargetHealthStateEnum Unused = new("unused");

        public static implicit operator TargetHealthStateEnum(string value) => FindValue<TargetHealthStateEnum>(value);
    }

    public class TargetHealthReasonEnum(string value) : ConstantClass(value)
    {
        public static readonly TargetHealthReasonEnum ElbInitialHealthChecking = new("Elb.InitialHealthChecking");
        public static readonly TargetHealthReasonEnum ElbInternalError = new("Elb.InternalError");
        public static readonly TargetHealthReasonEnum ElbRegistrationInProgress = new("Elb.RegistrationInProgress");
        public static readonly TargetHealthReasonEnum TargetDeregistrationInProgress = new("Target.DeregistrationInProgress");
        public static readonly TargetHealthReasonEnum TargetFailedHealthChecks = new("Target.FailedHealthChecks");
        public static readonly TargetHealthReasonEnum TargetHealthCheckDisabled = new("Target.HealthCheckDisabled");
        public static readonly TargetHealthReasonEnum TargetInvalidState = new("Target.InvalidState");
        public static readonly TargetHealthReasonEnum TargetIpUnusable = new("Target.IpUnusable");
        public static readonly TargetHealthReasonEnum TargetNotInUse = new("Target.NotInUse");
        public static readonly TargetHealthReasonEnum TargetNotRegistered = new("Target.NotRegistered");
        public static readonly TargetHealthReasonEnum TargetResponseCodeMismatch = new("Target.ResponseCodeMismatch");
        public static readonly TargetHealthReasonEnum TargetTimeout = new("Target.Timeout");

        public static implicit operator TargetHealthReasonEnum(string value) => FindValue<TargetHealthReasonEnum>(value);
    }
}

namespace Amazon.ElasticLoadBalancingV2.Model
{
    public class DescribeTargetHealthRequest : AmazonElasticLoadBalancingV2Request
    {
        public string TargetGroupArn { get; set; }
    }

    public class DescribeTargetHealthResponse : AmazonWebServiceResponse
    {
        public List<TargetHealthDescription> TargetHealthDescriptions { get; set; }
    }

    public class TargetHealthDescription
    {
        public TargetDescription Target { get; set; }

        public TargetHealth TargetHealth { get; set; }
    }

    public class TargetDescription
    {
        /// <summary>A zone, or "all" for an ip target outside the VPC.</summary>
        public string AvailabilityZone { get; set; }

        /// <summary>Instance id, IP address, function ARN or load balancer ARN.</summary>
        public string Id { get; set; }

        /// <summary>1 to 65535.</summary>
        public int? Port { get; set; }

        /// <summary>In QUIC and TCP_QUIC groups: "0x" and 16 hexadecimal digits.</summary>
        public string QuicServerId { get; set; }
    }

    public class TargetHealth
    {
        public TargetHealthReasonEnum Reason { get; set; }

        public TargetHealthStateEnum State { get; set; }
    }

    public class DeregisterTargetsRequest : AmazonElasticLoadBalancingV2Request
    {
        public string TargetGroupArn { get; set; }

        public List<TargetDescription> Targets { get; set; }
    }

    public class DeregisterTargetsResponse : AmazonWebServiceResponse;
}
