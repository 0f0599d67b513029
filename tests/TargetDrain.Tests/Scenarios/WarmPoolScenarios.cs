using TargetDrain.Emulator.Journal;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class WarmPoolScenarios
{
    [Fact]
    public void An_instance_that_returns_to_the_warm_pool_is_drained_and_lives_on() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 60);
        var instance = scenario.Serve(group);
        scenario.Scale([instance]);

        scenario.World.AutoScaling.ReturnToWarmPool(instance.Id);
        await scenario.Pass(30);
        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(group));
        Assert.Empty(scenario.Ended());
        await scenario.Pass(120);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Equal(("stopped", "Warmed:Stopped"), (instance.State, scenario.World.AutoScaling.Member(instance.Id)!.LifecycleState));
        Assert.Equal(1, scenario.Metric("Notices.WarmPoolReturn"));
        Assert.Empty(scenario.In(group));
    });

    [Fact]
    public void When_the_warm_pool_lets_it_go_for_good_the_action_completes_too() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web", delay: 30));
        scenario.Scale([instance]);
        scenario.World.AutoScaling.ReturnToWarmPool(instance.Id);
        await scenario.Pass(120);

        scenario.Terminate(instance);
        await scenario.Pass(120);

        Assert.Equal(["CONTINUE by caller", "CONTINUE by caller"], scenario.Ended());
        Assert.Equal("terminated", instance.State);
    });
}
