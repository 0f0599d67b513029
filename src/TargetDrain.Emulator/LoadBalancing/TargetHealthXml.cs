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
        foreach (var spec in wanted)
        {
            var (target, health) = elb.StatusOf(group, spec);
            Write(xml, group, target.Id, target.Port ?? 0, target.AvailabilityZone, target.QuicServerId, health, more);
        }
        if (wanted.Count == 0)
            foreach (var target in elb.Present(group))
                Write(xml, group, target.Key.Id, target.Key.Port, target.AvailabilityZone, target.QuicServerId, elb.HealthOf(group, target), more);
        xml.Append("</TargetHealthDescriptions>"u8);
    }

    private static void Write(
        XmlBuffer xml, TargetGroup group, string id, int port, string? availabilityZone, string? quicServerId, Health health, ReadOnlySpan<byte> more)
    {
        xml.Append("<member>"u8);
        if (port != 0)
        {
            xml.Append("<HealthCheckPort>"u8);
            if (group.FixedHealthCheckPort is { } other) xml.Text(other);
            else xml.Text(port);
            xml.Append("</HealthCheckPort>"u8);
        }
        xml.Append(health.Xml);
        xml.Append("<Target><Id>"u8);
        xml.Text(id);
        xml.Append("</Id>"u8);
        if (port != 0)
        {
            xml.Append("<Port>"u8);
            xml.Text(port);
            xml.Append("</Port>"u8);
        }
        xml.Element("AvailabilityZone", availabilityZone);
        xml.Element("QuicServerId", quicServerId);
        xml.Append("</Target>"u8);
        xml.Append(more);
        xml.Append("</member>"u8);
    }
}
