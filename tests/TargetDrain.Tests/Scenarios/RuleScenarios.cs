using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

/// <summary>The rules that must hold, whatever the theme.</summary>
public sealed class RuleScenarios
{
    [Theory]
    [InlineData("DescribeInstances")]
    [InlineData("DescribeTargetGroups")]
    [InlineData("DescribeTargetHealth")]
    [InlineData("DeregisterTargets")]
    public void No_action_is_completed_while_anything_is_unknown(string failing) => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 30);
        var instance = scenario.Serve(group);
        scenario.Scale([instance], heartbeat: 120);
        var outage = scenario.World.Faults.Add(new FaultRule(Fault.InternalError) { Operation = failing });

        scenario.Terminate(instance);
        await scenario.Pass(600);
        Assert.Empty(scenario.Ended());
        Assert.NotEmpty(scenario.Journal.Of<HeartbeatRecorded>());
        scenario.World.Faults.Remove(outage);
        await scenario.Pass(300);

        Assert.Empty(scenario.In(group));
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        var gone = scenario.Journal.Of<TargetChanged>().Last(change => change.State == "gone").At;
        Assert.True(scenario.Journal.Of<LifecycleActionEnded>().Single().At >= gone);
    });

    // The template's own rule lets only our hooks through; somebody may have written another one.
    private static readonly Dictionary<string, string> UnfilteredLifecycleRule = new()
    {
        ["any hook"] = """{"source":["aws.autoscaling"],"detail-type":["EC2 Instance-terminate Lifecycle Action"]}""",
    };

    [Fact]
    public void No_action_is_completed_while_the_check_of_its_drain_fails() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 30);
        var instance = scenario.Serve(group);
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(10);
        var outage = scenario.World.Faults.Add(new FaultRule(Fault.InternalError) { Operation = "DescribeTargetHealth" });

        await scenario.Pass(100);
        Assert.Empty(scenario.Ended());
        scenario.World.Faults.Remove(outage);
        await scenario.Pass(60);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    });

    [Fact]
    public void Hooks_of_others_are_never_completed_and_never_kept_alive() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web");
        var instance = scenario.Serve(group);
        scenario.Scale([instance], heartbeat: 300, hook: "backup");

        scenario.Terminate(instance);
        await scenario.Pass(200);

        Assert.Equal([$"{instance.Id}:80 healthy"], scenario.In(group));
        Assert.Empty(scenario.Calls("CompleteLifecycleAction"));
        Assert.Empty(scenario.Calls("RecordLifecycleActionHeartbeat"));
        Assert.Equal(1, scenario.Metric("EventsIgnored"));
    }, Scenario.With() with { Rules = UnfilteredLifecycleRule });

    [Fact]
    public void A_group_that_does_not_let_go_holds_up_only_its_own_instances() => Scenario.Play(async scenario =>
    {
        var (stubborn, web) = (scenario.Group("stubborn", delay: 30), scenario.Group("web", delay: 30));
        var (held, free) = (scenario.Serve(stubborn, web), scenario.Serve(web));
        scenario.Scale([held, free]);
        scenario.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DeregisterTargets", When = call => call.Resource == stubborn.Arn });

        scenario.Terminate(held);
        scenario.Terminate(free);
        await scenario.Pass(60);

        Assert.Empty(scenario.In(web));
        Assert.Equal([$"{held.Id}:80 healthy"], scenario.In(stubborn));
        var ended = Assert.Single(scenario.Journal.Of<LifecycleActionEnded>());
        Assert.Equal((free.Id, "CONTINUE"), (ended.InstanceId, ended.Result));
        Assert.Contains(scenario.Journal.Of<InvocationEnded>(), run => run.Failed == 1);
        Assert.All(scenario.Journal.Of<InvocationEnded>(), run => Assert.InRange(run.Failed, 0, 1));
    });

    [Fact]
    public void One_target_that_is_refused_does_not_keep_the_others_in() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web");
        var instances = new[] { scenario.Serve(group), scenario.Serve(group), scenario.Serve(group) };
        scenario.World.Faults.Add(new FaultRule(Fault.Of("InvalidTarget", 400, "The following targets are not valid")) { Operation = "DeregisterTargets", Times = 2 });

        foreach (var instance in instances) scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(2);

        Assert.Equal(2, scenario.In(group).Count(target => target.EndsWith(" draining", StringComparison.Ordinal)));
    });

    [Fact]
    public void An_action_that_somebody_else_completed_is_a_success() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web", delay: 60));
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(30);
        scenario.World.AutoScaling.CompleteAction("web", "target-drain", instance.Id, token: null, "CONTINUE");
        await scenario.Pass(200);

        Assert.Equal(1, scenario.Metric("ActionsAlreadyOver"));
        Assert.Equal((0, 0), (scenario.Installation.Queue.Counts.All, scenario.DeadLetters()));
    });

    [Fact]
    public void Waiting_is_never_lambda_time() => Scenario.Play(async scenario =>
    {
        var groups = new[] { scenario.Group("one", delay: 900), scenario.Group("two", delay: 1800) };
        var instances = Enumerable.Range(0, 20).Select(_ => scenario.Serve(groups)).ToList();
        scenario.Scale(instances, heartbeat: 300);

        foreach (var instance in instances) scenario.Terminate(instance);
        await scenario.Pass(2400);

        Assert.Equal(20, scenario.Ended().Count());
        var billed = scenario.Journal.Of<InvocationEnded>().Sum(run => run.Billed.TotalSeconds);
        Assert.True(billed < 10, $"{billed} s billed");
    });

    [Fact]
    public void No_target_is_ever_deregistered_without_its_port_and_none_by_filter() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", port: 80);
        var instance = scenario.Serve();
        scenario.Register(group, instance.Id, port: 8080);

        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(5);

        Assert.Equal([$"{instance.Id}:8080 draining"], scenario.In(group));
    });

    [Fact]
    public void What_drains_already_is_not_deregistered_again_by_a_second_event() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 300);
        var instance = scenario.Serve(group);
        scenario.Send(Messages.Drain(instance.Id));
        await scenario.Pass(30);

        scenario.Send(Messages.Drain(instance.Id));
        await scenario.Pass(30);

        Assert.Equal(2, scenario.Calls("DescribeTargetHealth", group));
        Assert.Equal(1, scenario.Calls("DeregisterTargets", group));
    });
}
