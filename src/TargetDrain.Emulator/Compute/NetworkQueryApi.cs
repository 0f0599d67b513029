namespace TargetDrain.Emulator.Compute;

/// <summary>EC2's networks on the wire: VPCs, subnets, interfaces, zones.</summary>
internal sealed class NetworkQueryApi(ElasticCompute compute, WorldOptions options)
{
    private readonly Dictionary<string, NetworkInterface> createdBy = [];

    private ElasticNetwork Network => compute.Network;

    public IReadOnlyDictionary<string, QueryOperation> Operations => new Dictionary<string, QueryOperation>
    {
        ["CreateVpc"] = CreateVpc,
        ["DescribeVpcs"] = DescribeVpcs,
        ["DeleteVpc"] = DeleteVpc,
        ["CreateSubnet"] = CreateSubnet,
        ["DescribeSubnets"] = DescribeSubnets,
        ["DeleteSubnet"] = DeleteSubnet,
        ["DescribeNetworkInterfaces"] = DescribeInterfaces,
        ["CreateNetworkInterface"] = CreateInterface,
        ["DeleteNetworkInterface"] = DeleteInterface,
        ["AttachNetworkInterface"] = AttachInterface,
        ["DetachNetworkInterface"] = DetachInterface,
        ["AssignPrivateIpAddresses"] = Assign,
        ["UnassignPrivateIpAddresses"] = Unassign,
        ["DescribeAvailabilityZones"] = DescribeZones,
    };

    private Action<XmlBuffer> CreateVpc(QueryParameters p)
    {
        var tags = Ec2Tags.AtCreation(p, "vpc");
        var create = compute.PlanVpc(p["CidrBlock"] ?? throw Missing("cidrBlock"), p["InstanceTenancy"] ?? "default");
        return xml => xml.Element("vpc", () => NetworkXml.Write(xml, Tagged(create(), vpc => vpc.Tags, tags), options.Account));
    }

    private Action<XmlBuffer> DescribeVpcs(QueryParameters p)
    {
        var vpcs = p.List("VpcId").ConvertAll(id => Network.Vpc(ResourceIds.Vpc(id)));
        return ComputeQueryApi.Describe(
            p, "vpcSet", vpcs, () => Network.Vpcs, name => NetworkFilters.OfVpc(name, options.Account), (xml, vpc) => NetworkXml.Write(xml, vpc, options.Account));
    }

    private Action<XmlBuffer> DeleteVpc(QueryParameters p)
    {
        var vpc = Network.Vpc(ResourceIds.Vpc(p["VpcId"] ?? ""));
        if (Network.Subnets.Any(subnet => subnet.Vpc == vpc))
            throw new AwsErrorException("DependencyViolation", $"The vpc '{vpc.Id}' has dependencies and cannot be deleted.");
        return QueryAnswers.Acknowledged(() => Network.Remove(vpc));
    }

    private Action<XmlBuffer> CreateSubnet(QueryParameters p)
    {
        var tags = Ec2Tags.AtCreation(p, "subnet");
        var create = compute.PlanSubnet(ResourceIds.Vpc(p["VpcId"] ?? ""), p["CidrBlock"] ?? throw Missing("cidrBlock"), p["AvailabilityZone"]);
        return xml => xml.Element("subnet", () => NetworkXml.Write(xml, Tagged(create(), subnet => subnet.Tags, tags), options));
    }

    private Action<XmlBuffer> DescribeSubnets(QueryParameters p)
    {
        var subnets = p.List("SubnetId").ConvertAll(id => Network.Subnet(ResourceIds.Subnet(id)));
        return ComputeQueryApi.Describe(
            p, "subnetSet", subnets, () => Network.Subnets, name => NetworkFilters.OfSubnet(name, options.Account), (xml, subnet) => NetworkXml.Write(xml, subnet, options));
    }

    private Action<XmlBuffer> DeleteSubnet(QueryParameters p)
    {
        var subnet = Network.Subnet(ResourceIds.Subnet(p["SubnetId"] ?? ""));
        if (compute.Interfaces.Any(card => card.Subnet == subnet) || subnet == Network.DefaultSubnet)
            throw new AwsErrorException("DependencyViolation", $"The subnet '{subnet.Id}' has dependencies and cannot be deleted.");
        return QueryAnswers.Acknowledged(() => Network.Remove(subnet));
    }

    private Action<XmlBuffer> DescribeInterfaces(QueryParameters p)
    {
        var cards = p.List("NetworkInterfaceId").ConvertAll(id => compute.Interface(ResourceIds.Interface(id)));
        p.Accept("IncludeManagedResources");
        return ComputeQueryApi.Describe(
            p, "networkInterfaceSet", cards, () => compute.Interfaces, name => InstanceFilters.OfInterface(name, options.Account),
            (xml, card) => InstanceXml.WriteAlone(xml, card, options.Account));
    }

    private Action<XmlBuffer> CreateInterface(QueryParameters p)
    {
        var (tags, token) = (Ec2Tags.AtCreation(p, "network-interface"), p["ClientToken"] ?? "");
        // The same client token again means the same interface again.
        if (token.Length > 0 && createdBy.TryGetValue(token, out var before)) return xml => Write(xml, before);
        var spec = LaunchRequest.Interface(p, tags) with { DeleteOnTermination = false };
        var (addresses, draft) = ElasticCompute.PlanCard(spec, Network.Subnet(ResourceIds.Subnet(spec.SubnetId ?? "")));
        return xml =>
        {
            addresses.Take();
            var card = Tagged(compute.CreateInterface(draft), made => made.Tags, tags);
            if (token.Length > 0) createdBy[token] = card;
            Write(xml, card);
        };
    }

