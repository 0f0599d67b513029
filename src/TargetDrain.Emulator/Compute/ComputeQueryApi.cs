using System.Globalization;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.Compute;

/// <summary>EC2 on the wire, version 2016-11-15.</summary>
internal sealed class ComputeQueryApi
{
    private const int MaxPage = 1000;
    private readonly ElasticCompute compute;
    private readonly WorldOptions options;

    public ComputeQueryApi(ElasticCompute compute, StateLock state, WorldOptions options)
    {
        this.compute = compute;
        this.options = options;
        var operations = new Dictionary<string, Action<QueryParameters, XmlBuffer>>
        {
            ["RunInstances"] = RunInstances,
            ["TerminateInstances"] = (p, xml) => ChangeStates(p, xml, compute.Terminate),
            ["StopInstances"] = (p, xml) => ChangeStates(p, xml, compute.Stop),
            ["StartInstances"] = (p, xml) => ChangeStates(p, xml, compute.Start),
            ["DescribeInstances"] = DescribeInstances,
            ["CreateVpc"] = (p, xml) => InstanceXml.Write(xml, "vpc", compute.CreateVpc(p["CidrBlock"] ?? "")),
            ["DescribeVpcs"] = DescribeVpcs,
            ["CreateSubnet"] = (p, xml) => InstanceXml.Write(
                xml, "subnet", compute.CreateSubnet(p["VpcId"] ?? "", p["CidrBlock"] ?? "", p["AvailabilityZone"])),
            ["DescribeSubnets"] = DescribeSubnets,
            ["DescribeNetworkInterfaces"] = DescribeNetworkInterfaces,
        };
        Service = new QueryService(
            "ec2",
            "2016-11-15",
            operations.ToDictionary(
                operation => operation.Key,
                operation => (QueryOperation)((p, xml, _) => state.Change(() => operation.Value(p, xml)))),
            p => p["InstanceId.1"] is { } id ? $"arn:aws:ec2:{options.Region}:{options.Account}:instance/{id}" : "");
    }

    public QueryService Service { get; }

    private void RunInstances(QueryParameters p, XmlBuffer xml)
    {
        var spec = new InstanceSpec
        {
            SubnetId = p["SubnetId"],
            ImageId = p["ImageId"] ?? throw Missing("ImageId"),
            InstanceType = p["InstanceType"] ?? "m1.small",
            SpotBehavior = p["InstanceMarketOptions.MarketType"] == "spot"
                ? p["InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior"] ?? "terminate"
                : null,
            Interfaces = InterfacesOf(p),
            Tags = p.Items("TagSpecification").Where(tags => tags["ResourceType"] == "instance")
                .SelectMany(tags => tags.Tags("Tag")).ToDictionary(),
        };
        var instances = compute.RunInstances(spec, p.Number("MaxCount") ?? throw Missing("MaxCount"));
        InstanceXml.WriteReservation(xml, instances, options.Account);
    }

    private static List<InterfaceSpec> InterfacesOf(QueryParameters p)
    {
        var named = p.Items("NetworkInterface").OrderBy(card => card.Number("DeviceIndex") ?? 0).Select(card =>
        {
            var listed = card.Items("PrivateIpAddresses").ToList();
            var primary = listed.Find(address => address.Flag("Primary") == true);
            return new InterfaceSpec
            {
                SubnetId = card["SubnetId"],
                Address = card["PrivateIpAddress"] ?? primary?["PrivateIpAddress"],
                SecondaryAddresses = [.. listed.Where(address => address != primary).Select(address => address["PrivateIpAddress"] ?? "")],
                SecondaryCount = card.Number("SecondaryPrivateIpAddressCount") ?? 0,
                Ipv6Addresses = [.. card.Items("Ipv6Addresses").Select(address => address["Ipv6Address"] ?? "")],
                Ipv6Count = card.Number("Ipv6AddressCount") ?? 0,
                Ipv4Prefixes = [.. card.Items("Ipv4Prefix").Select(prefix => prefix["Ipv4Prefix"] ?? "")],
                Ipv4PrefixCount = card.Number("Ipv4PrefixCount") ?? 0,
                Ipv6Prefixes = [.. card.Items("Ipv6Prefix").Select(prefix => prefix["Ipv6Prefix"] ?? "")],
                Ipv6PrefixCount = card.Number("Ipv6PrefixCount") ?? 0,
                DeleteOnTermination = card.Flag("DeleteOnTermination") ?? true,
            };
        }).ToList();
        if (named.Count > 0) return named;
        return
        [
            new InterfaceSpec
            {
                Address = p["PrivateIpAddress"],
                Ipv6Addresses = [.. p.Items("Ipv6Address").Select(address => address["Ipv6Address"] ?? "")],
                Ipv6Count = p.Number("Ipv6AddressCount") ?? 0,
            },
        ];
    }

