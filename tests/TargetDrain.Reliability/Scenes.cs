using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Reliability;

/// <summary>The situations that every fault and every crash is tried in.</summary>
internal static class Scenes
{
    public static IReadOnlyDictionary<string, Func<Stage, Task>> All { get; } = new Dictionary<string, Func<Stage, Task>>
    {
        ["plain"] = Plain,
        ["ports"] = SeveralGroupsAndPorts,
        ["ip"] = Addresses,
        ["batch"] = BatchOfTwenty,
        ["long"] = LongDrain,
        ["warm-pool"] = WarmPool,
        ["spot"] = Spot,
        ["unannounced"] = Unannounced,
        ["stale"] = OldMessagesOfThoseWhoServeAgain,
        ["again"] = RegisteredAgain,
        ["reused"] = AddressesReused,
    };

    // Longer than all retries of one message, so that whatever can still happen has happened.
    private const double Rest = 2 * 3600;

    private static async Task Plain(Stage stage)
    {
        var group = stage.Group("web");
        var instance = stage.Serve(group);
        stage.Serve(group);
        stage.Scale("web", heartbeat: 3600, instance);
        stage.ScaleIn(instance);
        await stage.Pass(Rest);
    }

    private static async Task SeveralGroupsAndPorts(Stage stage)
    {
        var (fast, slow, none) = (stage.Group("fast", delay: 30), stage.Group("slow", delay: 300), stage.Group("none", delay: 0));
        var (leaving, staying) = (stage.Serve(fast, slow, none), stage.Serve(fast, slow, none));
        foreach (var instance in new[] { leaving, staying })
        {
            stage.Register(fast, instance, port: 8080);
            stage.Register(slow, instance, port: 9090);
        }
        stage.Group("empty");
        stage.Scale("web", heartbeat: 3600, leaving);
        stage.ScaleIn(leaving);
        await stage.Pass(Rest);
    }

    private static async Task Addresses(Stage stage)
    {
        var (ip, ids) = (stage.Group("ip", delay: 60, type: "ip"), stage.Group("ids", delay: 30));
        var leaving = stage.Launch(new InstanceSpec
        {
            Interfaces = [new InterfaceSpec { SecondaryCount = 2 }, new InterfaceSpec { Ipv4PrefixCount = 1 }],
        });
        stage.Register(ids, leaving);
        foreach (var address in leaving.Interfaces.SelectMany(card => card.Addresses)) stage.Register(ip, address.ToString());
        stage.Register(ip, leaving.Interfaces[1].Ipv4Prefixes[0].BaseAddress.ToString(), port: 8080);
        stage.Serve(ip, ids);
        // Another VPC with the same addresses: nothing of ours is there.
        var elsewhere = stage.World.Compute.CreateVpc("172.31.0.0/16");
        stage.World.Compute.CreateSubnet(elsewhere.Id, "172.31.0.0/20");
        stage.Register(stage.Group("elsewhere", type: "ip", vpc: elsewhere.Id), leaving.PrivateIpAddress!);
        stage.Scale("web", heartbeat: 3600, leaving);
        stage.ScaleIn(leaving);
        await stage.Pass(Rest);
    }

    private static async Task BatchOfTwenty(Stage stage)
    {
        TargetGroup[] groups = [stage.Group("a", delay: 60), stage.Group("b", delay: 120), stage.Group("c", delay: 60)];
        var instances = Enumerable.Range(0, 20).Select(i => stage.Serve(groups[i % 3], groups[(i + 1) % 3])).ToList();
        stage.Serve(groups);
        stage.Scale("web", heartbeat: 3600, instances);
        stage.Poison("{\"detail-type\":");
        foreach (var instance in instances) stage.ScaleIn(instance);
        await stage.Pass(Rest);
    }

    private static async Task LongDrain(Stage stage)
    {
        var group = stage.Group("slow", delay: 900);
        var instance = stage.Serve(group);
        stage.Serve(group);
        stage.Scale("web", heartbeat: 300, instance);
        stage.ScaleIn(instance);
        await stage.Pass(Rest);
    }

    private static async Task WarmPool(Stage stage)
    {
        var group = stage.Group("web", delay: 60);
        var instance = stage.Serve(group);
        stage.Serve(group);
        stage.Scale("web", heartbeat: 3600, instance);
        stage.ToWarmPool(instance);
        await stage.Pass(Rest);
    }

