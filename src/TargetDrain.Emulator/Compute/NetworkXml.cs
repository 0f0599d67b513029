using System.Net;

namespace TargetDrain.Emulator.Compute;

/// <summary>VPCs and subnets as EC2 shows them.</summary>
internal static class NetworkXml
{
    /// <summary>Such as use1-az1 for us-east-1a.</summary>
    public static string ZoneId(string zone)
    {
        var parts = zone.Split('-');
        return $"{parts[0]}{parts[1][0]}{parts[^1][0]}-az{zone[^1] - 'a' + 1}";
    }

    public static void Write(XmlBuffer xml, Vpc vpc, string account)
    {
        xml.Element("vpcId", vpc.Id);
        xml.Element("ownerId", account);
        xml.Element("state", "available");
        xml.Element("cidrBlock", vpc.Cidr.ToString());
        xml.Element("dhcpOptionsId", "default");
        xml.Element("instanceTenancy", vpc.Tenancy);
        xml.Element("isDefault", vpc.IsDefault);
        xml.List("cidrBlockAssociationSet", "item", [vpc.Cidr], cidr =>
        {
            xml.Element("associationId", $"vpc-cidr-assoc-{vpc.Id["vpc-".Length..]}");
            xml.Element("cidrBlock", cidr.ToString());
            xml.Element("cidrBlockState", () => xml.Element("state", "associated"));
        });
        WriteIpv6(xml, vpc.Ipv6Cidr);
        WriteTags(xml, vpc.Tags);
    }

    public static void Write(XmlBuffer xml, Subnet subnet, WorldOptions options)
    {
        xml.Element("subnetId", subnet.Id);
        xml.Element("subnetArn", options.Arn("ec2", $"subnet/{subnet.Id}"));
        xml.Element("ownerId", options.Account);
        xml.Element("state", "available");
        xml.Element("vpcId", subnet.Vpc.Id);
        xml.Element("cidrBlock", subnet.Cidr.ToString());
        xml.Element("availabilityZone", subnet.AvailabilityZone);
        xml.Element("availabilityZoneId", ZoneId(subnet.AvailabilityZone));
        xml.Element("availableIpAddressCount", subnet.FreeAddresses);
        xml.Element("defaultForAz", subnet.Vpc.IsDefault);
        xml.Element("mapPublicIpOnLaunch", subnet.Vpc.IsDefault);
        xml.Element("assignIpv6AddressOnCreation", false);
        WriteIpv6(xml, subnet.Ipv6Cidr);
        WriteTags(xml, subnet.Tags);
    }

    public static void WriteTags(XmlBuffer xml, IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > 0) xml.Pairs("tagSet", "item", "key", "value", tags);
    }

    private static void WriteIpv6(XmlBuffer xml, IPNetwork network) => xml.List("ipv6CidrBlockAssociationSet", "item", [network], cidr =>
    {
        xml.Element("ipv6CidrBlock", cidr.ToString());
        xml.Element("ipv6CidrBlockState", () => xml.Element("state", "associated"));
    });
}
