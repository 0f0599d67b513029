using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class OutcomeScenarios
{
    private static readonly string[] ByCaller = ["CONTINUE by caller"];

    [Theory]
    [InlineData("RESULT_DRAINED", 60)]
    [InlineData("RESULT_NOTHING_REGISTERED", null)]
    public void A_good_end_is_reported_as_configured(string variable, int? delay)
    {
        foreach (var (configured, ended) in new (string?, string[])[] { (null, ByCaller), ("ABANDON", ["ABANDON by caller"]), ("LEAVE", []) })
        {
            Scenario.Play(async scenario =>
            {
                var instance = delay is { } seconds ? scenario.Serve(scenario.Group("web", seconds)) : scenario.Serve();
                scenario.Scale([instance]);

                scenario.Terminate(instance);
                await scenario.Pass(120);

                Assert.Equal(ended, scenario.Ended());
            }, configured is null ? null : Scenario.With((variable, configured)));
        }
    }

    [Theory]
    [InlineData(null, "CONTINUE by caller")]
    [InlineData("ABANDON", "ABANDON by caller")]
    [InlineData("LEAVE", "ABANDON by heartbeat timeout")]
    public void A_drain_that_outlasts_delay_and_margin_ends_as_configured(string? configured, string ended) => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("stuck", delay: 3600);
        var instance = scenario.Serve(group);
        scenario.Scale([instance], heartbeat: 600);
        // Whoever deregistered it meant an hour; what the group says now is a minute.
        scenario.World.LoadBalancing.Deregister(group.Arn, new TargetSpec(instance.Id));
        scenario.World.LoadBalancing.SetAttribute(group.Arn, "deregistration_delay.timeout_seconds", "60");

        scenario.Terminate(instance);
        await scenario.Pass(100);
        Assert.Empty(scenario.Ended());
        await scenario.Pass(1500);

        Assert.Equal([ended], scenario.Ended());
        Assert.Equal(1, scenario.Metric("DrainsTimedOut"));
        Assert.Contains(scenario.Log(), line => line.StartsWith($"Warning: {instance.Id} is still draining from {group.Arn}", StringComparison.Ordinal));
    }, configured is null ? null : Scenario.With(("RESULT_TIMED_OUT", configured)));

    [Theory]
    [InlineData(null, "ABANDON by heartbeat timeout")]
    [InlineData("CONTINUE", "CONTINUE by caller")]
    [InlineData("ABANDON", "ABANDON by caller")]
    public void When_a_group_never_answers_the_action_ends_as_configured_for_giving_up(string? configured, string ended) => Scenario.Play(async scenario =>
    {
        var (mute, web) = (scenario.Group("mute"), scenario.Group("web"));
        var instance = scenario.Serve(mute, web);
        scenario.Scale([instance], heartbeat: 300);
        scenario.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DescribeTargetHealth", When = call => call.Resource == mute.Arn });

        scenario.Terminate(instance);
        await scenario.Pass(60);
        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(web));
        Assert.Empty(scenario.Ended());
        await scenario.Pass(7200);

        Assert.Equal([ended], scenario.Ended());
        Assert.Equal(1, scenario.Metric("DrainsGivenUp"));
        Assert.Equal(1, scenario.DeadLetters());
        Assert.Contains(scenario.Log(), line => line.StartsWith($"Error: {instance.Id}: retries exhausted", StringComparison.Ordinal));
    }, Scenario.OnlyLifecycleActions(("RESULT_GAVE_UP", configured ?? "")));

    [Fact]
    public void ABANDON_can_retain_the_instance_which_is_why_it_is_nobodys_default() => Scenario.Play(async scenario =>
    {
        var instance = scenario.World.Compute.RunInstance(new InstanceSpec());
        scenario.World.AutoScaling.CreateGroup(new AutoScalingGroupSpec("web") { RetainOnAbandon = true });
        scenario.World.AutoScaling.PutHook("web", new LifecycleHook("target-drain"));
        scenario.World.AutoScaling.AttachInstances("web", instance.Id);

        scenario.Terminate(instance);
        await scenario.Pass(600);

        Assert.Equal(["ABANDON by caller"], scenario.Ended());
        Assert.Equal(("running", "Terminating:Retained"), (instance.State, scenario.World.AutoScaling.Member(instance.Id)!.LifecycleState));
    }, Scenario.With(("RESULT_NOTHING_REGISTERED", "ABANDON")));

    [Fact]
    public void No_outcome_abandons_by_default() =>
        Assert.DoesNotContain(new DrainOptions { QueueUrl = "https://queue" }.Results, result => result.Value == TargetDrain.Lifecycle.ActionResult.Abandon);
}
