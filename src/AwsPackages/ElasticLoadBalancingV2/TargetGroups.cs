using System.Net;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2
{
    public partial interface IAmazonElasticLoadBalancingV2
    {
        Task<DescribeTargetGroupsResponse> DescribeTargetGroupsAsync(DescribeTargetGroupsRequest request, CancellationToken cancellationToken = default);

        Task<DescribeTargetGroupAttributesResponse> DescribeTargetGroupAttributesAsync(DescribeTargetGroupAttributesRequest request, CancellationToken cancellationToken = default);
    }

    public partial class AmazonElasticLoadBalancingV2Client
    {
        public virtual Task<DescribeTargetGroupsResponse> DescribeTargetGroupsAsync(DescribeTargetGroupsRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<DescribeTargetGroupsResponse>(request, DescribeTargetGroups.Operation, cancellationToken);

        public virtual Task<DescribeTargetGroupAttributesResponse> DescribeTargetGroupAttributesAsync(DescribeTargetGroupAttributesRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<DescribeTargetGroupAttributesResponse>(request, DescribeTargetGroupAttributes.Operation, cancellationToken);
    }

    internal static class DescribeTargetGroups
    {
        public static readonly InvokeOptions Operation = FormOperation.Define<DescribeTargetGroupsRequest, DescribeTargetGroupsResponse>(
            AmazonElasticLoadBalancingV2Config.Traits, nameof(DescribeTargetGroups),
            static (form, request) =>
            {
                form.Add("Marker", request.Marker);
                form.Add("PageSize", request.PageSize);
            },
            static (xml, response) =>
            {
                switch (xml.Name)
                {
                    case "NextMarker": response.NextMarker = xml.Text(); break;
                    case "TargetGroups": response.TargetGroups = xml.List<TargetGroup>(Group); break;
                }
            });

        private static void Group(XmlFields xml, TargetGroup group)
        {
            switch (xml.Name)
            {
                case "LoadBalancerArns": group.LoadBalancerArns = xml.List(static arn => arn.Text()); break;
                case "Port": group.Port = xml.Int(); break;
                case "Protocol": group.Protocol = xml.Text(); break;
                case "TargetGroupArn": group.TargetGroupArn = xml.Text(); break;
                case "TargetGroupName": group.TargetGroupName = xml.Text(); break;
                case "TargetType": group.TargetType = xml.Text(); break;
                case "VpcId": group.VpcId = xml.Text(); break;
            }
        }
    }

    internal static class DescribeTargetGroupAttributes
    {
        public static readonly InvokeOptions Operation = FormOperation.Define<DescribeTargetGroupAttributesRequest, DescribeTargetGroupAttributesResponse>(
            AmazonElasticLoadBalancingV2Config.Traits, nameof(DescribeTargetGroupAttributes),
            static (form, request) => form.Add("TargetGroupArn", request.TargetGroupArn),
            static (xml, response) =>
            {
                if (xml.Name == "Attributes") response.Attributes = xml.List<TargetGroupAttribute>(Attribute);
            });

        private static void Attribute(XmlFields xml, TargetGroupAttribute attribute)
        {
            switch (xml.Name)
            {
                case "Key": attribute.Key = xml.Text(); break;
                case "Value": attribute.Value = xml.Text(); break;
            }
        }
    }

    public class TargetTypeEnum(string value) : ConstantClass(value)
    {
        public static readonly TargetTypeEnum Alb = new("alb");
        public static readonly TargetTypeEnum Instance = new("instance");
        public static readonly TargetTypeEnum Ip = new("ip");
        public static readonly TargetTypeEnum Lambda = new("lambda");

        public static implicit operator TargetTypeEnum(string value) => FindValue<TargetTypeEnum>(value);
    }

    public class ProtocolEnum(string value) : ConstantClass(value)
    {
        public static readonly ProtocolEnum GENEVE = new("GENEVE");
        public static readonly ProtocolEnum HTTP = new("HTTP");
        public static readonly ProtocolEnum HTTPS = new("HTTPS");
        public static readonly ProtocolEnum QUIC = new("QUIC");
        public static readonly ProtocolEnum TCP = new("TCP");
        public static readonly ProtocolEnum TCP_QUIC = new("TCP_QUIC");
        public static readonly ProtocolEnum TCP_UDP = new("TCP_UDP");
        public static readonly ProtocolEnum TLS = new("TLS");
        public static readonly ProtocolEnum UDP = new("UDP");

        public static implicit operator ProtocolEnum(string value) => FindValue<ProtocolEnum>(value);
    }
}

namespace Amazon.ElasticLoadBalancingV2.Model
{
    public class DescribeTargetGroupsRequest : AmazonElasticLoadBalancingV2Request
    {
        public string Marker { get; set; }

        /// <summary>1 to 400.</summary>
        public int? PageSize { get; set; }
    }

    public class DescribeTargetGroupsResponse : AmazonWebServiceResponse
    {
        public string NextMarker { get; set; }

        public List<TargetGroup> TargetGroups { get; set; }
    }

    public class TargetGroup
    {
        public List<string> LoadBalancerArns { get; set; }

        public int? Port { get; set; }

        public ProtocolEnum Protocol { get; set; }

        public string TargetGroupArn { get; set; }

        public string TargetGroupName { get; set; }

        public TargetTypeEnum TargetType { get; set; }

        public string VpcId { get; set; }
    }

    public class DescribeTargetGroupAttributesRequest : AmazonElasticLoadBalancingV2Request
    {
        public string TargetGroupArn { get; set; }
    }

    public class DescribeTargetGroupAttributesResponse : AmazonWebServiceResponse
    {
        public List<TargetGroupAttribute> Attributes { get; set; }
    }

    public class TargetGroupAttribute
    {
        public string Key { get; set; }

        public string Value { get; set; }
    }

    /// <summary>Of every operation that names a group.</summary>
    public class TargetGroupNotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : AmazonElasticLoadBalancingV2Exception(message, innerException, errorType, errorCode, requestId, statusCode);
}
