using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Lifecycle;
using Xunit;

namespace TargetDrain.Tests.Lifecycle;

public sealed class HookCatalogTests
{
    private readonly Workbench bench = new();
    private readonly HookCatalog catalog;

    public HookCatalogTests()
    {
        foreach (var name in new[] { "web", "api" })
        {
            bench.World.AutoScaling.CreateGroup(new AutoScalingGroupSpec(name));
            bench.World.AutoScaling.PutHook(name, new LifecycleHook("drain") { HeartbeatTimeout = name == "web" ? 300 : 600 });
        }
        bench.World.AutoScaling.PutHook("web", new LifecycleHook("backup") { HeartbeatTimeout = 60 });
        catalog = new HookCatalog(bench.Aws.AutoScaling, bench.Api, bench.Clock, bench.Log);
    }

    [Theory]
    [InlineData(300, 900, 300, 900)]
    [InlineData(300, null, 300, 30_000)]
    [InlineData(300, 0, 300, 30_000)]
    [InlineData(7200, null, 7200, 172_800)]
    [InlineData(null, null, 3600, 172_800)]
    [InlineData(0, null, 3600, 172_800)]
    [InlineData(1, 1, 1, 1)]
    public void What_a_hook_leaves_out_is_Auto_Scalings_default(int? heartbeat, int? global, double heartbeatSeconds, double globalSeconds) => Assert.Equal(
        new HookLimits(TimeSpan.FromSeconds(heartbeatSeconds), TimeSpan.FromSeconds(globalSeconds)), HookLimits.Of(heartbeat, global));

    [Fact]
    public void One_question_for_each_group_is_enough() => bench.Clock.Run(async () =>
    {
        var limits = await catalog.LimitsOfAsync([("web", "drain"), ("web", "backup"), ("api", "drain"), ("web", "drain")], default);

        Assert.Equal([300, 60, 600], limits.Values.Select(one => one.Heartbeat.TotalSeconds));
        Assert.Equal(2, bench.Calls("DescribeLifecycleHooks"));
    });

    [Fact]
    public void They_are_kept_for_five_minutes() => bench.Clock.Run(async () =>
    {
        await catalog.LimitsOfAsync([("web", "drain")], default);
        bench.World.AutoScaling.PutHook("web", new LifecycleHook("drain") { HeartbeatTimeout = 900 });
        await bench.Pass(299);
        Assert.Equal(300, (await catalog.LimitsOfAsync([("web", "drain")], default))[("web", "drain")].Heartbeat.TotalSeconds);
        Assert.Equal(1, bench.Calls("DescribeLifecycleHooks"));
        await bench.Pass(1);
        Assert.Equal(900, (await catalog.LimitsOfAsync([("web", "drain")], default))[("web", "drain")].Heartbeat.TotalSeconds);
    });

    [Fact]
    public void One_that_is_missing_or_not_told_is_asked_for_again() => bench.Clock.Run(async () =>
    {
        bench.Fail("DescribeLifecycleHooks", times: 1);
        Assert.Empty(await catalog.LimitsOfAsync([("web", "drain")], default));
        Assert.Single(bench.Log.Written);
        Assert.Single(await catalog.LimitsOfAsync([("web", "drain"), ("web", "gone")], default));
        Assert.Single(await catalog.LimitsOfAsync([("web", "drain"), ("web", "gone")], default));
        Assert.Equal(3, bench.Calls("DescribeLifecycleHooks"));
    });
}
