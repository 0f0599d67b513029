using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>DescribeTargetHealth: everything that is there, or an answer for each target that was asked for.</summary>
internal static class TargetHealthXml
{
    public static void Write(XmlBuffer xml, ElasticLoadBalancing elb, TargetGroup group, IReadOnlyList<TargetSpec> wanted)
    {
        xml.Open("TargetHealthDescriptions");
        if (wanted.Count > 0)
            foreach (var spec in wanted) Write(xml, group, elb.StatusOf(group, spec));
        else
            foreach (var target in elb.Present(group)) Write(xml, group, new TargetStatus(target.Spec, elb.HealthOf(group, target)));
        xml.Close("TargetHealthDescriptions");
    }

    private static void Write(XmlBuffer xml, TargetGroup group, TargetStatus status)
    {
        var (target, health) = status;
        xml.Open("member");
        if (target.Port is { } port)
            if (group.FixedHealthCheckPort is { } other) xml.Element("HealthCheckPort", other);
            else xml.Element("HealthCheckPort", port);
        xml.Open("TargetHealth");
        xml.Element("State", health.State);
        xml.Element("Reason", health.Reason);
        xml.Element("Description", health.Description);
        xml.Close("TargetHealth");
        xml.Open("Target");
        xml.Element("Id", target.Id);
        xml.Element("Port", target.Port);
        xml.Element("AvailabilityZone", target.AvailabilityZone);
        xml.Element("QuicServerId", target.QuicServerId);
        xml.Close("Target");
        xml.Close("member");
    }
}
