using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.Compute;

/// <summary>Instances and their networks as EC2 shows them.</summary>
internal static class InstanceXml
{
    public static void WriteReservation(XmlBuffer xml, IReadOnlyList<Instance> instances, string account)
    {
        xml.Element("reservationId", instances.Count > 0 ? instances[0].ReservationId : "");
        xml.Element("ownerId", account);
        xml.List("groupSet", "item", []);
        xml.List("instancesSet", "item", instances, instance => Write(xml, instance, account));
    }

    public static void WriteState(XmlBuffer xml, string name, int code, string state)
    {
        xml.Open(name);
        xml.Element("code", code);
        xml.Element("name", state);
        xml.Close(name);
    }

    public static void Write(XmlBuffer xml, string name, Vpc vpc)
    {
        xml.Open(name);
        Write(xml, vpc);
        xml.Close(name);
    }

    public static void Write(XmlBuffer xml, string name, Subnet subnet)
    {
        xml.Open(name);
        Write(xml, subnet);
        xml.Close(name);
    }

    public static void Write(XmlBuffer xml, Vpc vpc)
    {
        xml.Element("vpcId", vpc.Id);
        xml.Element("state", "available");
        xml.Element("cidrBlock", vpc.Cidr.ToString());
        xml.Element("isDefault", vpc.IsDefault);
        xml.List("ipv6CidrBlockAssociationSet", "item", [vpc.Ipv6Cidr], cidr =>
        {
            xml.Element("ipv6CidrBlock", cidr.ToString());
            xml.Open("ipv6CidrBlockState");
            xml.Element("state", "associated");
            xml.Close("ipv6CidrBlockState");
        });
    }

    public static void Write(XmlBuffer xml, Subnet subnet)
    {
        xml.Element("subnetId", subnet.Id);
        xml.Element("state", "available");
        xml.Element("vpcId", subnet.Vpc.Id);
        xml.Element("cidrBlock", subnet.Cidr.ToString());
        xml.Element("availabilityZone", subnet.AvailabilityZone);
        xml.Element("availableIpAddressCount", subnet.FreeAddresses);
        xml.Element("defaultForAz", subnet.Vpc.IsDefault);
    }

    /// <summary>Once its interfaces are gone, EC2 no longer tells an instance's addresses, subnet or VPC.</summary>
    private static void Write(XmlBuffer xml, Instance instance, string account)
    {
        xml.Element("instanceId", instance.Id);
        xml.Element("imageId", instance.ImageId);
        WriteState(xml, "instanceState", instance.StateCode, instance.State);
        xml.Element("reason", instance.StateTransitionReason);
        xml.Element("instanceType", instance.InstanceType);
        xml.Element("launchTime", instance.LaunchTime);
        xml.Open("placement");
        xml.Element("availabilityZone", instance.AvailabilityZone);
        xml.Element("tenancy", "default");
        xml.Close("placement");
        if (instance.SpotBehavior is not null) xml.Element("instanceLifecycle", "spot");
        if (instance.Interfaces.Count > 0)
        {
            xml.Element("subnetId", instance.Subnet.Id);
            xml.Element("vpcId", instance.VpcId);
            xml.Element("privateIpAddress", instance.PrivateIpAddress);
            if (instance.Interfaces[0].Ipv6Addresses is [var first, ..]) xml.Element("ipv6Address", first.ToString());
        }
        xml.List("networkInterfaceSet", "item", instance.Interfaces, card => Write(xml, card, account));
        if (instance.Tags.Count == 0) return;
        xml.List("tagSet", "item", instance.Tags, tag =>
        {
            xml.Element("key", tag.Key);
            xml.Element("value", tag.Value);
        });
    }

    /// <summary>As DescribeNetworkInterfaces shows it, attached or not.</summary>
    public static void WriteAlone(XmlBuffer xml, NetworkInterface card, string account)
    {
        xml.Element("availabilityZone", card.Subnet.AvailabilityZone);
        xml.Element("description", "");
        xml.Element("requesterManaged", false);
        xml.List("groupSet", "item", []);
        xml.List("tagSet", "item", []);
        Write(xml, card, account);
    }

    private static void Write(XmlBuffer xml, NetworkInterface card, string account)
    {
        xml.Element("networkInterfaceId", card.Id);
        xml.Element("subnetId", card.Subnet.Id);
        xml.Element("vpcId", card.Subnet.Vpc.Id);
        xml.Element("ownerId", account);
        xml.Element("status", card.Instance is null ? "available" : "in-use");
        xml.Element("macAddress", card.MacAddress);
        xml.Element("interfaceType", "interface");
        xml.Element("sourceDestCheck", true);
        if (card.Instance is { } instance)
        {
            xml.Open("attachment");
            xml.Element("attachmentId", $"eni-attach-{card.Id["eni-".Length..]}");
            xml.Element("instanceId", instance.Id);
            xml.Element("instanceOwnerId", account);
            xml.Element("deviceIndex", card.DeviceIndex);
            xml.Element("status", card.AttachmentStatus);
            xml.Element("attachTime", instance.LaunchTime);
            xml.Element("deleteOnTermination", card.DeleteOnTermination);
            xml.Close("attachment");
        }
        xml.Element("privateIpAddress", card.Addresses[0].ToString());
        xml.List("privateIpAddressesSet", "item", card.Addresses, address =>
        {
            xml.Element("privateIpAddress", address.ToString());
            xml.Element("primary", address.Equals(card.Addresses[0]));
        });
        xml.List("ipv6AddressesSet", "item", card.Ipv6Addresses, address => xml.Element("ipv6Address", address.ToString()));
        if (card.Ipv4Prefixes.Count > 0)
            xml.List("ipv4PrefixSet", "item", card.Ipv4Prefixes, prefix => xml.Element("ipv4Prefix", prefix.ToString()));
        if (card.Ipv6Prefixes.Count > 0)
            xml.List("ipv6PrefixSet", "item", card.Ipv6Prefixes, prefix => xml.Element("ipv6Prefix", prefix.ToString()));
    }
}
