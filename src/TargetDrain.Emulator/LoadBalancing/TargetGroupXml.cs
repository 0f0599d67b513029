using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>Groups, load balancers and listeners as the answers show them.</summary>
internal static class TargetGroupXml
{
    public static void Write(XmlBuffer xml, TargetGroup group)
    {
        var spec = group.Spec;
        xml.Element("TargetGroupArn", group.Arn);
        xml.Element("TargetGroupName", group.Name);
        xml.Element("TargetType", spec.TargetType);
        xml.Element("Protocol", spec.Protocol);
        xml.Element("ProtocolVersion", spec.ProtocolVersion);
        xml.Element("Port", spec.Port);
        xml.Element("VpcId", spec.VpcId);
        xml.Element("IpAddressType", spec.IpAddressType);
        xml.Element("HealthCheckEnabled", spec.TargetType != "lambda");
        xml.Element("HealthCheckProtocol", spec.Protocol is "HTTP" or "HTTPS" ? spec.Protocol : spec.Protocol is null ? null : "TCP");
        xml.Element("HealthCheckPort", spec.TargetType == "lambda" ? null : spec.HealthCheckPort);
        xml.Element("HealthCheckPath", spec.Protocol is "HTTP" or "HTTPS" ? "/" : null);
        xml.Element("HealthCheckIntervalSeconds", 30);
        xml.Element("HealthCheckTimeoutSeconds", 5);
        xml.Element("HealthyThresholdCount", 5);
        xml.Element("UnhealthyThresholdCount", 2);
        if (spec.Protocol is "HTTP" or "HTTPS")
        {
            xml.Open("Matcher");
            xml.Element("HttpCode", "200");
            xml.Close("Matcher");
        }
        xml.List("LoadBalancerArns", "member", group.LoadBalancerArns);
    }

    public static void Write(XmlBuffer xml, LoadBalancer balancer)
    {
        xml.Element("LoadBalancerArn", balancer.Arn);
        xml.Element("LoadBalancerName", balancer.Name);
        xml.Element("DNSName", balancer.DnsName);
        xml.Element("Type", balancer.Type);
        xml.Element("Scheme", balancer.Scheme);
        xml.Element("VpcId", balancer.VpcId);
        xml.Element("IpAddressType", "ipv4");
        xml.Element("CreatedTime", balancer.Created);
        xml.Open("State");
        xml.Element("Code", "active");
        xml.Close("State");
    }

    public static void Write(XmlBuffer xml, Listener listener)
    {
        xml.Element("ListenerArn", listener.Arn);
        xml.Element("LoadBalancerArn", listener.LoadBalancerArn);
        xml.Element("Protocol", listener.Protocol);
        xml.Element("Port", listener.Port);
        xml.List("DefaultActions", "member", listener.TargetGroupArns, arn =>
        {
            xml.Element("Type", "forward");
            xml.Element("TargetGroupArn", arn);
        });
    }
}
