namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>ELBv2's load balancers, listeners and rules on the wire.</summary>
internal sealed class BalancerQueryApi(ElasticLoadBalancing elb)
{
    private LoadBalancers Balancers => elb.Balancers;

    public IReadOnlyDictionary<string, QueryOperation> Operations => new Dictionary<string, QueryOperation>
    {
        ["CreateLoadBalancer"] = Create,
        ["DescribeLoadBalancers"] = Describe,
        ["DeleteLoadBalancer"] = p => Balancers.PlanDelete(p.Required("LoadBalancerArn")).Silently(),
        ["DescribeLoadBalancerAttributes"] = p => LoadBalancingQueryApi.ShowAttributes(Balancers.Find(p.Required("LoadBalancerArn")).Attributes),
        ["ModifyLoadBalancerAttributes"] = ModifyAttributes,
        ["CreateListener"] = CreateListener,
        ["DescribeListeners"] = DescribeListeners,
        ["ModifyListener"] = ModifyListener,
        ["DeleteListener"] = p =>
        {
            var listener = Balancers.FindListener(p.Required("ListenerArn"));
            return _ => Balancers.Remove(listener);
        },
        ["CreateRule"] = CreateRule,
        ["DescribeRules"] = DescribeRules,
        ["DeleteRule"] = DeleteRule,
    };

    private Action<XmlBuffer> Create(QueryParameters p)
    {
        var create = Balancers.Plan(BalancerRequest.Read(p, elb));
        return xml => xml.List("LoadBalancers", "member", [create()], each => BalancerXml.Write(xml, each));
    }

    private Action<XmlBuffer> Describe(QueryParameters p)
    {
        var page = LoadBalancingQueryApi.Page(p);
        var (arns, names) = (p.List("LoadBalancerArns.member"), p.List("Names.member"));
        if (arns.Count > 20 || names.Count > 20) throw AwsErrorException.Validation("Up to 20 load balancers can be named");
        if (arns.Count > 0 && names.Count > 0)
            throw AwsErrorException.Validation("Load balancer names and load balancer ARNs cannot be specified at the same time");
        var named = arns.Select(Balancers.Find).Concat(names.Select(name => Balancers.FindByName(name)
            ?? throw new AwsErrorException("LoadBalancerNotFound", $"Load balancers '[{name}]' not found"))).Distinct().ToList();
        return xml => page.Write(
            xml, "LoadBalancers", named.Count > 0 ? named : Balancers.All, each => BalancerXml.Write(xml, each));
    }

    private Action<XmlBuffer> ModifyAttributes(QueryParameters p)
    {
        var balancer = Balancers.Find(p.Required("LoadBalancerArn"));
        var values = AttributeRule.Check(
            "Load balancer", LoadBalancerAttributes.RulesFor(balancer.Type), [.. p.Items("Attributes.member").Select(LoadBalancingQueryApi.Attribute)]);
        return xml =>
        {
            balancer.Attributes.Put(values);
            LoadBalancingQueryApi.ShowAttributes(balancer.Attributes)(xml);
        };
    }

    private Action<XmlBuffer> CreateListener(QueryParameters p)
    {
        var balancer = Balancers.Find(p.Required("LoadBalancerArn"));
        var wanted = ListenerRequest.Read(p, balancer, elb, null);
        var tags = ElbTags.Read(p);
        var create = Balancers.PlanListener(wanted with { Tags = tags });
        return xml => xml.List("Listeners", "member", [create()], each => BalancerXml.Write(xml, each));
    }

    private Action<XmlBuffer> ModifyListener(QueryParameters p)
    {
        var listener = Balancers.FindListener(p.Required("ListenerArn"));
        var change = Balancers.PlanListener(ListenerRequest.Read(p, Balancers.Find(listener.LoadBalancerArn), elb, listener));
        return xml => xml.List("Listeners", "member", [change()], each => BalancerXml.Write(xml, each));
    }

    private Action<XmlBuffer> DescribeListeners(QueryParameters p)
    {
        var page = LoadBalancingQueryApi.Page(p);
        var (balancer, arns) = (p["LoadBalancerArn"], p.List("ListenerArns.member"));
        if (string.IsNullOrEmpty(balancer) == (arns.Count == 0))
            throw AwsErrorException.Validation("You must specify either listener ARNs or a load balancer ARN");
        var found = arns.Count > 0 ? arns.Select(Balancers.FindListener).ToList() : [.. Balancers.ListenersOf(Balancers.Find(balancer!).Arn)];
        return xml => page.Write(xml, "Listeners", found, each => BalancerXml.Write(xml, each));
    }

    private Action<XmlBuffer> CreateRule(QueryParameters p)
    {
        var listener = Balancers.FindListener(p.Required("ListenerArn"));
        if (listener.Protocol is not ("HTTP" or "HTTPS"))
            throw AwsErrorException.Validation("Rules are supported only on Application Load Balancers");
        var actions = ListenerActions.Read(p.Items("Actions.member"), listener.Protocol);
        ListenerRequest.CheckGroups(actions, Balancers.Find(listener.LoadBalancerArn), listener.Protocol, elb);
        var conditions = RuleConditions.Read(p);
        var create = Balancers.PlanRule(new ListenerRule("", listener.Arn, p.Number("Priority") ?? 0, conditions, actions) { Tags = ElbTags.Read(p) });
        return xml => xml.List("Rules", "member", [create()], each => BalancerXml.Write(xml, each));
    }

    private Action<XmlBuffer> DescribeRules(QueryParameters p)
    {
        var page = LoadBalancingQueryApi.Page(p);
        var (listenerArn, arns) = (p["ListenerArn"], p.List("RuleArns.member"));
        if (string.IsNullOrEmpty(listenerArn) == (arns.Count == 0))
            throw AwsErrorException.Validation("You must specify either listener rule ARNs or a listener ARN");
        var rules = arns.Count > 0
            ? arns.ConvertAll(arn => Balancers.ListenerWithDefaultRule(arn) is { } owner ? Default(owner) : Balancers.FindRule(arn))
            : [.. Balancers.RulesOf(Balancers.FindListener(listenerArn!).Arn), Default(Balancers.FindListener(listenerArn!))];
        return xml => page.Write(xml, "Rules", rules, each => BalancerXml.Write(xml, each));
    }

    private Action<XmlBuffer> DeleteRule(QueryParameters p)
    {
        var arn = p.Required("RuleArn");
        if (Balancers.ListenerWithDefaultRule(arn) is not null)
            throw new AwsErrorException("OperationNotPermitted", $"Default rule '{arn}' cannot be deleted");
        var rule = Balancers.FindRule(arn);
        return _ => Balancers.Remove(rule);
    }

    // Every listener ends in one, without conditions; its priority is told as "default".
    private static ListenerRule Default(Listener listener) => new(listener.DefaultRuleArn, listener.Arn, 0, [], listener.Actions);
}
