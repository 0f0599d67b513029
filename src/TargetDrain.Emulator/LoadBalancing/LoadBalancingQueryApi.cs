using System.Globalization;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>ELBv2 on the wire, version 2015-12-01.</summary>
internal sealed class LoadBalancingQueryApi
{
    private const int MaxPage = 400;
    private readonly ElasticLoadBalancing elb;
    private readonly StateLock state;

    public LoadBalancingQueryApi(ElasticLoadBalancing elb, StateLock state)
    {
        this.elb = elb;
        this.state = state;
        Service = new QueryService(
            "elasticloadbalancing",
            "2015-12-01",
            new Dictionary<string, QueryOperation>
            {
                ["CreateTargetGroup"] = CreateTargetGroup,
                ["DeleteTargetGroup"] = (p, _, _) => elb.DeleteTargetGroup(p.Required("TargetGroupArn")),
                ["DescribeTargetGroups"] = Locked(DescribeTargetGroups),
                ["ModifyTargetGroupAttributes"] = Locked(ModifyTargetGroupAttributes),
                ["DescribeTargetGroupAttributes"] = Locked((p, xml) => WriteAttributes(xml, elb.Find(p.Required("TargetGroupArn")))),
                ["RegisterTargets"] = (p, _, by) => elb.RegisterTargets(p.Required("TargetGroupArn"), Targets(p), by),
                ["DeregisterTargets"] = (p, _, by) => elb.DeregisterTargets(p.Required("TargetGroupArn"), Targets(p), by),
                ["DescribeTargetHealth"] = Locked((p, xml) => TargetHealthXml.Write(xml, elb, elb.Find(p.Required("TargetGroupArn")), Targets(p))),
                ["AddTags"] = Locked((p, _) => ForTags(p, (tags, _) =>
                {
                    foreach (var (key, value) in p.Tags("Tags.member")) tags[key] = value;
                })),
                ["RemoveTags"] = Locked((p, _) => ForTags(p, (tags, _) =>
                {
                    foreach (var key in p.List("TagKeys.member")) tags.Remove(key);
                })),
                ["DescribeTags"] = Locked(DescribeTags),
                ["CreateLoadBalancer"] = Locked(CreateLoadBalancer),
                ["DescribeLoadBalancers"] = Locked(DescribeLoadBalancers),
                ["CreateListener"] = Locked(CreateListener),
            },
            parameters => parameters["TargetGroupArn"] ?? parameters["ResourceArns.member.1"] ?? "");
    }

    public QueryService Service { get; }

    private QueryOperation Locked(Action<QueryParameters, XmlBuffer> operation) =>
        (parameters, xml, _) => state.Change(() => operation(parameters, xml));

    private static List<TargetSpec> Targets(QueryParameters parameters) => parameters.Items("Targets.member")
        .Select(item => new TargetSpec(item.Required("Id"), item.Number("Port"))
        {
            AvailabilityZone = item["AvailabilityZone"],
            QuicServerId = item["QuicServerId"],
        })
        .ToList();

    private void CreateTargetGroup(QueryParameters p, XmlBuffer xml, string principal)
    {
        var type = p["TargetType"] ?? "instance";
        var group = elb.CreateTargetGroup(new TargetGroupSpec(p.Required("Name"))
        {
            TargetType = type,
            Protocol = type == "lambda" ? null : p.Required("Protocol"),
            ProtocolVersion = p["ProtocolVersion"],
            Port = p.Number("Port"),
            VpcId = type == "lambda" ? null : p.Required("VpcId"),
            IpAddressType = p["IpAddressType"] ?? "ipv4",
            HealthCheckPort = p["HealthCheckPort"] ?? "traffic-port",
            InUse = false,
            Tags = p.Tags("Tags.member"),
        });
        state.Change(() => xml.List("TargetGroups", "member", [group], each => TargetGroupXml.Write(xml, each)));
    }

