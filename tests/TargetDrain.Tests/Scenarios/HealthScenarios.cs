using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class HealthScenarios
{
    public static TheoryData<string, string?> Registered => new()
    {
        { "initial", "Elb.RegistrationInProgress" },
        { "initial", "Elb.InitialHealthChecking" },
        { "healthy", null },
        { "unhealthy", "Target.ResponseCodeMismatch" },
        { "unhealthy", "Target.Timeout" },
        { "unhealthy", "Target.FailedHealthChecks" },
        { "unhealthy", "Elb.InternalError" },
        { "unhealthy.draining", "Target.FailedHealthChecks" },
        { "unused", "Target.NotInUse" },
        { "unused", "Target.InvalidState" },
        { "unused", "Target.IpUnusable" },
        { "unavailable", "Target.HealthCheckDisabled" },
        { "unavailable", "Elb.InternalError" },
        { "a state of next year", "Target.Reason" },
    };

    [Theory]
    [MemberData(nameof(Registered))]
    public void Whatever_its_health_a_registered_target_leaves_and_is_waited_for(string state, string? reason) => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 60);
        var instance = scenario.Serve(group);
        scenario.World.LoadBalancing.SetHealth(group.Arn, new TargetSpec(instance.Id), new Health(state, reason));
        scenario.Scale([instance]);

        scenario.Terminate(instance);
        await scenario.Pass(30);
        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(group));
        Assert.Empty(scenario.Ended());
        await scenario.Pass(60);

        Assert.Equal(1, scenario.Calls("DeregisterTargets", group));
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    });

    [Fact]
    public void Unused_because_not_registered_is_not_there() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web");
        var instance = scenario.Serve(group);
        scenario.World.LoadBalancing.SetHealth(group.Arn, new TargetSpec(instance.Id), Health.NotRegistered);
        scenario.Scale([instance]);

        scenario.Terminate(instance);
        await scenario.Pass(5);

        Assert.Empty(scenario.Calls("DeregisterTargets"));
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    });

    [Fact]
    public void A_drain_that_somebody_else_began_is_waited_for_and_not_begun_anew() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 120);
        var instance = scenario.Serve(group);
        scenario.Scale([instance]);
        var ends = scenario.World.LoadBalancing.Deregister(group.Arn, new TargetSpec(instance.Id));

        await scenario.Pass(30);
        scenario.Terminate(instance);
        await scenario.Pass(200);

        Assert.Empty(scenario.Calls("DeregisterTargets"));
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        var ended = Assert.Single(scenario.Journal.Of<LifecycleActionEnded>());
        Assert.InRange(ended.At, ends, ends.AddSeconds(20));
    });

    [Fact]
    public void A_stopped_instance_and_a_group_without_a_listener_are_still_registered() => Scenario.Play(async scenario =>
    {
        var idle = scenario.World.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("idle") { InUse = false });
        var web = scenario.Group("web");
        var instance = scenario.Serve(idle, web);
        scenario.World.Compute.Stop(instance.Id);
        await scenario.Pass(30);
        Assert.Equal([$"{instance.Id}:80 unused"], scenario.In(web));

        scenario.Send(Messages.Drain(instance.Id));
        await scenario.Pass(5);

        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(web));
        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(idle));
    });
}
