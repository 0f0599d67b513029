namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>Target groups as the answers show them.</summary>
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
        xml.Element("IpAddressType", spec.TargetType == "lambda" ? null : spec.IpAddressType);
        var check = spec.HealthCheck;
        xml.Element("HealthCheckEnabled", check.Enabled);
        xml.Element("HealthCheckProtocol", check.Protocol);
        xml.Element("HealthCheckPort", check.Port);
        xml.Element("HealthCheckPath", check.Path);
        xml.Element("HealthCheckIntervalSeconds", check.IntervalSeconds);
        xml.Element("HealthCheckTimeoutSeconds", check.TimeoutSeconds);
        xml.Element("HealthyThresholdCount", check.HealthyThreshold);
        xml.Element("UnhealthyThresholdCount", check.UnhealthyThreshold);
        if ((check.HttpCode ?? check.GrpcCode) is not null)
        {
            xml.Open("Matcher");
            xml.Element("HttpCode", check.HttpCode);
            xml.Element("GrpcCode", check.GrpcCode);
            xml.Close("Matcher");
        }
        xml.List("LoadBalancerArns", "member", group.LoadBalancerArns);
    }
}
