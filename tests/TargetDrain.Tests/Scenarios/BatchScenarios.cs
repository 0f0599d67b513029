using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class BatchScenarios
{
    [Fact]
    public void Several_events_for_one_instance_are_one_search_one_deregistration_and_one_completion() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 60);
        var instance = scenario.Serve(group);
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        var token = scenario.TokenOf(instance);

        scenario.Send(Messages.Spot(instance.Id));
        scenario.Send(Messages.StateChange(instance.Id, "shutting-down"));
        scenario.Send(Messages.Lifecycle(instance.Id, token));
        scenario.Send(Messages.Lifecycle(instance.Id, token));
        scenario.Send(Messages.InSns(Messages.Flat(instance.Id, token)));
        await scenario.Pass(5);
        Assert.Equal((1, 1), (scenario.Calls("DescribeInstances").Count(), scenario.Calls("DescribeTargetHealth", group)));
        await scenario.Pass(100);

        Assert.Equal(1, scenario.Calls("DeregisterTargets", group));
        Assert.Single(scenario.Calls("CompleteLifecycleAction"));
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    }, Scenario.WithoutRules());

    [Fact]
    public void Every_own_hook_of_the_group_is_completed_once_and_no_other() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 60);
        var instance = scenario.Serve(group);
        scenario.Scale([instance], hook: "first");
        scenario.World.AutoScaling.PutHook("web", new LifecycleHook("second"));
        scenario.World.AutoScaling.PutHook("web", new LifecycleHook("backup"));

        scenario.Terminate(instance);
        await scenario.Pass(120);

        Assert.Equal(2, scenario.Calls("CompleteLifecycleAction").Count());
        Assert.Equal(["first", "second"], scenario.Journal.Of<LifecycleActionEnded>().Select(ended => ended.HookName).Order());
        Assert.Equal("Terminating:Wait", scenario.World.AutoScaling.Member(instance.Id)!.LifecycleState);
    }, Scenario.With(("LIFECYCLE_HOOK_NAMES", "first, second")));

    [Fact]
    public void A_hundred_notices_over_fifty_groups_look_into_each_group_once() => Scenario.Play(async scenario =>
    {
        var web = Enumerable.Range(0, 40).Select(i => scenario.Group($"web-{i}")).ToList();
        var pods = Enumerable.Range(0, 10).Select(i => scenario.Group($"pods-{i}", type: "ip")).ToList();
        var affected = web.Take(7).Concat(pods.Take(2)).ToList();
        var instances = Enumerable.Range(0, 100).Select(_ => scenario.Serve()).ToList();
        foreach (var (instance, i) in instances.Select((instance, i) => (instance, i)))
        {
            scenario.Register(web[i % 7], instance.Id);
            scenario.Register(pods[i % 2], instance.PrivateIpAddress!);
        }

        foreach (var instance in instances) scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(10);

        Assert.All(web.Concat(pods), group => Assert.Equal(1, scenario.Calls("DescribeTargetHealth", group)));
        Assert.All(affected, group => Assert.Equal(1, scenario.Calls("DeregisterTargets", group)));
        Assert.Equal(9, scenario.Calls("DeregisterTargets").Count());
        Assert.All(affected, group => Assert.All(scenario.In(group), target => Assert.EndsWith(" draining", target, StringComparison.Ordinal)));
        Assert.Single(scenario.Calls("DescribeInstances"));
        Assert.Equal([100], scenario.Journal.Of<InvocationStarted>().Select(run => run.Messages));
        // Others are told which groups lose instances: those two that hold enough of them.
        Assert.Equal(2, scenario.World.Queues.Find("target-drain-BulletinQueue")!.Counts.Visible);
    });

    [Fact]
    public void Tickets_of_a_batch_share_one_look_per_group() => Scenario.Play(async scenario =>
    {
        var groups = new[] { scenario.Group("one", delay: 60), scenario.Group("two", delay: 60) };
        var instances = Enumerable.Range(0, 30).Select(_ => scenario.Serve(groups)).ToList();
        scenario.Scale(instances);

        foreach (var instance in instances) scenario.Terminate(instance);
        await scenario.Pass(100);

        Assert.Equal(Enumerable.Repeat("CONTINUE by caller", 30), scenario.Ended());
        Assert.All(groups, group => Assert.Equal(2, scenario.Calls("DescribeTargetHealth", group)));
        Assert.Single(scenario.Calls("DescribeLifecycleHooks"));
    }, Scenario.OnlyLifecycleActions());

    [Fact]
    public void More_than_two_hundred_targets_of_many_instances_leave_in_chunks() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web");
        var instances = scenario.World.Compute.RunInstances(new InstanceSpec(), 250);
        foreach (var instance in instances) scenario.Register(group, instance.Id);

        foreach (var instance in instances) scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(10);

        Assert.Equal((1, 2), (scenario.Calls("DescribeTargetHealth", group), scenario.Calls("DeregisterTargets", group)));
        Assert.Equal(2, scenario.Calls("DescribeInstances").Count());
        Assert.All(scenario.In(group), target => Assert.EndsWith(" draining", target, StringComparison.Ordinal));
    });
}
