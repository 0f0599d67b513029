using TargetDrain.Emulator.Compute;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>ELBv2: target groups and (in the other file) their targets. Load balancers are in <see cref="LoadBalancing.LoadBalancers"/>.</summary>
internal sealed partial class ElasticLoadBalancing(ServiceContext context, ElasticCompute compute)
{
    private readonly StateLock state = context.State;
    private readonly Dictionary<string, TargetGroup> groups = [];
    private readonly Dictionary<string, TargetGroup> groupsByName = [];
    private readonly SortedList<int, TargetGroup> groupsInOrder = [];
    private int lastNumber;

    public IReadOnlyList<LoadBalancer> LoadBalancers => state.Read(() => Balancers.All.ToList());

    internal LoadBalancers Balancers => field ??= new LoadBalancers(context, this);

    public LoadBalancer CreateLoadBalancer(string name, string type = "application", string? vpcId = null, string scheme = "internal") =>
        state.Perform(() => Balancers.Plan(new LoadBalancerSpec(name, type, scheme, vpcId ?? compute.DefaultVpc.Id)));

    /// <summary>From now on the load balancer sends to these groups.</summary>
    public Listener CreateListener(string loadBalancerArn, string? protocol, int? port, params IReadOnlyList<string> targetGroupArns) =>
        state.Perform(() => Balancers.PlanListener(
            new Listener("", loadBalancerArn, protocol, port, targetGroupArns) { Actions = [.. targetGroupArns.Select(ListenerActions.Forward)] }));

    public LoadBalancer FindLoadBalancer(string arn) => state.Read(() => Balancers.Find(arn));

    public IReadOnlyList<TargetGroup> TargetGroups => state.Read(() => groupsInOrder.Values.ToList());

    public TargetGroup CreateTargetGroup(TargetGroupSpec spec) => state.Perform(() => PlanTargetGroup(spec));

    /// <summary>Deletes it with all that is registered. Unknown is success. A listener that uses it forbids it, unless forced.</summary>
    public void DeleteTargetGroup(string arn, bool force = false) => state.Perform(() => PlanDelete(arn, force));

    /// <exception cref="AwsErrorException">TargetGroupNotFound, or ValidationError when the ARN is none.</exception>
    public TargetGroup Find(string arn) => state.Read(() =>
    {
        CheckArn(arn);
        return groups.GetValueOrDefault(arn) ?? throw NotFound();
    });

    public TargetGroup FindByName(string name) => state.Read(() => groupsByName.GetValueOrDefault(name) ?? throw NotFound());

    /// <summary>Drains under way keep the delay they began with.</summary>
    public void SetAttribute(string targetGroupArn, string key, string value) =>
        state.Perform(() => PlanAttributes(Find(targetGroupArn), [KeyValuePair.Create(key, value)]));

    internal Func<TargetGroup> PlanTargetGroup(TargetGroupSpec spec)
    {
        var complete = TargetGroupRules.Complete(spec, compute.DefaultVpc.Id);
        if (groupsByName.TryGetValue(spec.Name, out var twin))
            return SameGroup(twin.Spec, complete)
                ? () => twin
                : throw new AwsErrorException(
                    "DuplicateTargetGroupName", $"A target group with the same name '{spec.Name}' exists, but with different settings");
        if (complete.VpcId is { } vpcId && compute.Network.SeekVpc(vpcId) is null)
            throw AwsErrorException.Validation($"The VPC ID '{vpcId}' is not found");
        return () =>
        {
            var group = new TargetGroup(complete, context.Arn("elasticloadbalancing", $"targetgroup/{spec.Name}/{context.Ids.Hex(16)}"), ++lastNumber);
            groups.Add(group.Arn, group);
            groupsByName.Add(group.Name, group);
            groupsInOrder.Add(group.Number, group);
            return group;
        };
    }

    internal Action PlanDelete(string arn, bool force)
    {
        CheckArn(arn);
        if (!groups.TryGetValue(arn, out var group)) return () => { };
        if (group.LoadBalancerArns.Count > 0 && !force)
            throw new AwsErrorException(
                "ResourceInUse", $"Target group '{arn}' is currently in use by a listener or a rule");
        return () =>
        {
            var registered = group.Targets.Ids.ToList();
            group.Targets.Clear();
            foreach (var id in registered) Unindex(id, group);
            groups.Remove(arn);
            groupsByName.Remove(group.Name);
            groupsInOrder.Remove(group.Number);
        };
    }

    internal static Action PlanAttributes(TargetGroup group, IReadOnlyList<KeyValuePair<string, string>> given)
    {
        var values = AttributeRule.Check("Target group", TargetGroupAttributes.RulesFor(group.Spec), given);
        return () => group.Attributes.Put(values);
    }

    /// <summary>Other health checks; the rest of a group cannot be changed.</summary>
    internal Action PlanHealthCheck(TargetGroup group, HealthCheck check)
    {
        var complete = TargetGroupRules.Complete(group.Spec with { HealthCheck = check, HealthCheckPort = check.Port ?? group.Spec.HealthCheckPort }, compute.DefaultVpc.Id);
        return () => group.Spec = complete;
    }

    /// <summary>The tags of a target group, load balancer, listener or rule, to read and to change.</summary>
    internal Dictionary<string, string> TagsOf(string arn) => arn.Split(':', 6) switch
    {
        [.., var name] when name.StartsWith("loadbalancer/", StringComparison.Ordinal) => Balancers.Find(arn).Tags,
        [.., var name] when name.StartsWith("listener/", StringComparison.Ordinal) => Balancers.FindListener(arn).Tags,
        [.., var name] when name.StartsWith("listener-rule/", StringComparison.Ordinal) => Balancers.FindRule(arn).Tags,
        _ => Find(arn).Tags,
    };

    internal IReadOnlyDictionary<string, string>? SeekTags(string arn) => state.Read(() => groups.GetValueOrDefault(arn)?.Tags);

    internal bool HasSecurityGroup(string id, string vpcId) => compute.SecurityGroups.Has(id, vpcId);

    internal Subnet? SeekSubnet(string id) => compute.Network.SeekSubnet(id);

    /// <summary>The groups after the one with this number, in order.</summary>
    internal IEnumerable<TargetGroup> After(int number)
    {
        var (low, high) = (0, groupsInOrder.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (groupsInOrder.GetKeyAtIndex(middle) <= number) low = middle + 1;
            else high = middle;
        }
        for (var index = low; index < groupsInOrder.Count; index++) yield return groupsInOrder.GetValueAtIndex(index);
    }

    private static void CheckArn(string arn)
    {
        if (!arn.Contains(":targetgroup/", StringComparison.Ordinal)) throw AwsErrorException.Validation($"'{arn}' is not a valid target group ARN");
    }

    private static AwsErrorException NotFound() => new("TargetGroupNotFound", "One or more target groups not found");

    private static bool SameGroup(TargetGroupSpec one, TargetGroupSpec other) =>
        one with { Tags = other.Tags, InUse = other.InUse, DeregistrationDelay = other.DeregistrationDelay } == other;
}
