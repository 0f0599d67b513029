namespace TargetDrain.Emulator.Compute;

/// <summary>DescribeAvailabilityZones: the network's zones as EC2 shows them.</summary>
internal static class Zones
{
    public static Action<XmlBuffer> Describe(QueryParameters p, ElasticNetwork network, WorldOptions options)
    {
        var (names, zoneIds) = (p.List("ZoneName"), p.List("ZoneId"));
        p.Accept("AllAvailabilityZones");
        if (names.Find(name => !network.Zones.Contains(name)) is { } unknown)
            throw new AwsErrorException("InvalidParameterValue", $"Invalid availability zone: [{unknown}]");
        var matches = ResourceFilters.Read<string>(p, name => NetworkFilters.OfZone(name, options.Region));
        var zones = network.Zones.Where(zone =>
            (names.Count == 0 || names.Contains(zone)) && (zoneIds.Count == 0 || zoneIds.Contains(NetworkXml.ZoneId(zone))) && matches(zone)).ToList();
        return xml => xml.List("availabilityZoneInfo", "item", zones, zone =>
        {
            xml.Element("zoneName", zone);
            xml.Element("zoneState", "available");
            xml.Element("regionName", options.Region);
            xml.Element("zoneId", NetworkXml.ZoneId(zone));
            xml.Element("optInStatus", "opt-in-not-required");
            xml.Element("zoneType", "availability-zone");
            xml.Element("groupName", options.Region);
            xml.Element("networkBorderGroup", options.Region);
            xml.List("messageSet", "item", []);
        });
    }
}
