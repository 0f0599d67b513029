namespace TargetDrain.Emulator.Compute;

/// <summary>Instances and their interfaces as EC2 shows them.</summary>
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

    public static string AttachmentId(NetworkInterface card) => $"eni-attach-{card.Id["eni-".Length..]}";

    // Graviton types have a "g" after the generation: m7g, c8gn, t4g.
    public static bool IsArm(string type) =>
        type.StartsWith("a1.", StringComparison.Ordinal)
        || type.Split('.')[0].SkipWhile(letter => !char.IsAsciiDigit(letter)).SkipWhile(char.IsAsciiDigit).FirstOrDefault() == 'g';

    public static void WriteStatus(XmlBuffer xml, Instance instance)
    {
        xml.Element("instanceId", instance.Id);
        xml.Element("availabilityZone", instance.AvailabilityZone);
        WriteState(xml, "instanceState", instance.StateCode, instance.State);
        foreach (var kind in (string[])["instanceStatus", "systemStatus"])
        {
            xml.Open(kind);
            xml.Element("status", instance.State == "running" ? "ok" : "not-applicable");
            xml.List("details", "item", []);
            xml.Close(kind);
        }
    }

    /// <summary>Once its interfaces are gone, EC2 no longer tells an instance's addresses, subnet or VPC.</summary>
    private static void Write(XmlBuffer xml, Instance instance, string account)
    {
        xml.Element("instanceId", instance.Id);
        xml.Element("imageId", instance.ImageId);
        WriteState(xml, "instanceState", instance.StateCode, instance.State);
        xml.Element("reason", instance.StateTransitionReason);
        xml.Element("instanceType", instance.InstanceType);
        if (instance.StateReason is var (code, message))
        {
            xml.Open("stateReason");
            xml.Element("code", code);
            xml.Element("message", message);
            xml.Close("stateReason");
        }
        xml.Element("privateDnsName", instance.PrivateIpAddress is { } own ? DnsName(own) : "");
        xml.Element("dnsName", "");
        xml.Element("amiLaunchIndex", instance.LaunchIndex);
        xml.List("productCodes", "item", []);
        xml.Element("launchTime", instance.LaunchTime);
        xml.Open("placement");
        xml.Element("availabilityZone", instance.AvailabilityZone);
        xml.Element("groupName", "");
        xml.Element("tenancy", instance.Spec.Tenancy);
        xml.Close("placement");
        xml.Element("monitoring", () => xml.Element("state", instance.Spec.Monitoring ? "enabled" : "disabled"));
        xml.Element("architecture", IsArm(instance.InstanceType) ? "arm64" : "x86_64");
        xml.Element("rootDeviceType", "ebs");
        xml.Element("rootDeviceName", "/dev/xvda");
        xml.List("blockDeviceMapping", "item", []);
        xml.Element("virtualizationType", "hvm");
        xml.Element("hypervisor", "xen");
        xml.Element("ebsOptimized", false);
        xml.Element("clientToken", instance.Spec.ClientToken);
        if (instance.SpotBehavior is not null) xml.Element("instanceLifecycle", "spot");
        if (instance.Interfaces.Count > 0)
        {
            xml.Element("subnetId", instance.Subnet.Id);
            xml.Element("vpcId", instance.VpcId);
            xml.Element("sourceDestCheck", true);
            xml.Element("privateIpAddress", instance.PrivateIpAddress);
            WriteGroups(xml, instance.Subnet.Vpc);
            if (instance.Interfaces[0].Ipv6Addresses is [var first, ..]) xml.Element("ipv6Address", first.ToString());
        }
        xml.List("networkInterfaceSet", "item", instance.Interfaces, card => Write(xml, card, account));
        NetworkXml.WriteTags(xml, instance.Tags);
    }

    private static void WriteGroups(XmlBuffer xml, Vpc vpc) => xml.List("groupSet", "item", [vpc.SecurityGroupId], id =>
    {
        xml.Element("groupId", id);
        xml.Element("groupName", "default");
    });

    private static string DnsName(string address) => $"ip-{address.Replace('.', '-')}.ec2.internal";

    /// <summary>As DescribeNetworkInterfaces shows it, attached or not.</summary>
    public static void WriteAlone(XmlBuffer xml, NetworkInterface card, string account)
    {
        xml.Element("availabilityZone", card.Subnet.AvailabilityZone);
        xml.Element("requesterManaged", false);
        NetworkXml.WriteTags(xml, card.Tags);
        Write(xml, card, account, isAlone: true);
    }

    private static void Write(XmlBuffer xml, NetworkInterface card, string account, bool isAlone = false)
    {
        xml.Element("networkInterfaceId", card.Id);
        xml.Element("subnetId", card.Subnet.Id);
        xml.Element("vpcId", card.Subnet.Vpc.Id);
        xml.Element("ownerId", account);
        xml.Element("status", card.Instance is null ? "available" : "in-use");
        xml.Element("description", card.Description);
        xml.Element("macAddress", card.MacAddress);
        WriteGroups(xml, card.Subnet.Vpc);
        xml.Element("interfaceType", "interface");
        xml.Element("sourceDestCheck", true);
        if (card.Instance is { } instance)
        {
            xml.Open("attachment");
            xml.Element("attachmentId", AttachmentId(card));
            // Within its instance an interface does not name it.
            if (isAlone)
            {
                xml.Element("instanceId", instance.Id);
                xml.Element("instanceOwnerId", account);
            }
            xml.Element("deviceIndex", card.DeviceIndex);
            xml.Element("status", card.AttachmentStatus);
            xml.Element("attachTime", instance.LaunchTime);
            xml.Element("deleteOnTermination", card.DeleteOnTermination);
            xml.Close("attachment");
        }
        xml.Element("privateIpAddress", card.Addresses[0].ToString());
        xml.Element("privateDnsName", DnsName(card.Addresses[0].ToString()));
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
