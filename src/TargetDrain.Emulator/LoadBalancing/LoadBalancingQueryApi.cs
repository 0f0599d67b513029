namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>ELBv2 on the wire, version 2015-12-01: target groups. Load balancers are in <see cref="BalancerQueryApi"/>.</summary>
internal sealed class LoadBalancingQueryApi(ElasticLoadBalancing elb, StateLock state)
{
    private const int MaxPage = 400;

    public QueryService Service => new(
        "elasticloadbalancing", "2015-12-01", state, Operations, p => p["TargetGroupArn"] ?? p["ResourceArns.member.1"] ?? "");

    private Dictionary<string, QueryOperation> Operations => new(new BalancerQueryApi(elb).Operations)
    {
        ["CreateTargetGroup"] = CreateTargetGroup,
        ["DeleteTargetGroup"] = p => elb.PlanDelete(p.Required("TargetGroupArn"), force: false).Silently(),
        ["DescribeTargetGroups"] = DescribeTargetGroups,
        ["ModifyTargetGroup"] = ModifyTargetGroup,
        ["ModifyTargetGroupAttributes"] = ModifyAttributes,
        ["DescribeTargetGroupAttributes"] = p => ShowAttributes(Group(p).Attributes),
        ["RegisterTargets"] = p => elb.PlanRegister(p.Required("TargetGroupArn"), Targets(p), p.Principal).Silently(),
        ["DeregisterTargets"] = p => elb.PlanDeregister(p.Required("TargetGroupArn"), Targets(p), p.Principal).Silently(),
        ["DescribeTargetHealth"] = DescribeHealth,
        ["AddTags"] = p => ElbTags.PlanAdd(p, elb.TagsOf).Silently(),
        ["RemoveTags"] = p => ElbTags.PlanRemove(p, elb.TagsOf).Silently(),
        ["DescribeTags"] = DescribeTags,
    };

    internal static ListPage Page(QueryParameters p)
    {
        var size = ListPage.SizeOf(p, "PageSize", MaxPage, MaxPage);
        return new ListPage(size, ListPage.Before(p["Marker"], () => AwsErrorException.Validation($"The marker '{p["Marker"]}' is not valid")), "NextMarker");
    }

    internal static Action<XmlBuffer> ShowAttributes(IEnumerable<KeyValuePair<string, string>> attributes) => xml =>
        xml.Pairs("Attributes", "member", "Key", "Value", attributes);

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
            HealthCheck = Check(p, new HealthCheck()),
            InUse = false,
        });
        var tags = ElbTags.Read(p);
        return xml =>
        {
            var group = create();
            group.Tags.Put(tags);
            xml.List("TargetGroups", "member", [group], each => TargetGroupXml.Write(xml, each));
        };
    }

    /// <summary>A health check with what was given put over what it was.</summary>
    private static HealthCheck Check(QueryParameters p, HealthCheck before)
    {
        // Another protocol brings its own path and codes, one kind of code takes the place of the other.
        var kept = (p["HealthCheckProtocol"] ?? before.Protocol) == before.Protocol ? before : before with { Path = null, HttpCode = null, GrpcCode = null };
        return before with
        {
            Enabled = p.Flag("HealthCheckEnabled") ?? before.Enabled,
            Protocol = p["HealthCheckProtocol"] ?? before.Protocol,
            Port = p["HealthCheckPort"] ?? before.Port,
            Path = p["HealthCheckPath"] ?? kept.Path,
            IntervalSeconds = p.Number("HealthCheckIntervalSeconds") ?? before.IntervalSeconds,
            TimeoutSeconds = p.Number("HealthCheckTimeoutSeconds") ?? before.TimeoutSeconds,
            HealthyThreshold = p.Number("HealthyThresholdCount") ?? before.HealthyThreshold,
            UnhealthyThreshold = p.Number("UnhealthyThresholdCount") ?? before.UnhealthyThreshold,
            HttpCode = p["Matcher.HttpCode"] ?? (p["Matcher.GrpcCode"] is null ? kept.HttpCode : null),
            GrpcCode = p["Matcher.GrpcCode"] ?? (p["Matcher.HttpCode"] is null ? kept.GrpcCode : null),
        };
    }

    private Action<XmlBuffer> ModifyTargetGroup(QueryParameters p)
    {
        var group = Group(p);
        var change = elb.PlanHealthCheck(group, Check(p, group.Spec.HealthCheck));
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
            ShowAttributes(group.Attributes)(xml);
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
            xml.Pairs("Tags", "member", "Key", "Value", resource.Tags);
        });
    }
}
