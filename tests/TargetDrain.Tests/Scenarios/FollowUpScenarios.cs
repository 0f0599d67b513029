using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

/// <summary>A termination is several events. What follows the first costs little, and misses nothing that could serve.</summary>
public sealed class FollowUpScenarios
{
    private const double SpotNotice = 120;

    private static readonly InstanceSpec Spot = new() { SpotBehavior = "terminate" };

    [Fact]
    public void The_end_of_an_instance_that_was_seen_drained_is_looked_for_nowhere_again() => Scenario.Play(async scenario =>
    {
        var groups = Enumerable.Range(0, 20).Select(number => scenario.Group($"tg-{number}", delay: 30)).ToList();
        var instance = scenario.Serve(groups[3], groups[7]);
        scenario.Scale([instance]);

        scenario.Terminate(instance);
        await scenario.Pass(600);

        // Twenty to find it, twenty to see it gone, none for its end.
        Assert.Equal(40, scenario.Calls("DescribeTargetHealth").Count());
        Assert.Contains(scenario.Journal.Of<InstanceStateChanged>(), change => change.State == "shutting-down");
        Assert.Equal(0, scenario.Installation.Queue.Counts.All);
    });

    [Fact]
    public void A_target_registered_by_address_after_the_sweep_is_found_when_the_instance_goes_down() => Scenario.Play(async scenario =>
    {
        var (web, pods) = (scenario.Group("web", delay: 30), scenario.Group("pods", delay: 30, type: "ip"));
        scenario.Group("other");
        var instance = scenario.World.Compute.RunInstance(Spot);
        scenario.Register(web, instance.Id);

        scenario.World.Compute.InterruptSpot(instance.Id);
        await scenario.Pass(60);
        Assert.Empty(scenario.In(web));
        var address = instance.PrivateIpAddress!;
        scenario.Register(pods, address);
        await scenario.Pass(SpotNotice - 60 + 5);

        Assert.Equal([$"{address}:80 draining"], scenario.In(pods));
        // Three groups for the warning, and three two minutes later.
        Assert.Equal(6, scenario.Calls("DescribeTargetHealth").Count());
    });

    [Fact]
    public void A_target_registered_again_where_it_was_is_taken_out_again() => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web", delay: 30);
        var instance = scenario.World.Compute.RunInstance(Spot);
        scenario.Register(web, instance.Id);

        scenario.World.Compute.InterruptSpot(instance.Id);
        await scenario.Pass(60);
        scenario.Register(web, instance.Id);
        await scenario.Pass(SpotNotice - 60 + 5);

        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(web));
    });

    [Fact]
    public void A_stopped_spot_instance_that_serves_again_is_looked_for_everywhere() => Scenario.Play(async scenario =>
    {
        var (web, other) = (scenario.Group("web", delay: 10), scenario.Group("other", delay: 10));
        var instance = scenario.World.Compute.RunInstance(new InstanceSpec { SpotBehavior = "stop" });
        scenario.Register(web, instance.Id);
        scenario.World.Compute.InterruptSpot(instance.Id);
        await scenario.Pass(SpotNotice + 30);
        scenario.World.Compute.Start(instance.Id);
        scenario.Register(other, instance.Id);

        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(5);

        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(other));
    });

    [Fact]
    public void A_fleet_that_drains_is_told_to_the_other_environment_and_costs_two_looks() => Scenario.Play(async scenario =>
    {
        var groups = Enumerable.Range(0, 100).Select(number => scenario.Group($"tg-{number}", delay: 60)).ToList();
        var fleet = Enumerable.Range(0, 300).Select(_ => scenario.Serve(groups[10], groups[90])).ToList();
        scenario.Scale(fleet);
        scenario.World.Throttle.IsOn = true;
        scenario.World.Latency.Default = TimeSpan.FromMilliseconds(20);

        foreach (var instance in fleet) scenario.Terminate(instance);
        await scenario.Pass(600);

        Assert.Equal(300, scenario.Journal.Of<LifecycleActionEnded>().Count(end => end is { Result: "CONTINUE", By: "caller" }));
        Assert.Equal(200, scenario.Calls("DescribeTargetHealth").Count());
        Assert.Equal(2, scenario.Calls("DescribeTargetGroupAttributes").Count());
        Assert.Equal(4, scenario.Calls("DeregisterTargets").Count());
        Assert.DoesNotContain(scenario.Journal.Of<ApiCalled>(), call => call.ErrorCode is "Throttling");
    });

    [Fact]
    public void Groups_where_instances_were_found_lately_are_looked_into_first() => Scenario.Play(async scenario =>
    {
        var groups = Enumerable.Range(0, 300).Select(number => scenario.Group($"tg-{number}")).ToList();
        var (first, second) = (scenario.Serve(groups[299]), scenario.Serve(groups[299]));
        scenario.World.Throttle.IsOn = true;
        scenario.World.Latency.Default = TimeSpan.FromMilliseconds(20);
        scenario.World.Compute.Terminate(first.Id);
        await scenario.Pass(60);

        scenario.World.Compute.Terminate(second.Id);
        await scenario.Pass(60);

        Assert.Equal(groups[299].Arn, scenario.Calls("DescribeTargetHealth").Skip(300).First().Resource);
    });
}
