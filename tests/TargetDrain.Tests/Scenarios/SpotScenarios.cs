using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class SpotScenarios
{
    private static readonly InstanceSpec Spot = new() { SpotBehavior = "terminate" };

    [Fact]
    public void Warning_hook_and_state_change_of_one_interruption_deregister_once_and_complete_once() => Scenario.Play(async scenario =>
    {
        var (web, pods) = (scenario.Group("web", delay: 60), scenario.Group("pods", delay: 60, type: "ip"));
        var instance = scenario.Serve(Spot, web);
        scenario.Register(pods, instance.PrivateIpAddress!);
        scenario.Scale([instance]);

        scenario.World.Compute.InterruptSpot(instance.Id);
        await scenario.Pass(300);

        Assert.Equal((1, 1), (scenario.Calls("DeregisterTargets", web), scenario.Calls("DeregisterTargets", pods)));
        Assert.Empty(scenario.In(pods));
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Equal("terminated", instance.State);
        Assert.Equal(0, scenario.DeadLetters());
    });

    [Fact]
    public void When_the_instance_dies_before_its_drain_ends_the_ticket_finds_that_all_is_done() => Scenario.Play(async scenario =>
    {
        var (web, pods) = (scenario.Group("web", delay: 600), scenario.Group("pods", delay: 600, type: "ip"));
        var instance = scenario.Serve(Spot, web);
        scenario.Register(pods, instance.PrivateIpAddress!);
        scenario.Scale([instance]);

        scenario.World.Compute.InterruptSpot(instance.Id);
        await scenario.Pass(1200);

        Assert.Empty(scenario.In(web));
        Assert.Empty(scenario.In(pods));
        Assert.Equal(["ABANDON by instance terminated"], scenario.Ended());
        Assert.Equal(1, scenario.Metric("ActionsAlreadyOver"));
        Assert.Equal((0, 0), (scenario.Installation.Queue.Counts.All, scenario.DeadLetters()));
    });

    [Fact]
    public void All_is_out_well_within_the_two_minutes() => Scenario.Play(async scenario =>
    {
        var groups = Enumerable.Range(0, 30).Select(i => scenario.Group($"web-{i}")).ToList();
        var instance = scenario.Serve(Spot, groups);

        scenario.World.Compute.InterruptSpot(instance.Id);
        await scenario.Pass(300);

        var last = scenario.Journal.Of<TargetChanged>().Where(change => change.State == "draining").Max(change => change.At);
        var warned = scenario.Journal.Of<EventPublished>().Single(entry => entry.DetailType == "EC2 Spot Instance Interruption Warning").At;
        Assert.True(last - warned < TimeSpan.FromSeconds(10), $"took {last - warned}");
    }, world: new() { Seed = 3 });
}
