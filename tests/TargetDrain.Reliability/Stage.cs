using System.Net;
using TargetDrain.Emulator;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Reliability;

/// <summary>
/// An emulated account with TargetDrain installed, in virtual time. Whatever leaves, leaves through here, so that the
/// <see cref="Ledger"/> knows which registrations have to go and which must not be touched.
/// </summary>
internal sealed class Stage
{
    public const string OurHook = "target-drain";

    private Stage(VirtualClock clock, World world, Installation installation)
    {
        Clock = clock;
        World = world;
        Installation = installation;
        Ledger = new Ledger(world, installation);
    }

    public VirtualClock Clock { get; }

    public World World { get; }

    public Installation Installation { get; }

    public Ledger Ledger { get; }

    /// <summary>Plays on a clock of its own.</summary>
    /// <returns>What did not hold; empty when all did.</returns>
    public static IReadOnlyList<string> Play(
        Func<Stage, Task> play, InstallationOptions? options = null, WorldOptions? world = null, int seed = 1, TimeSpan latency = default,
        bool reconciles = false)
    {
        IReadOnlyList<string> broken = [];
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var account = new World(clock, world);
            account.Latency.Default = latency;
            using var installation = Installation.InProcess(account, (options ?? new()) with { Scheduled = reconciles, Environment = Reconciling(options, reconciles) }, seed);
            var stage = new Stage(clock, account, installation);
            stage.Ledger.NothingMayStay = reconciles;
            await play(stage);
            broken = stage.Ledger.Close();
        });
        return broken;
    }

    // What the reconciler only tells stays behind; here it is to remove it.
    private static IReadOnlyDictionary<string, string> Reconciling(InstallationOptions? options, bool reconciles)
    {
        var given = options?.Environment ?? new Dictionary<string, string>();
        return reconciles ? given.Append(new("RECONCILE_ORPHANS", "remove")).ToDictionary() : given;
    }

    public Task Pass(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Clock);

    public TargetGroup Group(string name, double delay = 300, string type = "instance", string? vpc = null) =>
        World.LoadBalancing.CreateTargetGroup(new TargetGroupSpec(name)
        {
            TargetType = type, VpcId = vpc, DeregistrationDelay = TimeSpan.FromSeconds(delay),
        });

    public void Delete(TargetGroup group)
    {
        World.LoadBalancing.DeleteTargetGroup(group.Arn, force: true);
        Ledger.Deleted(group.Arn);
    }

    public Instance Launch(InstanceSpec? spec = null)
    {
        var instance = World.Compute.RunInstance(spec);
        Ledger.Launched(instance);
        return instance;
    }

    /// <summary>An instance that serves in the groups.</summary>
    public Instance Serve(params IReadOnlyList<TargetGroup> groups)
    {
        var instance = Launch();
        foreach (var group in groups) Register(group, instance);
        return instance;
    }

    /// <summary>By its id, or by its first address in an ip group.</summary>
    public void Register(TargetGroup group, Instance instance, int? port = null) =>
        Register(group, group.Spec.TargetType == "ip" ? instance.PrivateIpAddress! : instance.Id, port);

    public void Register(TargetGroup group, string id, int? port = null) => World.LoadBalancing.Register(group.Arn, new TargetSpec(id, port));

    /// <summary>An Auto Scaling group with one hook of ours and these members.</summary>
    public AutoScalingGroup Scale(string name, int heartbeat, params IReadOnlyList<Instance> members)
    {
        var group = World.AutoScaling.CreateGroup(new AutoScalingGroupSpec(name));
        World.AutoScaling.PutHook(name, new LifecycleHook(OurHook) { HeartbeatTimeout = heartbeat });
        World.AutoScaling.AttachInstances(name, [.. members.Select(member => member.Id)]);
        return group;
    }

    public void ScaleIn(Instance instance)
    {
        Ledger.Leaves(instance);
        World.AutoScaling.TerminateInstance(instance.Id);
    }

    public void ToWarmPool(Instance instance)
    {
        Ledger.Leaves(instance);
        World.AutoScaling.ReturnToWarmPool(instance.Id);
    }

    public void Terminate(Instance instance)
    {
        Ledger.Leaves(instance);
        World.Compute.Terminate(instance.Id);
    }

    public void Interrupt(Instance instance, string action = "terminate")
    {
        Ledger.Leaves(instance);
        World.Compute.InterruptSpot(instance.Id, action);
    }

    public void Stop(Instance instance)
    {
        Ledger.Leaves(instance);
        World.Compute.Stop(instance.Id);
    }

    /// <summary>One that was stopped serves again, in these groups.</summary>
    public void Return(Instance instance, params IReadOnlyList<TargetGroup> groups)
    {
        World.Compute.Start(instance.Id);
        Ledger.Returns(instance);
        foreach (var group in groups) Register(group, instance);
    }

    /// <summary>A secondary address goes over to another instance, and whatever is registered by it.</summary>
    public void Move(string address, Instance from, Instance to)
    {
        World.Compute.UnassignPrivateIpAddress(from.Interfaces[0].Id, address);
        World.Compute.AssignPrivateIpAddresses(to.Interfaces[0].Id, new InterfaceSpec { SecondaryAddresses = [address] });
        Ledger.Launched(to);
    }

    /// <summary>A message that nobody can understand.</summary>
    public void Poison(string body)
    {
        Ledger.Poison(body);
        Installation.Queue.Send(body);
    }
}
