namespace TargetDrain.Emulator.Compute;

/// <summary>EC2's networks on the wire: VPCs, subnets, interfaces, zones.</summary>
internal sealed class NetworkQueryApi(ElasticCompute compute, WorldOptions options)
{
    private readonly Dictionary<string, NetworkInterface> createdBy = [];

    private ElasticNetwork Network => compute.Network;

    public IReadOnlyDictionary<string, QueryOperation> Operations => new Dictionary<string, QueryOperation>
    {
        ["CreateVpc"] = (p, _) => CreateVpc(p),
        ["DescribeVpcs"] = (p, _) => DescribeVpcs(p),
        ["DeleteVpc"] = (p, _) => DeleteVpc(p),
        ["CreateSubnet"] = (p, _) => CreateSubnet(p),
        ["DescribeSubnets"] = (p, _) => DescribeSubnets(p),
        ["DeleteSubnet"] = (p, _) => DeleteSubnet(p),
        ["DescribeNetworkInterfaces"] = (p, _) => DescribeInterfaces(p),
        ["CreateNetworkInterface"] = (p, _) => CreateInterface(p),
        ["DeleteNetworkInterface"] = (p, _) => DeleteInterface(p),
        ["AttachNetworkInterface"] = (p, _) => AttachInterface(p),
        ["DetachNetworkInterface"] = (p, _) => DetachInterface(p),
        ["AssignPrivateIpAddresses"] = (p, _) => Assign(p),
        ["UnassignPrivateIpAddresses"] = (p, _) => Unassign(p),
        ["DescribeAvailabilityZones"] = (p, _) => Zones.Describe(p, Network, options),
    };

    private Action<XmlBuffer> CreateVpc(QueryParameters p)
    {
        var tags = Ec2Tags.AtCreation(p, "vpc");
        var create = compute.PlanVpc(p["CidrBlock"] ?? throw Missing("cidrBlock"), p["InstanceTenancy"] ?? "default");
        return xml => NetworkXml.Write(xml, "vpc", Tagged(create(), vpc => vpc.TagMap, tags), options.Account);
    }

    private Action<XmlBuffer> DescribeVpcs(QueryParameters p)
    {
        var vpcs = p.List("VpcId").ConvertAll(id => Network.Vpc(ResourceIds.Vpc(id)));
        var page = Ec2Page.Read(p);
        var matches = ResourceFilters.Read<Vpc>(p, name => NetworkFilters.OfVpc(name, options.Account));
        return xml => page.Write(
            xml, "vpcSet", (vpcs.Count > 0 ? vpcs.Distinct() : Network.Vpcs).Where(vpc => matches(vpc)), vpc => NetworkXml.Write(xml, vpc, options.Account));
    }

    private Action<XmlBuffer> DeleteVpc(QueryParameters p)
    {
        var vpc = Network.Vpc(ResourceIds.Vpc(p["VpcId"] ?? ""));
        if (Network.Subnets.Any(subnet => subnet.Vpc == vpc))
            throw new AwsErrorException("DependencyViolation", $"The vpc '{vpc.Id}' has dependencies and cannot be deleted.");
        return ComputeQueryApi.Acknowledged(() => Network.Remove(vpc));
    }

    private Action<XmlBuffer> CreateSubnet(QueryParameters p)
    {
        var tags = Ec2Tags.AtCreation(p, "subnet");
        var create = compute.PlanSubnet(ResourceIds.Vpc(p["VpcId"] ?? ""), p["CidrBlock"] ?? throw Missing("cidrBlock"), p["AvailabilityZone"]);
        return xml => NetworkXml.Write(xml, "subnet", Tagged(create(), subnet => subnet.TagMap, tags), options);
    }

    private Action<XmlBuffer> DescribeSubnets(QueryParameters p)
    {
        var subnets = p.List("SubnetId").ConvertAll(id => Network.Subnet(ResourceIds.Subnet(id)));
        var page = Ec2Page.Read(p);
        var matches = ResourceFilters.Read<Subnet>(p, name => NetworkFilters.OfSubnet(name, options.Account));
        return xml => page.Write(
            xml, "subnetSet", (subnets.Count > 0 ? subnets.Distinct() : Network.Subnets).Where(subnet => matches(subnet)),
            subnet => NetworkXml.Write(xml, subnet, options));
    }

