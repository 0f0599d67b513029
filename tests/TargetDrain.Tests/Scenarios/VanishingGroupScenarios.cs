using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class VanishingGroupScenarios
{
    [Theory]
    [InlineData("DescribeTargetHealth")]
    [InlineData("DeregisterTargets")]
    [InlineData("DescribeTargetGroupAttributes")]
    public void A_group_deleted_under_our_hands_holds_nobody_up(string justBefore) => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("doomed");
        var instance = scenario.Serve(group);
        scenario.Scale([instance]);
        scenario.Just(justBefore, () => scenario.World.LoadBalancing.DeleteTargetGroup(group.Arn, force: true));

        scenario.Terminate(instance);
        await scenario.Pass(10);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        AssertNothingFailed(scenario);
    });

    [Fact]
    public void A_group_deleted_during_the_drain_does_no_harm() => Scenario.Play(async scenario =>
    {
        var (doomed, other) = (scenario.Group("doomed", delay: 120), scenario.Group("other", delay: 60));
        var instance = scenario.Serve(doomed, other);
        scenario.Scale([instance], heartbeat: 60);

        scenario.Terminate(instance);
        await scenario.Pass(60);
        scenario.World.LoadBalancing.DeleteTargetGroup(doomed.Arn, force: true);
        Assert.Empty(scenario.Ended());
        await scenario.Pass(100);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        AssertNothingFailed(scenario);
    });

    [Fact]
    public void The_other_instances_of_the_batch_leave_the_other_groups() => Scenario.Play(async scenario =>
    {
        var (doomed, other) = (scenario.Group("doomed"), scenario.Group("other"));
        var instances = new[] { scenario.Serve(doomed), scenario.Serve(doomed, other), scenario.Serve(other) };
        scenario.Just("DescribeTargetHealth", () => scenario.World.LoadBalancing.DeleteTargetGroup(doomed.Arn, force: true), doomed);

        foreach (var instance in instances) scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(10);

        Assert.Equal([$"{instances[1].Id}:80 draining", $"{instances[2].Id}:80 draining"], scenario.In(other));
        AssertNothingFailed(scenario);
    });

    [Fact]
    public void A_group_deleted_before_its_tags_were_read_hides_no_other_group() => Scenario.Play(async scenario =>
    {
        TargetGroup Tagged(string name) => scenario.World.LoadBalancing.CreateTargetGroup(
            new TargetGroupSpec(name) { Tags = new Dictionary<string, string> { ["drain"] = "yes" } });
        var (doomed, other) = (Tagged("doomed"), Tagged("other"));
        var instance = scenario.Serve(doomed, other);
        scenario.Just("DescribeTags", () => scenario.World.LoadBalancing.DeleteTargetGroup(doomed.Arn, force: true));

        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(10);

        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(other));
        AssertNothingFailed(scenario);
    }, Scenario.With(("TARGET_GROUP_TAG", "drain")));

    private static void AssertNothingFailed(Scenario scenario)
    {
        Assert.All(scenario.Journal.Of<InvocationEnded>(), run => Assert.Equal(("ok", 0), (run.Outcome, run.Failed)));
        Assert.Equal(0, scenario.DeadLetters());
    }
}
