namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>ELBv2 on the wire, version 2015-12-01: target groups. Load balancers are in <see cref="BalancerQueryApi"/>.</summary>
internal sealed class LoadBalancingQueryApi
{
    private const int MaxPage = 400;
    private readonly ElasticLoadBalancing elb;

    public LoadBalancingQueryApi(ElasticLoadBalancing elb, StateLock state)
    {
        this.elb = elb;
        var operations = new Dictionary<string, QueryOperation>(new BalancerQueryApi(elb).Operations)
        {
            ["CreateTargetGroup"] = (p, _) => CreateTargetGroup(p),
            ["DeleteTargetGroup"] = (p, _) => Silently(elb.PlanDelete(p.Required("TargetGroupArn"), force: false)),
            ["DescribeTargetGroups"] = (p, _) => DescribeTargetGroups(p),
            ["ModifyTargetGroup"] = (p, _) => ModifyTargetGroup(p),
            ["ModifyTargetGroupAttributes"] = (p, _) => ModifyAttributes(p),
            ["DescribeTargetGroupAttributes"] = (p, _) =>
            {
                var group = Group(p);
                return xml => WriteAttributes(xml, group.Attributes);
            },
            ["RegisterTargets"] = (p, by) => Silently(elb.PlanRegister(p.Required("TargetGroupArn"), Targets(p), by)),
            ["DeregisterTargets"] = (p, by) =>
            {
                var deregister = elb.PlanDeregister(p.Required("TargetGroupArn"), Targets(p), by);
                return _ => deregister();
            },
            ["DescribeTargetHealth"] = (p, _) => DescribeHealth(p),
            ["AddTags"] = (p, _) => Silently(ElbTags.PlanAdd(p, elb.TagsOf)),
            ["RemoveTags"] = (p, _) => Silently(ElbTags.PlanRemove(p, elb.TagsOf)),
            ["DescribeTags"] = (p, _) => DescribeTags(p),
        };
        Service = new QueryService(
            "elasticloadbalancing", "2015-12-01", state, operations,
            parameters => parameters["TargetGroupArn"] ?? parameters["ResourceArns.member.1"] ?? "");
    }

    public QueryService Service { get; }

    internal static Action<XmlBuffer> Silently(Action change) => _ => change();

    internal static MarkerPage Page(QueryParameters p) => MarkerPage.Read(
        p, "PageSize", "Marker", MaxPage, MaxPage, marker => AwsErrorException.Validation($"The marker '{marker}' is not valid"));

    internal static void WriteAttributes(XmlBuffer xml, IEnumerable<KeyValuePair<string, string>> attributes) =>
        xml.List("Attributes", "member", attributes, attribute =>
        {
            xml.Element("Key", attribute.Key);
            xml.Element("Value", attribute.Value);
        });

    private TargetGroup Group(QueryParameters p) => elb.Find(p.Required("TargetGroupArn"));

    private static List<TargetSpec> Targets(QueryParameters parameters) => parameters.Items("Targets.member")
        .Select(item => new TargetSpec(item.Required("Id"), item.Number("Port"))
        {
            AvailabilityZone = item["AvailabilityZone"],
            QuicServerId = item["QuicServerId"],
        })
        .ToList();

    private Action<XmlBuffer> CreateTargetGroup(QueryParameters p)
    {
        var type = p["TargetType"] ?? "instance";
        if (type == "lambda" && (p["Protocol"] ?? p["Port"] ?? p["VpcId"]) is not null)
            throw AwsErrorException.Validation("Protocol, port and VPC ID cannot be specified for target groups with target type 'lambda'");
        var create = elb.PlanTargetGroup(new TargetGroupSpec(p.Required("Name"))
        {
            TargetType = type,
            Protocol = type == "lambda" ? null : p["Protocol"] ?? throw AwsErrorException.Validation("A protocol must be specified"),
            ProtocolVersion = p["ProtocolVersion"],
            Port = p.Number("Port"),
            VpcId = type == "lambda" ? null : p["VpcId"] ?? throw AwsErrorException.Validation("A VPC ID must be specified"),
            IpAddressType = p["IpAddressType"] ?? "ipv4",
            HealthCheck = Check(p),
            InUse = false,
        });
        var tags = ElbTags.Read(p);
        return xml =>
        {
            var group = create();
            foreach (var (key, value) in tags) group.TagMap[key] = value;
            xml.List("TargetGroups", "member", [group], each => TargetGroupXml.Write(xml, each));
        };
    }

    private static HealthCheck Check(QueryParameters p) => new()
    {
        Enabled = p.Flag("HealthCheckEnabled"),
        Protocol = p["HealthCheckProtocol"],
        Port = p["HealthCheckPort"],
        Path = p["HealthCheckPath"],
        IntervalSeconds = p.Number("HealthCheckIntervalSeconds"),
        TimeoutSeconds = p.Number("HealthCheckTimeoutSeconds"),
        HealthyThreshold = p.Number("HealthyThresholdCount"),
        UnhealthyThreshold = p.Number("UnhealthyThresholdCount"),
        HttpCode = p["Matcher.HttpCode"],
        GrpcCode = p["Matcher.GrpcCode"],
    };