    private Action<XmlBuffer> DeleteSubnet(QueryParameters p)
    {
        var subnet = Network.Subnet(ResourceIds.Subnet(p["SubnetId"] ?? ""));
        if (compute.Interfaces.Any(card => card.Subnet == subnet) || subnet == Network.DefaultSubnet)
            throw new AwsErrorException("DependencyViolation", $"The subnet '{subnet.Id}' has dependencies and cannot be deleted.");
        return ComputeQueryApi.Acknowledged(() => Network.Remove(subnet));
    }

    private Action<XmlBuffer> DescribeInterfaces(QueryParameters p)
    {
        var cards = p.List("NetworkInterfaceId").ConvertAll(id => compute.Interface(ResourceIds.Interface(id)));
        var page = Ec2Page.Read(p);
        p.Accept("IncludeManagedResources");
        var matches = ResourceFilters.Read<NetworkInterface>(p, name => InstanceFilters.OfInterface(name, options.Account));
        return xml => page.Write(
            xml, "networkInterfaceSet", (cards.Count > 0 ? cards.Distinct() : compute.Interfaces).Where(card => matches(card)),
            card => InstanceXml.WriteAlone(xml, card, options.Account));
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
            var card = Tagged(compute.CreateInterface(draft), made => made.TagMap, tags);
            if (token.Length > 0) createdBy[token] = card;
            Write(xml, card);
        };
    }

    private void Write(XmlBuffer xml, NetworkInterface card)
    {
        xml.Open("networkInterface");
        InstanceXml.WriteAlone(xml, card, options.Account);
        xml.Close("networkInterface");
    }

    private Action<XmlBuffer> DeleteInterface(QueryParameters p)
    {
        var card = compute.Interface(ResourceIds.Interface(p["NetworkInterfaceId"] ?? ""));
        if (card.Instance is not null)
            throw new AwsErrorException("InvalidNetworkInterface.InUse", $"The network interface '{card.Id}' is currently in use.");
        return ComputeQueryApi.Acknowledged(() => compute.Delete(card));
    }

    private Action<XmlBuffer> AttachInterface(QueryParameters p)
    {
        var card = compute.Interface(ResourceIds.Interface(p["NetworkInterfaceId"] ?? ""));
        var id = p["InstanceId"] ?? "";
        ResourceIds.Check([id], "i", "InvalidInstanceID.Malformed");
        var instance = compute.Find(id);
        var index = p.Number("DeviceIndex") ?? 0;
        if (card.Instance is not null)
            throw new AwsErrorException("InvalidNetworkInterface.InUse", $"The network interface '{card.Id}' is currently in use.");
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
        var id = p["AttachmentId"] ?? "";
        p.Accept("Force");
        ResourceIds.Check([id], "eni-attach", "InvalidAttachmentID.Malformed");
        var card = compute.Interfaces.FirstOrDefault(each => each.Instance is not null && InstanceXml.AttachmentId(each) == id)
            ?? throw new AwsErrorException("InvalidAttachmentID.NotFound", $"The networkInterfaceAttachment ID '{id}' does not exist");
        if (card.DeviceIndex == 0)
            throw new AwsErrorException("OperationNotPermitted", "The network interface at device index 0 cannot be detached.");
        return ComputeQueryApi.Acknowledged(() => ElasticCompute.Detach(card));
    }

    private Action<XmlBuffer> Assign(QueryParameters p)
    {
        var card = compute.Interface(ResourceIds.Interface(p["NetworkInterfaceId"] ?? ""));
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
        var card = compute.Interface(ResourceIds.Interface(p["NetworkInterfaceId"] ?? ""));
        var addresses = p.List("PrivateIpAddress").ConvertAll(text => card.Addresses.FirstOrDefault(address => address.ToString() == text)
            ?? throw new AwsErrorException("InvalidParameterValue", $"Some of the addresses are not assigned to interface {card.Id}: {text}"));
        if (addresses.Contains(card.Addresses[0]))
            throw new AwsErrorException("InvalidParameterValue", "The primary IP address of the interface cannot be unassigned");
        return ComputeQueryApi.Acknowledged(() => addresses.ForEach(address => Network.Unassign(card, address)));
    }

    private static T Tagged<T>(T made, Func<T, Dictionary<string, string>> tagsOf, Dictionary<string, string> tags)
    {
        foreach (var (key, value) in tags) tagsOf(made)[key] = value;
        return made;
    }

    private static AwsErrorException Missing(string parameter) => new("MissingParameter", string.Create(
        CultureInfo.InvariantCulture, $"The request must contain the parameter {parameter}"));
}