    private void ChangeStates(QueryParameters p, XmlBuffer xml, Action<string> change)
    {
        var instances = Named(p.List("InstanceId"));
        if (instances.Count == 0) throw Missing("InstanceId");
        xml.List("instancesSet", "item", instances, instance =>
        {
            var (code, name) = (instance.StateCode, instance.State);
            change(instance.Id);
            xml.Element("instanceId", instance.Id);
            InstanceXml.WriteState(xml, "currentState", instance.StateCode, instance.State);
            InstanceXml.WriteState(xml, "previousState", code, name);
        });
    }

    private void DescribeInstances(QueryParameters p, XmlBuffer xml)
    {
        var ids = p.List("InstanceId");
        var size = p.Number("MaxResults") ?? MaxPage;
        if (ids.Count > 0 && p["MaxResults"] is not null)
            throw new AwsErrorException(
                "InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");
        if (size is < 5 or > MaxPage)
            throw new AwsErrorException("InvalidParameterValue", $"Value ( {size} ) for parameter maxResults is invalid.");
        var after = 0;
        if (p["NextToken"] is { Length: > 0 } token && !int.TryParse(token, CultureInfo.InvariantCulture, out after))
            throw new AwsErrorException("InvalidParameterValue", "Unable to parse pagination token");
        var matches = ResourceFilters.Read<Instance>(p, InstanceFilters.OfInstance);
        var found = (ids.Count > 0 ? Named(ids) : compute.Visible()).Where(instance => matches(instance));
        var page = ids.Count > 0 ? found.ToList() : found.Skip(after).Take(size + 1).ToList();
        var isMore = ids.Count == 0 && page.Count > size;
        xml.List(
            "reservationSet",
            "item",
            (isMore ? page.Take(size) : page).GroupBy(instance => instance.ReservationId),
            reservation => InstanceXml.WriteReservation(xml, [.. reservation], options.Account));
        if (isMore) xml.Element("nextToken", after + size);
    }

    private void DescribeNetworkInterfaces(QueryParameters p, XmlBuffer xml)
    {
        var ids = p.List("NetworkInterfaceId");
        var size = p.Number("MaxResults") ?? MaxPage;
        if (size is < 5 or > MaxPage)
            throw new AwsErrorException("InvalidParameterValue", $"Value ( {size} ) for parameter maxResults is invalid.");
        var after = 0;
        if (p["NextToken"] is { Length: > 0 } token && !int.TryParse(token, CultureInfo.InvariantCulture, out after))
            throw new AwsErrorException("InvalidParameterValue", "Unable to parse pagination token");
        var matches = ResourceFilters.Read<NetworkInterface>(p, InstanceFilters.OfInterface);
        var found = (ids.Count > 0 ? ids.Distinct().Select(compute.Interface) : compute.Interfaces).Where(card => matches(card));
        var page = found.Skip(after).Take(size + 1).ToList();
        xml.List("networkInterfaceSet", "item", page.Take(size), card => InstanceXml.WriteAlone(xml, card, options.Account));
        if (page.Count > size) xml.Element("nextToken", after + size);
    }

    private List<Instance> Named(IReadOnlyList<string> ids)
    {
        if (ids.FirstOrDefault(id => !id.StartsWith("i-", StringComparison.Ordinal)) is { } malformed)
            throw new AwsErrorException("InvalidInstanceID.Malformed", $"Invalid id: \"{malformed}\"");
        var missing = ids.Where(id => compute.Seek(id) is null).ToList();
        return missing.Count == 0 ? [.. ids.Distinct().Select(id => compute.Seek(id)!)] : throw ElasticCompute.NotFound(missing);
    }

    private void DescribeVpcs(QueryParameters p, XmlBuffer xml)
    {
        var ids = p.List("VpcId");
        ids.ForEach(id => compute.Network.Vpc(id));
        var isDefault = FilterValues(p, "is-default");
        xml.List(
            "vpcSet",
            "item",
            compute.Network.Vpcs.Where(vpc => (ids.Count == 0 || ids.Contains(vpc.Id))
                && (isDefault.Count == 0 || isDefault.Contains(vpc.IsDefault ? "true" : "false"))),
            vpc => InstanceXml.Write(xml, vpc));
    }

    private void DescribeSubnets(QueryParameters p, XmlBuffer xml)
    {
        var ids = p.List("SubnetId");
        ids.ForEach(id => compute.Network.Subnet(id));
        var vpcs = FilterValues(p, "vpc-id");
        xml.List(
            "subnetSet",
            "item",
            compute.Network.Subnets.Where(subnet => (ids.Count == 0 || ids.Contains(subnet.Id))
                && (vpcs.Count == 0 || vpcs.Contains(subnet.Vpc.Id))),
            subnet => InstanceXml.Write(xml, subnet));
    }

    private static List<string> FilterValues(QueryParameters p, string name) =>
        [.. p.Items("Filter").Where(filter => filter["Name"] == name).SelectMany(filter => filter.List("Value"))];

    private static AwsErrorException Missing(string parameter) =>
        new("MissingParameter", $"The request must contain the parameter {parameter}");
}