    private void Write(XmlBuffer xml, NetworkInterface card) =>
        xml.Element("networkInterface", () => InstanceXml.WriteAlone(xml, card, options.Account));

    private Action<XmlBuffer> DeleteInterface(QueryParameters p)
    {
        var card = Interface(p);
        CheckFree(card);
        return QueryAnswers.Acknowledged(() => compute.Delete(card));
    }

    private Action<XmlBuffer> AttachInterface(QueryParameters p)
    {
        var card = Interface(p);
        var instance = compute.Find(ResourceIds.Instance(p["InstanceId"] ?? ""));
        var index = p.Number("DeviceIndex") ?? 0;
        CheckFree(card);
        if (instance.State is not ("running" or "stopped"))
            throw new AwsErrorException("IncorrectInstanceState", $"The instance '{instance.Id}' is not in a state from which it can be attached to.");
        if (index < 0 || instance.Interfaces.Any(other => other.DeviceIndex == index))
            throw new AwsErrorException("InvalidParameterValue", $"Instance '{instance.Id}' already has an interface attached at device index '{index}'.");
        if (card.Subnet.AvailabilityZone != instance.AvailabilityZone)
            throw new AwsErrorException("InvalidParameterCombination", "The interface and the instance are not in the same Availability Zone.");
        return xml =>
        {
            ElasticCompute.AttachTo(instance, card, index);
            xml.Element("attachmentId", InstanceXml.AttachmentId(card));
            xml.Element("networkCardIndex", 0);
        };
    }

    private Action<XmlBuffer> DetachInterface(QueryParameters p)
    {
        p.Accept("Force");
        var id = ResourceIds.Check(p["AttachmentId"] ?? "", "eni-attach", "InvalidAttachmentID.Malformed");
        var card = compute.Interfaces.FirstOrDefault(each => each.Instance is not null && InstanceXml.AttachmentId(each) == id)
            ?? throw new AwsErrorException("InvalidAttachmentID.NotFound", $"The networkInterfaceAttachment ID '{id}' does not exist");
        if (card.DeviceIndex == 0)
            throw new AwsErrorException("OperationNotPermitted", "The network interface at device index 0 cannot be detached.");
        return QueryAnswers.Acknowledged(() => ElasticCompute.Detach(card));
    }

    private Action<XmlBuffer> Assign(QueryParameters p)
    {
        var card = Interface(p);
        var more = new InterfaceSpec
        {
            SecondaryAddresses = p.List("PrivateIpAddress"),
            SecondaryCount = LaunchRequest.Count(p, "SecondaryPrivateIpAddressCount"),
            Ipv4Prefixes = p.List("Ipv4Prefix"),
            Ipv4PrefixCount = LaunchRequest.Count(p, "Ipv4PrefixCount"),
        };
        if (p.Flag("AllowReassignment") == true)
            throw new AwsErrorException("NotEmulated", "The emulator does not emulate AllowReassignment of AssignPrivateIpAddresses; leave it out.");
        var before = card.Addresses.Count;
        var assign = compute.PlanAssign(card, more);
        return xml =>
        {
            assign();
            xml.Element("networkInterfaceId", card.Id);
            xml.List("assignedPrivateIpAddressesSet", "item", card.Addresses.Skip(before), address => xml.Element("privateIpAddress", address.ToString()));
            xml.Element("return", true);
        };
    }

    private Action<XmlBuffer> Unassign(QueryParameters p)
    {
        var card = Interface(p);
        var addresses = p.List("PrivateIpAddress").ConvertAll(text => card.Addresses.FirstOrDefault(address => address.ToString() == text)
            ?? throw new AwsErrorException("InvalidParameterValue", $"Some of the addresses are not assigned to interface {card.Id}: {text}"));
        if (addresses.Contains(card.Addresses[0]))
            throw new AwsErrorException("InvalidParameterValue", "The primary IP address of the interface cannot be unassigned");
        return QueryAnswers.Acknowledged(() => addresses.ForEach(address => Network.Unassign(card, address)));
    }

    private Action<XmlBuffer> DescribeZones(QueryParameters p)
    {
        var (names, zoneIds) = (p.List("ZoneName"), p.List("ZoneId"));
        p.Accept("AllAvailabilityZones");
        if (names.Find(name => !Network.Zones.Contains(name)) is { } unknown)
            throw new AwsErrorException("InvalidParameterValue", $"Invalid availability zone: [{unknown}]");
        var matches = ResourceFilters.Read<string>(p, name => NetworkFilters.OfZone(name, options.Region));
        var zones = Network.Zones.Where(zone =>
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

    private NetworkInterface Interface(QueryParameters p) => compute.Interface(ResourceIds.Interface(p["NetworkInterfaceId"] ?? ""));

    private static void CheckFree(NetworkInterface card)
    {
        if (card.Instance is not null)
            throw new AwsErrorException("InvalidNetworkInterface.InUse", $"The network interface '{card.Id}' is currently in use.");
    }

    private static T Tagged<T>(T made, Func<T, Dictionary<string, string>> tagsOf, Dictionary<string, string> tags)
    {
        tagsOf(made).Put(tags);
        return made;
    }

    private static AwsErrorException Missing(string parameter) => new("MissingParameter", $"The request must contain the parameter {parameter}");
}