    private Action<XmlBuffer> ModifyTargetGroup(QueryParameters p)
    {
        var (group, given) = (Group(p), Check(p));
        var before = group.Spec.HealthCheck;
        var protocol = given.Protocol ?? before.Protocol;
        // Another protocol brings its own path and codes.
        var kept = protocol == before.Protocol ? before : before with { Path = null, HttpCode = null, GrpcCode = null };
        var change = elb.PlanHealthCheck(group, new HealthCheck
        {
            Enabled = given.Enabled ?? kept.Enabled,
            Protocol = protocol,
            Port = given.Port ?? kept.Port,
            Path = given.Path ?? kept.Path,
            IntervalSeconds = given.IntervalSeconds ?? kept.IntervalSeconds,
            TimeoutSeconds = given.TimeoutSeconds ?? kept.TimeoutSeconds,
            HealthyThreshold = given.HealthyThreshold ?? kept.HealthyThreshold,
            UnhealthyThreshold = given.UnhealthyThreshold ?? kept.UnhealthyThreshold,
            HttpCode = given.HttpCode ?? (given.GrpcCode is null ? kept.HttpCode : null),
            GrpcCode = given.GrpcCode ?? (given.HttpCode is null ? kept.GrpcCode : null),
        });
        return xml =>
        {
            change();
            xml.List("TargetGroups", "member", [group], each => TargetGroupXml.Write(xml, each));
        };
    }

    private Action<XmlBuffer> DescribeTargetGroups(QueryParameters p)
    {
        var page = Page(p);
        var (arns, names, balancer) = (p.List("TargetGroupArns.member"), p.List("Names.member"), p["LoadBalancerArn"]);
        if ((arns.Count > 0 ? 1 : 0) + (names.Count > 0 ? 1 : 0) + (balancer is { Length: > 0 } ? 1 : 0) > 1)
            throw AwsErrorException.Validation("Target group names, target group ARNs and a load balancer ARN cannot be specified at the same time");
        if (arns.Count > 0 || names.Count > 0)
        {
            var found = arns.Select(elb.Find).Concat(names.Select(elb.FindByName)).Distinct().ToList();
            return xml => xml.List("TargetGroups", "member", found, group => TargetGroupXml.Write(xml, group));
        }
        if (balancer is { Length: > 0 }) elb.FindLoadBalancer(balancer);
        return xml =>
        {
            // The marker is a group's number, so that groups made or deleted in between shift nothing.
            var rest = elb.After(page.After).Where(group => balancer is not { Length: > 0 } || group.LoadBalancerArns.Contains(balancer));
            var list = rest.Take(page.Size + 1).ToList();
            xml.List("TargetGroups", "member", list.Take(page.Size), group => TargetGroupXml.Write(xml, group));
            if (list.Count > page.Size) xml.Element("NextMarker", list[page.Size - 1].Number);
        };
    }

    private Action<XmlBuffer> ModifyAttributes(QueryParameters p)
    {
        var group = Group(p);
        var change = ElasticLoadBalancing.PlanAttributes(group, [.. p.Items("Attributes.member").Select(Attribute)]);
        return xml =>
        {
            change();
            WriteAttributes(xml, group.Attributes);
        };
    }

    internal static KeyValuePair<string, string> Attribute(QueryParameters attribute) =>
        new(attribute.Required("Key"), attribute["Value"] ?? throw AwsErrorException.Validation($"The attribute '{attribute["Key"]}' needs a value"));

    private Action<XmlBuffer> DescribeHealth(QueryParameters p)
    {
        var (group, targets, include) = (Group(p), Targets(p), p.List("Include.member"));
        foreach (var target in targets) RegistrationRules.CheckName(group, target);
        return xml => TargetHealthXml.Write(xml, elb, group, targets, include.Count > 0, include.Contains("All"));
    }

    private Action<XmlBuffer> DescribeTags(QueryParameters p)
    {
        var arns = p.List("ResourceArns.member");
        if (arns.Count is 0 or > 20) throw AwsErrorException.Validation($"From 1 to 20 resources can be described, not {arns.Count}");
        var found = arns.ConvertAll(arn => (Arn: arn, Tags: elb.TagsOf(arn)));
        return xml => xml.List("TagDescriptions", "member", found, resource =>
        {
            xml.Element("ResourceArn", resource.Arn);
            xml.List("Tags", "member", resource.Tags, tag =>
            {
                xml.Element("Key", tag.Key);
                xml.Element("Value", tag.Value);
            });
        });
    }
}
