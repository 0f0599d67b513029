using TargetDrain.Emulator;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.LoadBalancing;

namespace TargetDrain.Benchmarks.Storms;

/// <summary>
/// An account before the storm, with the limits AWS documents and 20 ms for every call. Shared groups stand evenly in
/// the listing, one of them last, so that no order of asking is lucky.
/// </summary>
internal sealed class StormWorld
{
    public static readonly TimeSpan CallLatency = TimeSpan.FromMilliseconds(20);

    private const int TargetsPerGroup = 1000;

    // Of the quota, for what is added to full groups.
    private const int Spare = 100;

    private const int MembersPerScalingGroup = 500;
    private const int GroupsPerLoadBalancer = 100;

    private readonly List<int[]> places;
    private readonly string subnetId;

    /// <summary>What a world must be made with.</summary>
    public static readonly WorldOptions Options = new() { TargetsPerGroup = TargetsPerGroup + Spare };

    public StormWorld(TimeProvider clock, StormSize size, int drainSeconds = 300, int heartbeatSeconds = 3600)
        : this(new World(clock, Options), size, drainSeconds, heartbeatSeconds)
    {
    }

    /// <param name="world">Empty, and not limited yet.</param>
    public StormWorld(World world, StormSize size, int drainSeconds, int heartbeatSeconds)
    {
        Size = size;
        places = Places(size);
        World = world;
        World.Journal.Paused = true;
        var vpc = World.Compute.CreateVpc("10.0.0.0/16");
        subnetId = World.Compute.CreateSubnet(vpc.Id, "10.0.0.0/17").Id;
        Groups = [.. Enumerable.Range(0, size.TargetGroups).Select(number => Create(number, vpc.Id, drainSeconds))];
        foreach (var (groups, number) in Groups.Chunk(GroupsPerLoadBalancer).Select((groups, number) => (groups, number)))
        {
            var balancer = World.LoadBalancing.CreateLoadBalancer($"lb-{number}");
            World.LoadBalancing.CreateListener(balancer.Arn, "HTTP", 80, [.. groups.Select(group => group.Arn)]);
        }
        Instances = World.Compute.RunInstances(
            new InstanceSpec { SubnetId = subnetId, SpotBehavior = size.Cause == Cause.Spot ? "terminate" : null }, size.Instances);
        for (var i = 0; i < Instances.Count; i++)
            foreach (var group in GroupsOf(i))
                World.LoadBalancing.Register(Groups[group].Arn, new TargetSpec(TargetIn(Groups[group], Instances[i])));
        foreach (var (members, number) in Instances.Chunk(MembersPerScalingGroup).Select((members, number) => (members, number)))
        {
            World.AutoScaling.CreateGroup(new AutoScalingGroupSpec($"web-{number}"));
            World.AutoScaling.PutHook($"web-{number}", new LifecycleHook("target-drain") { HeartbeatTimeout = heartbeatSeconds });
            World.AutoScaling.AttachInstances($"web-{number}", [.. members.Select(member => member.Id)]);
        }
        World.Journal.Paused = false;
        World.Throttle.IsOn = true;
        World.Latency.Default = CallLatency;
    }

    public StormSize Size { get; }

    public World World { get; }

    public IReadOnlyList<TargetGroup> Groups { get; }

    public IReadOnlyList<Instance> Instances { get; }

    /// <summary>How many targets each group holds, in the order of the listing.</summary>
    public IReadOnlyList<int> TargetCounts
    {
        get
        {
            var counts = new int[Groups.Count];
            for (var i = 0; i < Size.Instances; i++)
                foreach (var group in GroupsOf(i)) counts[group]++;
            return counts;
        }
    }

    /// <summary>All of them, evenly over the given time.</summary>
    public async Task StrikeAsync(TimeSpan within)
    {
        foreach (var instance in Instances)
        {
            Strike(instance);
            if (within > TimeSpan.Zero) await Task.Delay(within / Instances.Count, World.Clock);
        }
    }

    /// <summary>Spot instances that stand alone, with nobody who waits for them, each in these groups.</summary>
    public IReadOnlyList<Instance> AddSpot(IEnumerable<IReadOnlyList<int>> groupsOfEach)
    {
        World.Journal.Paused = true;
        var added = groupsOfEach.Select(groups =>
        {
            var instance = World.Compute.RunInstance(new InstanceSpec { SubnetId = subnetId, SpotBehavior = "terminate" });
            foreach (var group in groups) World.LoadBalancing.Register(Groups[group].Arn, new TargetSpec(TargetIn(Groups[group], instance)));
            return instance;
        }).ToList();
        World.Journal.Paused = false;
        return added;
    }

    /// <summary>Somebody else was first.</summary>
    public void DeregisterAll()
    {
        foreach (var group in Groups)
            if (World.LoadBalancing.Targets(group.Arn) is { Count: > 0 } targets)
                World.LoadBalancing.Deregister(group.Arn, [.. targets.Select(target => target.Target)]);
    }

    public void Strike(Instance instance)
    {
        if (Size.Cause == Cause.Spot) World.Compute.InterruptSpot(instance.Id);
        else World.AutoScaling.TerminateInstance(instance.Id);
    }

    private int[] GroupsOf(int instance) => places[instance];

    // The same seed for every strategy: all meet the same account.
    private static List<int[]> Places(StormSize size)
    {
        var random = new Random(1);
        var perInstance = Math.Min(size.Registrations, size.TargetGroups);
        var blocks = (size.Instances + TargetsPerGroup - 1) / TargetsPerGroup;
        return [.. Enumerable.Range(0, size.Instances).Select(instance =>
        {
            if (size.Spread == Spread.Everywhere)
                return [.. Enumerable.Range(0, size.TargetGroups).OrderBy(_ => random.Next()).Take(perInstance)];
            var first = (instance / TargetsPerGroup) * perInstance;
            return Enumerable.Range(first + 1, perInstance).Select(hot => (hot * size.TargetGroups / (blocks * perInstance)) - 1).ToArray();
        })];
    }

    private TargetGroup Create(int number, string vpcId, int drainSeconds) => World.LoadBalancing.CreateTargetGroup(new TargetGroupSpec($"tg-{number}")
    {
        TargetType = number * Size.IpPercent / 100 != (number + 1) * Size.IpPercent / 100 ? "ip" : "instance",
        VpcId = vpcId,
        DeregistrationDelay = TimeSpan.FromSeconds(drainSeconds),
    });

    private static string TargetIn(TargetGroup group, Instance instance) =>
        group.Spec.TargetType == "ip" ? instance.PrivateIpAddress! : instance.Id;
}
