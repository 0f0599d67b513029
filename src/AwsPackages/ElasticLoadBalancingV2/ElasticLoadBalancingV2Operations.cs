using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2;

/// <summary>Each operation's request members, answer fields and declared errors.</summary>
internal static class ElasticLoadBalancingV2Operations
{
    private static readonly KnownError HealthUnavailable = new("HealthUnavailable", static (m, e, t, c, r, s) => new HealthUnavailableException(m, e, t, c, r, s));
    private static readonly KnownError InvalidTarget = new("InvalidTarget", static (m, e, t, c, r, s) => new InvalidTargetException(m, e, t, c, r, s));
    private static readonly KnownError ListenerNotFound = new("ListenerNotFound", static (m, e, t, c, r, s) => new ListenerNotFoundException(m, e, t, c, r, s));
    private static readonly KnownError LoadBalancerNotFound = new("LoadBalancerNotFound", static (m, e, t, c, r, s) => new LoadBalancerNotFoundException(m, e, t, c, r, s));
    private static readonly KnownError RuleNotFound = new("RuleNotFound", static (m, e, t, c, r, s) => new RuleNotFoundException(m, e, t, c, r, s));
    private static readonly KnownError TargetGroupNotFound = new("TargetGroupNotFound", static (m, e, t, c, r, s) => new TargetGroupNotFoundException(m, e, t, c, r, s));
    private static readonly KnownError TrustStoreNotFound = new("TrustStoreNotFound", static (m, e, t, c, r, s) => new TrustStoreNotFoundException(m, e, t, c, r, s));

    public static readonly InvokeOptions DescribeTargetGroups = Define<DescribeTargetGroupsRequest, DescribeTargetGroupsResponse>(
        nameof(DescribeTargetGroups),
        static (form, request) =>
        {
            form.Add("LoadBalancerArn", request.LoadBalancerArn);
            form.Add("Marker", request.Marker);
            form.Add("Names", request.Names);
            form.Add("PageSize", request.PageSize);
            form.Add("TargetGroupArns", request.TargetGroupArns);
        },
        static (xml, response) =>
        {
            switch (xml.Name)
            {
                case "NextMarker": response.NextMarker = xml.Text(); break;
                case "TargetGroups": response.TargetGroups = xml.List("member", TargetReaders.TargetGroup) ?? response.TargetGroups; break;
            }
        },
        LoadBalancerNotFound, TargetGroupNotFound);

    public static readonly InvokeOptions DescribeTargetHealth = Define<DescribeTargetHealthRequest, DescribeTargetHealthResponse>(
        nameof(DescribeTargetHealth),
        static (form, request) =>
        {
            form.Add("Include", request.Include);
            form.Add("TargetGroupArn", request.TargetGroupArn);
            form.Add("Targets", request.Targets, Target);
        },
        static (xml, response) =>
        {
            if (xml.Name == "TargetHealthDescriptions")
            {
                response.TargetHealthDescriptions = xml.List("member", TargetReaders.TargetHealthDescription) ?? response.TargetHealthDescriptions;
            }
        },
        HealthUnavailable, InvalidTarget, TargetGroupNotFound);

    public static readonly InvokeOptions DescribeTargetGroupAttributes = Define<DescribeTargetGroupAttributesRequest, DescribeTargetGroupAttributesResponse>(
        nameof(DescribeTargetGroupAttributes),
        static (form, request) => form.Add("TargetGroupArn", request.TargetGroupArn),
        static (xml, response) =>
        {
            if (xml.Name == "Attributes") response.Attributes = xml.List("member", TargetReaders.Attribute) ?? response.Attributes;
        },
        TargetGroupNotFound);

    public static readonly InvokeOptions DescribeTags = Define<DescribeTagsRequest, DescribeTagsResponse>(
        nameof(DescribeTags),
        static (form, request) => form.Add("ResourceArns", request.ResourceArns),
        static (xml, response) =>
        {
            if (xml.Name == "TagDescriptions") response.TagDescriptions = xml.List("member", TargetReaders.TagDescription) ?? response.TagDescriptions;
        },
        ListenerNotFound, LoadBalancerNotFound, RuleNotFound, TargetGroupNotFound, TrustStoreNotFound);

    public static readonly InvokeOptions DeregisterTargets = Define<DeregisterTargetsRequest, DeregisterTargetsResponse>(
        nameof(DeregisterTargets),
        static (form, request) =>
        {
            form.Add("TargetGroupArn", request.TargetGroupArn);
            form.Add("Targets", request.Targets, Target);
        },
        static (_, _) => { },
        InvalidTarget, TargetGroupNotFound);

    private static void Target(FormWriter form, TargetDescription target)
    {
        form.Add("AvailabilityZone", target.AvailabilityZone);
        form.Add("Id", target.Id);
        form.Add("Port", target.Port);
        form.Add("QuicServerId", target.QuicServerId);
    }

    private static InvokeOptions Define<TRequest, TResponse>(
        string action, Action<FormWriter, TRequest> members, Action<XmlFields, TResponse> fields, params KnownError[] errors)
        where TRequest : AmazonElasticLoadBalancingV2Request
        where TResponse : AmazonWebServiceResponse, new() =>
        FormOperation.Define(AmazonElasticLoadBalancingV2Config.Traits, action, members, fields,
            new ErrorTable(static (m, e, t, c, r, s) => new AmazonElasticLoadBalancingV2Exception(m, e, t, c, r, s), errors));
}
