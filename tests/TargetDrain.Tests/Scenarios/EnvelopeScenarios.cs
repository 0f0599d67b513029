using System.Text;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Journal;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class EnvelopeScenarios
{
    public static TheoryData<string> Envelopes => ["EventBridge to SQS", "hook to SNS to SQS", "hook to SNS to SQS, raw", "hook to SNS", "hook to Lambda", "EventBridge to Lambda"];

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void A_lifecycle_action_is_drained_and_completed_however_it_comes(string envelope) => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 60);
        var instance = scenario.Serve(group);
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        var token = scenario.TokenOf(instance);
        var (bridge, flat) = (Messages.Lifecycle(instance.Id, token), Messages.Flat(instance.Id, token));

        switch (envelope)
        {
            case "EventBridge to SQS": scenario.Send(bridge); break;
            case "hook to SNS to SQS": scenario.Send(Messages.InSns(flat)); break;
            case "hook to SNS to SQS, raw": scenario.Send(flat); break;
            case "hook to SNS": Assert.True((await scenario.InvokeAsync(Messages.SnsInvocation(flat))).Succeeded); break;
            case "hook to Lambda": Assert.True((await scenario.InvokeAsync(flat)).Succeeded); break;
            case "EventBridge to Lambda": Assert.True((await scenario.InvokeAsync(bridge)).Succeeded); break;
        }
        await scenario.Pass(30);
        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(group));
        await scenario.Pass(60);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Equal(0, scenario.DeadLetters());
    }, Scenario.WithoutRules());

    [Fact]
    public void A_hook_may_notify_the_queue_itself_and_its_test_message_is_acknowledged() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 60);
        var instance = scenario.Serve(group);
        scenario.Scale([instance]);
        scenario.World.AutoScaling.PutHook("web", new LifecycleHook("target-drain") { NotificationTargetArn = scenario.Installation.Queue.Arn });
        await scenario.Pass(5);
        Assert.Contains("TEST_NOTIFICATION", Assert.Single(scenario.Journal.Of<MessageSent>()).Body, StringComparison.Ordinal);
        Assert.Equal((0, 1), (scenario.Installation.Queue.Counts.All, scenario.Metric("EventsIgnored")));

        scenario.Terminate(instance);
        await scenario.Pass(100);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    }, Scenario.WithoutRules());

    [Fact]
    public void The_same_action_told_by_the_bus_and_by_the_hook_is_completed_once() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 60);
        var instance = scenario.Serve(group);
        scenario.Scale([instance]);
        scenario.World.AutoScaling.PutHook("web", new LifecycleHook("target-drain") { NotificationTargetArn = scenario.Installation.Queue.Arn });

        scenario.Terminate(instance);
        await scenario.Pass(100);

        Assert.Single(scenario.Calls("CompleteLifecycleAction"));
        Assert.Single(scenario.Calls("DeregisterTargets"));
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    });

    [Fact]
    public void A_message_without_a_token_is_acknowledged_and_never_completed() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web");
        var instance = scenario.Serve(group);
        scenario.Scale([instance]);
        scenario.Terminate(instance);

        scenario.Send(Messages.LookAlike(instance.Id));
        scenario.Send(Messages.InSns(Messages.LookAlike(instance.Id)));
        scenario.Send("""{"LifecycleTransition":"autoscaling:TEST_NOTIFICATION","AutoScalingGroupName":"web"}""");
        await scenario.Pass(10);

        Assert.Equal(3, scenario.Metric("EventsIgnored"));
        Assert.Empty(scenario.Calls("CompleteLifecycleAction"));
        Assert.Equal((0, 0), (scenario.Installation.Queue.Counts.All, scenario.DeadLetters()));
    }, Scenario.WithoutRules());

    [Fact]
    public void Malformed_input_is_told_by_field_and_message_and_ends_untouched_in_the_dead_letter_queue() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web");
        var instance = scenario.Serve(group);
        var broken = Messages.Lifecycle("i-0123456789abcdef0", token: "");

        var id = scenario.Send(broken);
        scenario.Send(Messages.Drain(instance.Id));
        await scenario.Pass(5);
        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(group));
        await scenario.Pass(120);

        Assert.Contains(scenario.Log(), line => line.StartsWith($"Error: Message {id} is malformed at detail.LifecycleActionToken: is missing", StringComparison.Ordinal));
        Assert.Equal(broken, Assert.Single(scenario.Journal.Of<MessageDeadLettered>()).Body);
        Assert.Equal(20, scenario.Journal.Of<MessageReceived>().Count(received => received.MessageId == id));
        Assert.Equal(1, scenario.Calls("DeregisterTargets", group));
    }, Scenario.WithoutRules());

    [Fact]
    public void Malformed_input_of_a_direct_invocation_is_an_error_that_names_the_field() => Scenario.Play(async scenario =>
    {
        var result = await scenario.InvokeAsync(Messages.Flat("vol-1", "87654321-4321-4321-4321-210987654321"));

        Assert.False(result.Succeeded);
        Assert.Contains("EC2InstanceId: is", Encoding.UTF8.GetString(result.Payload.Span), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("", "", false)]
    [InlineData("210987654321", "", true)]
    public void An_event_of_another_account_ends_in_the_dead_letter_queue_unless_configured(string accounts, string regions, bool acts) =>
        Scenario.Play(async scenario =>
        {
            var group = scenario.Group("web");
            var instance = scenario.Serve(group);

            scenario.Send(Messages.StateChange(instance.Id, "shutting-down", account: "210987654321"));
            await scenario.Pass(120);

            Assert.Equal(acts ? 1 : 0, scenario.Calls("DeregisterTargets", group));
            Assert.Equal(acts ? 0 : 1, scenario.DeadLetters());
            if (!acts) Assert.Contains(scenario.Log(), line => line.Contains("account: is '210987654321'; allowed are '123456789012'", StringComparison.Ordinal));
        }, Scenario.WithoutRules(("EVENT_ACCOUNTS", accounts), ("EVENT_REGIONS", regions)));

    [Fact]
    public void An_event_of_another_region_ends_in_the_dead_letter_queue() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web"));

        scenario.Send(Messages.Spot(instance.Id, region: "eu-west-1"));
        await scenario.Pass(120);

        Assert.Equal(1, scenario.DeadLetters());
        Assert.Empty(scenario.Calls("DescribeInstances"));
    }, Scenario.WithoutRules());
}
