using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2;

/// <summary>Reads the structures of the answers.</summary>
internal static class TargetReaders
{
    public static TargetGroup TargetGroup(XmlFields xml) => xml.Object<TargetGroup>(static (x, group) =>
    {
        switch (x.Name)
        {
            case "HealthCheckEnabled": group.HealthCheckEnabled = x.Bool(); break;
            case "HealthCheckIntervalSeconds": group.HealthCheckIntervalSeconds = x.Int(); break;
            case "HealthCheckPath": group.HealthCheckPath = x.Text(); break;
            case "HealthCheckPort": group.HealthCheckPort = x.Text(); break;
            case "HealthCheckProtocol": group.HealthCheckProtocol = x.Text(); break;
            case "HealthCheckTimeoutSeconds": group.HealthCheckTimeoutSeconds = x.Int(); break;
            case "HealthyThresholdCount": group.HealthyThresholdCount = x.Int(); break;
            case "IpAddressType": group.IpAddressType = x.Text(); break;
            case "LoadBalancerArns": group.LoadBalancerArns = x.List("member", static arn => arn.Text()) ?? group.LoadBalancerArns; break;
            case "Matcher": group.Matcher = x.Object<Matcher>(Matcher); break;
            case "Port": group.Port = x.Int(); break;
            case "Protocol": group.Protocol = x.Text(); break;
            case "ProtocolVersion": group.ProtocolVersion = x.Text(); break;
            case "TargetGroupArn": group.TargetGroupArn = x.Text(); break;
            case "TargetGroupName": group.TargetGroupName = x.Text(); break;
            case "TargetType": group.TargetType = x.Text(); break;
            case "UnhealthyThresholdCount": group.UnhealthyThresholdCount = x.Int(); break;
            case "VpcId": group.VpcId = x.Text(); break;
        }
    });

    public static TargetHealthDescription TargetHealthDescription(XmlFields xml) => xml.Object<TargetHealthDescription>(static (x, target) =>
    {
        switch (x.Name)
        {
            case "AdministrativeOverride": target.AdministrativeOverride = x.Object<AdministrativeOverride>(Override); break;
            case "AnomalyDetection": target.AnomalyDetection = x.Object<AnomalyDetection>(Anomaly); break;
            case "HealthCheckPort": target.HealthCheckPort = x.RepeatedText(); break;
            case "Target": target.Target = x.Object<TargetDescription>(Target); break;
            case "TargetHealth": target.TargetHealth = x.Object<TargetHealth>(Health); break;
        }
    });

    public static TargetGroupAttribute Attribute(XmlFields xml) => xml.Object<TargetGroupAttribute>(static (x, attribute) =>
    {
        if (x.Name == "Key") attribute.Key = x.Text();
        else if (x.Name == "Value") attribute.Value = x.Text();
    });

    public static TagDescription TagDescription(XmlFields xml) => xml.Object<TagDescription>(static (x, description) =>
    {
        if (x.Name == "ResourceArn") description.ResourceArn = x.Text();
        else if (x.Name == "Tags") description.Tags = x.List("member", Tag) ?? description.Tags;
    });

    private static Tag Tag(XmlFields xml) => xml.Object<Tag>(static (x, tag) =>
    {
        if (x.Name == "Key") tag.Key = x.Text();
        else if (x.Name == "Value") tag.Value = x.Text();
    });

    private static void Matcher(XmlFields x, Matcher matcher)
    {
        if (x.Name == "GrpcCode") matcher.GrpcCode = x.Text();
        else if (x.Name == "HttpCode") matcher.HttpCode = x.Text();
    }

    private static void Target(XmlFields x, TargetDescription target)
    {
        switch (x.Name)
        {
            case "AvailabilityZone": target.AvailabilityZone = x.RepeatedText(); break;
            case "Id": target.Id = x.Text(); break;
            case "Port": target.Port = x.Int(); break;
            case "QuicServerId": target.QuicServerId = x.Text(); break;
        }
    }

    private static void Health(XmlFields x, TargetHealth health)
    {
        switch (x.Name)
        {
            case "Description": health.Description = x.RepeatedText(); break;
            case "Reason": health.Reason = x.RepeatedText(); break;
            case "State": health.State = x.RepeatedText(); break;
        }
    }

    private static void Anomaly(XmlFields x, AnomalyDetection anomaly)
    {
        if (x.Name == "MitigationInEffect") anomaly.MitigationInEffect = x.Text();
        else if (x.Name == "Result") anomaly.Result = x.Text();
    }

    private static void Override(XmlFields x, AdministrativeOverride value)
    {
        switch (x.Name)
        {
            case "Description": value.Description = x.Text(); break;
            case "Reason": value.Reason = x.Text(); break;
            case "State": value.State = x.Text(); break;
        }
    }
}
