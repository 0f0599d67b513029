namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>Load balancers, their listeners and rules. Used under the world's lock.</summary>
internal sealed class LoadBalancers(ServiceContext context, ElasticLoadBalancing targetGroups)
{
    private readonly Dictionary<string, LoadBalancer> balancers = [];
    private readonly Dictionary<string, Listener> listeners = [];
    private readonly Dictionary<string, ListenerRule> rules = [];

    public IEnumerable<LoadBalancer> All => balancers.Values;

    public LoadBalancer Find(string arn) => balancers.GetValueOrDefault(arn)
        ?? throw (arn.Contains(":loadbalancer/", StringComparison.Ordinal)
            ? new AwsErrorException("LoadBalancerNotFound", $"Load balancer '{arn}' not found")
            : AwsErrorException.Validation($"'{arn}' is not a valid load balancer ARN"));

    public LoadBalancer? FindByName(string name) => balancers.Values.FirstOrDefault(balancer => balancer.Name == name);

    public Listener FindListener(string arn) => listeners.GetValueOrDefault(arn)
        ?? throw (arn.Contains(":listener/", StringComparison.Ordinal)
            ? new AwsErrorException("ListenerNotFound", "One or more listeners not found")
            : AwsErrorException.Validation($"'{arn}' is not a valid listener ARN"));

    public ListenerRule FindRule(string arn) => rules.GetValueOrDefault(arn)
        ?? throw (arn.Contains(":listener-rule/", StringComparison.Ordinal)
            ? new AwsErrorException("RuleNotFound", "One or more rules not found")
            : AwsErrorException.Validation($"'{arn}' is not a valid rule ARN"));

    public IEnumerable<Listener> ListenersOf(string balancerArn) => listeners.Values.Where(listener => listener.LoadBalancerArn == balancerArn);

    public IEnumerable<ListenerRule> RulesOf(string listenerArn) =>
        rules.Values.Where(rule => rule.ListenerArn == listenerArn).OrderBy(rule => rule.Priority);

    public Listener? ListenerWithDefaultRule(string ruleArn) => listeners.Values.FirstOrDefault(listener => listener.DefaultRuleArn == ruleArn);

    public Func<LoadBalancer> Plan(LoadBalancerSpec spec)
    {
        TargetGroupRules.CheckName("Load balancer", spec.Name);
        if (spec.Name.StartsWith("internal-", StringComparison.Ordinal))
            throw AwsErrorException.Validation($"Load balancer name '{spec.Name}' cannot begin with 'internal-'");
        if (FindByName(spec.Name) is { } twin)
            return twin.Type == spec.Type && twin.Spec.Scheme == spec.Scheme && (spec.Subnets.Count == 0 || spec.Subnets.SequenceEqual(twin.Spec.Subnets))
                ? () => twin
                : throw new AwsErrorException(
                    "DuplicateLoadBalancerName", $"A load balancer with the same name '{spec.Name}' exists, but with different settings");
        var kind = spec.Type switch { "application" => "app", "network" => "net", _ => "gwy" };
        return () =>
        {
            var balancer = new LoadBalancer(
                context.Arn("elasticloadbalancing", $"loadbalancer/{kind}/{spec.Name}/{context.Ids.Hex(16)}"), spec, context.Now);
            return balancers[balancer.Arn] = balancer;
        };
    }

    /// <summary>Unknown is success; its listeners go with it.</summary>
    public Action PlanDelete(string arn)
    {
        if (!balancers.TryGetValue(arn, out var balancer))
        {
            if (!arn.Contains(":loadbalancer/", StringComparison.Ordinal)) throw AwsErrorException.Validation($"'{arn}' is not a valid load balancer ARN");
            return () => { };
        }
        if (balancer.Attributes[LoadBalancerAttributes.DeletionProtection] == "true")
            throw new AwsErrorException("OperationNotPermitted", $"Load balancer '{arn}' cannot be deleted because deletion protection is enabled");
        return () =>
        {
            foreach (var listener in ListenersOf(arn).ToList()) Remove(listener);
            balancers.Remove(arn);
            Relink(arn);
        };
    }

    /// <param name="wanted">Without an ARN it is a new one.</param>
    public Func<Listener> PlanListener(Listener wanted)
    {
        var balancer = Find(wanted.LoadBalancerArn);
        CheckGroups(balancer, wanted.TargetGroupArns);
        return () =>
        {
            var arn = wanted.Arn.Length > 0 ? wanted.Arn : $"{balancer.Arn.Replace(":loadbalancer/", ":listener/", StringComparison.Ordinal)}/{context.Ids.Hex(16)}";
            var listener = wanted with { Arn = arn };
            listeners[arn] = listener;
            Relink(balancer.Arn);
            return listener;
        };
    }

    public void Remove(Listener listener)
    {
        foreach (var rule in RulesOf(listener.Arn).ToList()) rules.Remove(rule.Arn);
        listeners.Remove(listener.Arn);
        Relink(listener.LoadBalancerArn);
    }

    public Func<ListenerRule> PlanRule(ListenerRule wanted)
    {
        var listener = FindListener(wanted.ListenerArn);
        if (RulesOf(listener.Arn).Any(rule => rule.Priority == wanted.Priority))
            throw new AwsErrorException("PriorityInUse", $"Priority '{wanted.Priority}' is currently in use");
        CheckGroups(Find(listener.LoadBalancerArn), [.. wanted.Actions.SelectMany(action => action.TargetGroupArns)]);
        return () =>
        {
            var rule = wanted with { Arn = $"{listener.Arn.Replace(":listener/", ":listener-rule/", StringComparison.Ordinal)}/{context.Ids.Hex(16)}" };
            rules.Add(rule.Arn, rule);
            Relink(listener.LoadBalancerArn);
            return rule;
        };
    }

    public void Remove(ListenerRule rule)
    {
        rules.Remove(rule.Arn);
        Relink(FindListener(rule.ListenerArn).LoadBalancerArn);
    }

    private void CheckGroups(LoadBalancer balancer, IReadOnlyList<string> arns)
    {
        foreach (var group in arns.Distinct().Select(targetGroups.Find))
            if (group.LoadBalancerArns.Any(other => other != balancer.Arn))
                throw new AwsErrorException(
                    "TargetGroupAssociationLimit", $"Target group '{group.Arn}' is already used by another load balancer");
    }

    /// <summary>Tells the groups which load balancer uses them, from its listeners and rules as they are now.</summary>
    private void Relink(string balancerArn)
    {
        var used = ListenersOf(balancerArn).SelectMany(listener => listener.TargetGroupArns
            .Concat(RulesOf(listener.Arn).SelectMany(rule => rule.Actions).SelectMany(action => action.TargetGroupArns))).ToHashSet();
        foreach (var group in targetGroups.After(0))
        {
            if (used.Contains(group.Arn) == group.LoadBalancerArns.Contains(balancerArn)) continue;
            if (used.Contains(group.Arn)) group.LoadBalancerArns.Add(balancerArn);
            else group.LoadBalancerArns.Remove(balancerArn);
        }
    }
}
