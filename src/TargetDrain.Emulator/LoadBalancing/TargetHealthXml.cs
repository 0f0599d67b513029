namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>
/// DescribeTargetHealth: everything that is there, or an answer for each target that was asked for. A sweep over an
/// account writes millions of these, so the tags are written in runs and a health's text only once.
/// </summary>
internal static class TargetHealthXml
{
    private const int BytesPerTarget = 350;

    // Nothing here is anomalous, and no zone is shifted away.
    private static readonly byte[] NoAnomaly =
        "<AnomalyDetection><Result>normal</Result><MitigationInEffect>no</MitigationInEffect></AnomalyDetection>"u8.ToArray();

    private static readonly byte[] NoOverride = [
        .. "<AdministrativeOverride><State>no_override</State><Reason>AdministrativeOverride.NoOverride</Reason>"u8,
        .. "<Description>No override is currently active on target</Description></AdministrativeOverride>"u8];

    public static void Write(XmlBuffer xml, ElasticLoadBalancing elb, TargetGroup group, IReadOnlyList<TargetSpec> wanted, bool withAnomalies, bool withOverrides)
    {
        xml.Reserve(256 + (BytesPerTarget * (wanted.Count > 0 ? wanted.Count : group.Targets.Count)));
        xml.Append("<TargetHealthDescriptions>"u8);
        var more = withAnomalies && group.Spec.Protocol is "HTTP" or "HTTPS" ? (withOverrides ? [.. NoAnomaly, .. NoOverride] : NoAnomaly) : [];
        foreach (var spec in wanted) Write(xml, group, elb.StatusOf(group, spec), more);
        if (wanted.Count == 0)
            foreach (var target in elb.Present(group)) Write(xml, group, new TargetStatus(target.Spec, elb.HealthOf(group, target)), more);
        xml.Append("</TargetHealthDescriptions>"u8);
    }

    private static void Write(XmlBuffer xml, TargetGroup group, TargetStatus status, ReadOnlySpan<byte> more)
    {
        var target = status.Target;
        xml.Append("<member>"u8);
        if (target.Port is { } port)
        {
            xml.Append("<HealthCheckPort>"u8);
            if (group.FixedHealthCheckPort is { } other) xml.Text(other);
            else xml.Text(port);
            xml.Append("</HealthCheckPort>"u8);
        }
        xml.Append(status.Health.Xml);
        xml.Append("<Target><Id>"u8);
        xml.Text(target.Id);
        xml.Append("</Id>"u8);
        xml.Element("Port", target.Port);
        xml.Element("AvailabilityZone", target.AvailabilityZone);
        xml.Element("QuicServerId", target.QuicServerId);
        xml.Append("</Target>"u8);
        xml.Append(more);
        xml.Append("</member>"u8);
    }
}
