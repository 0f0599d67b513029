using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>ELBv2: target groups, the load balancers that use them, and (in the other file) the targets.</summary>
public sealed partial class ElasticLoadBalancing
{
    private readonly StateLock state;
    private readonly Agenda agenda;
    private readonly IdSource ids;
    private readonly ElasticCompute compute;
    private readonly WorldOptions options;
    private readonly Dictionary<string, TargetGroup> groups = [];
    private readonly Dictionary<string, TargetGroup> groupsByName = [];
    private readonly SortedList<int, TargetGroup> groupsInOrder = [];
    private readonly Dictionary<string, LoadBalancer> loadBalancers = [];
    private readonly List<Listener> listeners = [];
    private int lastNumber;

    internal ElasticLoadBalancing(StateLock state, Agenda agenda, IdSource ids, ElasticCompute compute, WorldOptions options)
    {
        this.state = state;
        this.agenda = agenda;
        this.ids = ids;
        this.compute = compute;
        this.options = options;
        compute.StateChanged += Follow;
    }

    public IReadOnlyList<TargetGroup> TargetGroups => state.Change(() => groupsInOrder.Values.ToList());

    public IReadOnlyList<LoadBalancer> LoadBalancers => state.Change(() => loadBalancers.Values.ToList());

    private string ArnStart => $"arn:aws:elasticloadbalancing:{options.Region}:{options.Account}:";

    public TargetGroup CreateTargetGroup(TargetGroupSpec spec) => state.Change(() =>
    {
        var complete = TargetGroupRules.Complete(spec, compute.DefaultVpc.Id);
        if (groupsByName.TryGetValue(spec.Name, out var twin))
            return SameGroup(twin.Spec, complete)
                ? twin
                : throw new AwsErrorException(
                    "DuplicateTargetGroupName", $"A target group with the same name '{spec.Name}' exists, but with different settings");
        if (complete.VpcId is { } vpcId) compute.Network.Vpc(vpcId);
        var group = new TargetGroup(complete, $"{ArnStart}targetgroup/{spec.Name}/{ids.Hex(16)}", ++lastNumber);
        groups.Add(group.Arn, group);
        groupsByName.Add(group.Name, group);
        groupsInOrder.Add(group.Number, group);
        return group;
    });

    /// <summary>Deletes it with all that is registered. Unknown is success. A listener that uses it forbids it, unless forced.</summary>
    public void DeleteTargetGroup(string arn, bool force = false) => state.Change(() =>
    {
        if (!groups.TryGetValue(arn, out var group)) return;
        if (group.LoadBalancers.Count > 0 && !force)
            throw new AwsErrorException(
                "ResourceInUse", $"Target group '{arn}' is currently in use by a listener or a rule");
        var registered = group.Targets.Ids.ToList();
        group.Targets.Clear();
        foreach (var id in registered) Unindex(id, group);
        groups.Remove(arn);
        groupsByName.Remove(group.Name);
        groupsInOrder.Remove(group.Number);
    });

    /// <exception cref="AwsErrorException">TargetGroupNotFound, or ValidationError when the ARN is none.</exception>
    public TargetGroup Find(string arn) => state.Change(() =>
    {
        if (groups.TryGetValue(arn, out var group)) return group;
        if (!arn.Contains(":targetgroup/", StringComparison.Ordinal))
            throw AwsErrorException.Validation($"'{arn}' is not a valid target group ARN");
        throw new AwsErrorException("TargetGroupNotFound", "One or more target groups not found");
    });

    public TargetGroup FindByName(string name) => state.Change(() => groupsByName.GetValueOrDefault(name)
        ?? throw new AwsErrorException("TargetGroupNotFound", "One or more target groups not found"));

    /// <summary>Drains under way keep the delay they began with.</summary>
    public void SetAttribute(string targetGroupArn, string key, string value) => state.Change(() =>
    {
        var group = Find(targetGroupArn);
        TargetGroupAttributes.Check(group, key, value);
        group.AttributeMap[key] = value;
    });

    public LoadBalancer CreateLoadBalancer(string name, string type = "application", string? vpcId = null, string scheme = "internal") =>
        state.Change(() =>
        {
            if (loadBalancers.Values.FirstOrDefault(other => other.Name == name) is { } twin)
                return twin.Type == type
                    ? twin
                    : throw new AwsErrorException(
                        "DuplicateLoadBalancerName", $"A load balancer with the same name '{name}' exists, but with different settings");
            var kind = type switch { "application" => "app", "network" => "net", _ => "gwy" };
            var balancer = new LoadBalancer(
                $"{ArnStart}loadbalancer/{kind}/{name}/{ids.Hex(16)}", name, type, scheme,
                vpcId ?? compute.DefaultVpc.Id, agenda.Now);
            return loadBalancers[balancer.Arn] = balancer;
        });

    /// <summary>From now on the load balancer sends to these groups.</summary>
    public Listener CreateListener(string loadBalancerArn, string? protocol, int? port, params IReadOnlyList<string> targetGroupArns) =>
        state.Change(() =>
        {
            var balancer = FindLoadBalancer(loadBalancerArn);
            foreach (var group in targetGroupArns.Select(Find))
            {
                if (group.LoadBalancers.Any(other => other != balancer.Arn))
                    throw new AwsErrorException(
                        "TargetGroupAssociationLimit", $"Target group '{group.Arn}' is already used by another load balancer");
                if (!group.LoadBalancers.Contains(balancer.Arn)) group.LoadBalancers.Add(balancer.Arn);
            }
            var arn = $"{balancer.Arn.Replace(":loadbalancer/", ":listener/", StringComparison.Ordinal)}/{ids.Hex(16)}";
            var listener = new Listener(arn, balancer.Arn, protocol, port, targetGroupArns);
            listeners.Add(listener);
            return listener;
        });

    public LoadBalancer FindLoadBalancer(string arn) => state.Change(() => loadBalancers.GetValueOrDefault(arn)
        ?? throw new AwsErrorException("LoadBalancerNotFound", $"Load balancer '{arn}' not found"));

    /// <summary>The tags of a target group or load balancer, to read and to change.</summary>
    internal Dictionary<string, string> TagsOf(string arn) =>
        arn.Contains(":loadbalancer/", StringComparison.Ordinal) ? FindLoadBalancer(arn).TagMap : Find(arn).TagMap;

    internal IReadOnlyDictionary<string, string>? SeekTags(string arn) => state.Change(() => groups.GetValueOrDefault(arn)?.TagMap);

    internal string? VpcOfSubnet(string? subnetId) => subnetId is null ? null : compute.Network.Subnet(subnetId).Vpc.Id;

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

    private static bool SameGroup(TargetGroupSpec one, TargetGroupSpec other) =>
        one with { Tags = other.Tags, InUse = other.InUse, DeregistrationDelay = other.DeregistrationDelay } == other;
}