    private void DescribeTargetGroups(QueryParameters p, XmlBuffer xml)
    {
        var size = p.Number("PageSize") ?? MaxPage;
        if (size is < 1 or > MaxPage) throw AwsErrorException.Validation($"PageSize must be from 1 to {MaxPage}, not {size}");
        var (arns, names) = (p.List("TargetGroupArns.member"), p.List("Names.member"));
        if (arns.Count > 0 || names.Count > 0)
        {
            WriteGroups(arns.Select(elb.Find).Concat(names.Select(elb.FindByName)));
            return;
        }
        var after = 0;
        if (p["Marker"] is { Length: > 0 } marker && !int.TryParse(marker, CultureInfo.InvariantCulture, out after))
            throw AwsErrorException.Validation($"The marker '{marker}' is not valid");
        var rest = elb.After(after);
        if (p["LoadBalancerArn"] is { Length: > 0 } balancer)
        {
            elb.FindLoadBalancer(balancer);
            rest = rest.Where(group => group.LoadBalancerArns.Contains(balancer));
        }
        var page = rest.Take(size + 1).ToList();
        WriteGroups(page.Take(size));
        if (page.Count > size) xml.Element("NextMarker", page[size - 1].Number);

        void WriteGroups(IEnumerable<TargetGroup> groups) =>
            xml.List("TargetGroups", "member", groups, group => TargetGroupXml.Write(xml, group));
    }

    private void ModifyTargetGroupAttributes(QueryParameters p, XmlBuffer xml)
    {
        var group = elb.Find(p.Required("TargetGroupArn"));
        foreach (var attribute in p.Items("Attributes.member"))
            elb.SetAttribute(group.Arn, attribute.Required("Key"), attribute["Value"] ?? "");
        WriteAttributes(xml, group);
    }

    private static void WriteAttributes(XmlBuffer xml, TargetGroup group) =>
        xml.List("Attributes", "member", group.Attributes, attribute =>
        {
            xml.Element("Key", attribute.Key);
            xml.Element("Value", attribute.Value);
        });

    private void ForTags(QueryParameters p, Action<Dictionary<string, string>, string> act)
    {
        foreach (var arn in p.List("ResourceArns.member")) act(elb.TagsOf(arn), arn);
    }

    private void DescribeTags(QueryParameters p, XmlBuffer xml)
    {
        var arns = p.List("ResourceArns.member");
        if (arns.Count is 0 or > 20) throw AwsErrorException.Validation($"From 1 to 20 resources can be described, not {arns.Count}");
        xml.List("TagDescriptions", "member", arns, arn =>
        {
            xml.Element("ResourceArn", arn);
            xml.List("Tags", "member", elb.TagsOf(arn), tag =>
            {
                xml.Element("Key", tag.Key);
                xml.Element("Value", tag.Value);
            });
        });
    }

    private void CreateLoadBalancer(QueryParameters p, XmlBuffer xml)
    {
        var subnet = p["Subnets.member.1"] ?? p["SubnetMappings.member.1.SubnetId"];
        var balancer = elb.CreateLoadBalancer(
            p.Required("Name"), p["Type"] ?? "application", elb.VpcOfSubnet(subnet), p["Scheme"] ?? "internet-facing");
        foreach (var (key, value) in p.Tags("Tags.member")) balancer.TagMap[key] = value;
        xml.List("LoadBalancers", "member", [balancer], each => TargetGroupXml.Write(xml, each));
    }

    private void DescribeLoadBalancers(QueryParameters p, XmlBuffer xml)
    {
        var (arns, names) = (p.List("LoadBalancerArns.member"), p.List("Names.member"));
        var found = elb.LoadBalancers
            .Where(balancer => (arns.Count == 0 && names.Count == 0) || arns.Contains(balancer.Arn) || names.Contains(balancer.Name))
            .ToList();
        if (found.Count < arns.Count + names.Count)
            throw new AwsErrorException("LoadBalancerNotFound", "One or more load balancers not found");
        xml.List("LoadBalancers", "member", found, each => TargetGroupXml.Write(xml, each));
    }

    private void CreateListener(QueryParameters p, XmlBuffer xml)
    {
        var actions = p.Items("DefaultActions.member").ToList();
        var direct = actions.Select(action => action["TargetGroupArn"]);
        var weighted = actions.SelectMany(action => action.Items("ForwardConfig.TargetGroups.member"))
            .Select(group => group["TargetGroupArn"]);
        var arns = direct.Concat(weighted).OfType<string>().Distinct().ToList();
        var listener = elb.CreateListener(p.Required("LoadBalancerArn"), p["Protocol"], p.Number("Port"), arns);
        xml.List("Listeners", "member", [listener], each => TargetGroupXml.Write(xml, each));
    }
}