    private static async Task Spot(Stage stage)
    {
        var (web, ip) = (stage.Group("web", delay: 60), stage.Group("ip", delay: 60, type: "ip"));
        var alone = stage.Launch(new InstanceSpec { SpotBehavior = "terminate" });
        var scaled = stage.Launch(new InstanceSpec { SpotBehavior = "terminate" });
        foreach (var instance in new[] { alone, scaled })
        {
            stage.Register(web, instance);
            stage.Register(ip, instance);
        }
        stage.Serve(web, ip);
        stage.Scale("web", heartbeat: 3600, scaled);
        stage.Interrupt(alone);
        stage.Interrupt(scaled);
        await stage.Pass(Rest);
    }

    private static async Task Unannounced(Stage stage)
    {
        var (web, ip) = (stage.Group("web", delay: 60), stage.Group("ip", delay: 60, type: "ip"));
        var instance = stage.Serve(web, ip);
        stage.Register(web, instance, port: 8080);
        stage.Serve(web, ip);
        stage.Ledger.AddressesMayStay = true;
        stage.Terminate(instance);
        await stage.Pass(Rest);
    }

    /// <summary>Three that left, each in a way from which instances come back, and every message once more and again when they have.</summary>
    private static async Task OldMessagesOfThoseWhoServeAgain(Stage stage)
    {
        Disorder.Replay(stage, until: TimeSpan.FromSeconds(Rest), TimeSpan.FromSeconds(20), TimeSpan.FromHours(3), TimeSpan.FromHours(6));
        var (web, ip) = (stage.Group("web", delay: 60), stage.Group("ip", delay: 60, type: "ip"));
        var (pooled, stopped) = (stage.Serve(web, ip), stage.Serve(web, ip));
        var spot = stage.Launch(new InstanceSpec { SpotBehavior = "stop" });
        foreach (var group in new[] { web, ip }) stage.Register(group, spot);
        stage.Serve(web, ip);
        stage.Scale("web", heartbeat: 3600, pooled);
        stage.ToWarmPool(pooled);
        stage.Stop(stopped);
        stage.Interrupt(spot, "stop");
        await stage.Pass(Rest);
        foreach (var instance in new[] { pooled, stopped, spot }) stage.Return(instance, web, ip);
        await stage.Pass(8 * 3600);
    }

    /// <summary>Somebody registers an instance again while one of its groups still drains: where it was, on another port, in a new group.</summary>
    private static async Task RegisteredAgain(Stage stage)
    {
        var (fast, slow, ip) = (stage.Group("fast", delay: 30), stage.Group("slow", delay: 300), stage.Group("ip", delay: 30, type: "ip"));
        var leaving = stage.Serve(fast, slow, ip);
        stage.Serve(fast, slow, ip);
        stage.Scale("web", heartbeat: 3600, leaving);
        stage.ScaleIn(leaving);
        await stage.Pass(150);
        var late = stage.Group("late", delay: 120);
        foreach (var register in new Action[]
        {
            () => stage.Register(fast, leaving), () => stage.Register(fast, leaving, port: 8080), () => stage.Register(late, leaving),
            () => stage.Register(ip, leaving), () => stage.Register(ip, leaving, port: 9090),
        })
        {
            try
            {
                register();
            }
            catch (AwsErrorException)
            {
                // A fault has held the drain up: AWS refuses an address that still drains.
            }
        }
        await stage.Pass(Rest);
    }

    /// <summary>An address goes to a fresh host while its instance still drains elsewhere, and the host serves with it.</summary>
    private static async Task AddressesReused(Stage stage)
    {
        var (ip, other, slow) = (stage.Group("ip", delay: 30, type: "ip"), stage.Group("other", delay: 30, type: "ip"), stage.Group("slow", delay: 300));
        var leaving = stage.Launch(new InstanceSpec { Interfaces = [new InterfaceSpec { SecondaryCount = 2 }] });
        var moving = leaving.Interfaces[0].Addresses[1].ToString();
        foreach (var id in new[] { moving, leaving.PrivateIpAddress! }) stage.Register(ip, id);
        stage.Register(slow, leaving);
        stage.Serve(ip, slow);
        stage.Scale("web", heartbeat: 3600, leaving);
        stage.ScaleIn(leaving);
        await stage.Pass(150);
        var fresh = stage.Serve(ip, other, slow);
        stage.Move(moving, leaving, fresh);
        stage.Register(other, moving);
        try
        {
            stage.Register(ip, moving);
        }
        catch (AwsErrorException)
        {
            // A fault has held the drain up: AWS refuses an address that still drains.
        }
        await stage.Pass(Rest);
    }
}
