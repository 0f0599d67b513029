using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.LoadBalancing;

namespace TargetDrain.Local.Demo;

/// <summary>
/// A small fleet as people run it. Auto Scaling knows one of its target groups; the rest was registered by somebody
/// else, and in another VPC a stranger uses the same address.
/// </summary>
internal sealed class DemoWorld
{
    public const string SurvivorRole = "survivor";

    private const string SharedAddress = "172.31.0.200";

    private readonly Dictionary<string, Instance> serving = [];

    public DemoWorld(World world)
    {
        World = world;
        Attached = Group("shop-attached", delay: 4, "instance", "HTTP", 80);
        Web = Group("shop-web", delay: 8, "instance", "HTTP", 8080);
        Game = Group("game-nlb", delay: 12, "instance", "TCP", 7777);
        Pods = Group("pods-ip", delay: 6, "ip", "HTTP", 3000);

        Scaled = Serve("scaled in");
        Spot = Serve("spot", new InstanceSpec { SpotBehavior = "terminate" });
        Stray = Serve("by hand", new InstanceSpec { Interfaces = [new InterfaceSpec { SecondaryAddresses = [SharedAddress] }] });
        Survivor = Serve(SurvivorRole);

        var otherVpc = world.Compute.CreateVpc("172.31.0.0/16");
        var subnet = world.Compute.CreateSubnet(otherVpc.Id, "172.31.0.0/20");
        Stranger = world.Compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { SubnetId = subnet.Id, Address = SharedAddress }] });
        Elsewhere = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("other-vpc-ip")
        {
            TargetType = "ip", Protocol = "HTTP", Port = 3000, VpcId = otherVpc.Id, DeregistrationDelay = TimeSpan.FromSeconds(5),
        });
        world.LoadBalancing.Register(Elsewhere.Arn, new TargetSpec(SharedAddress));

        world.AutoScaling.CreateGroup(new AutoScalingGroupSpec("shop") { TargetGroupArns = [Attached.Arn] });
        world.AutoScaling.PutHook("shop", new LifecycleHook("target-drain") { HeartbeatTimeout = 30 });
        world.AutoScaling.AttachInstances("shop", Scaled.Id, Survivor.Id);
    }

    public World World { get; }

    /// <summary>The group that Auto Scaling itself drains.</summary>
    public TargetGroup Attached { get; }

    public TargetGroup Web { get; }

    public TargetGroup Game { get; }

    public TargetGroup Pods { get; }

    /// <summary>The stranger's group.</summary>
    public TargetGroup Elsewhere { get; }

    public Instance Scaled { get; }

    public Instance Spot { get; }

    public Instance Stray { get; }

    public Instance Survivor { get; }

    public Instance Stranger { get; }

    /// <summary>Ids and addresses of the three that leave.</summary>
    public IEnumerable<string> Dying => serving.Where(entry => entry.Value != Survivor).Select(entry => entry.Key);

    /// <summary>Those of the three that leave and the one that stays, by id or address.</summary>
    public Instance? InstanceOf(string idOrAddress) => serving.GetValueOrDefault(idOrAddress);

    public IReadOnlyList<TargetGroup> Groups => [Attached, Web, Game, Pods, Elsewhere];

    private TargetGroup Group(string name, int delay, string type, string protocol, int port) =>
        World.LoadBalancing.CreateTargetGroup(new TargetGroupSpec(name)
        {
            TargetType = type, Protocol = protocol, Port = port, DeregistrationDelay = TimeSpan.FromSeconds(delay),
        });

    private Instance Serve(string role, InstanceSpec? spec = null)
    {
        var instance = World.Compute.RunInstance((spec ?? new InstanceSpec()) with { Tags = new Dictionary<string, string> { ["Name"] = role } });
        World.LoadBalancing.Register(Web.Arn, new TargetSpec(instance.Id));
        World.LoadBalancing.Register(Game.Arn, new TargetSpec(instance.Id, 7777), new TargetSpec(instance.Id, 7778));
        foreach (var address in instance.Interfaces.SelectMany(card => card.Addresses))
        {
            World.LoadBalancing.Register(Pods.Arn, new TargetSpec(address.ToString()));
            serving[address.ToString()] = instance;
        }
        serving[instance.Id] = instance;
        return instance;
    }
}
