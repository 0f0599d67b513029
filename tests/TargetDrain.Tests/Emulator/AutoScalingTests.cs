using System.Text.Json.Nodes;
using TargetDrain.Emulator;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class AutoScalingTests
{
    private readonly VirtualClock clock = new();
    private readonly World world;
    private readonly TargetGroup attached;
    private readonly string id;

    public AutoScalingTests()
    {
        world = new World(clock);
        attached = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("attached"));
        id = world.Compute.RunInstance().Id;
        world.AutoScaling.CreateGroup(new AutoScalingGroupSpec("asg") { TargetGroupArns = [attached.Arn] });
        world.AutoScaling.AttachInstances("asg", id);
    }

    [Fact]
    public void Attached_groups_are_drained_on_their_own_port_before_the_hook_begins() => clock.Run(async () =>
    {
        // "automatically deregisters the terminating instance from the load balancer before running lifecycle hooks"
        world.AutoScaling.PutHook("asg", Hook());
        world.LoadBalancing.Register(attached.Arn, new TargetSpec(id, 8080));
        world.AutoScaling.TerminateInstance(id);
        Assert.Equal("Terminating", State());
        await Task.Delay(TimeSpan.FromSeconds(299), clock);
        Assert.Empty(world.Journal.Of<LifecycleActionStarted>());
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.Equal("Terminating:Wait", State());
        Assert.Equal([8080], world.LoadBalancing.Targets(attached.Arn).Select(status => status.Target.Port));
        Assert.Equal("healthy", Assert.Single(world.LoadBalancing.Targets(attached.Arn)).Health.State);
    });

    [Fact]
    public void The_event_has_metadata_only_when_the_hook_has_it() => clock.Run(async () =>
    {
        world.AutoScaling.PutHook("asg", Hook("plain"));
        world.AutoScaling.PutHook("asg", Hook("rich") with { NotificationMetadata = "more" });
        await WaitingAsync();
        var events = Events("EC2 Instance-terminate Lifecycle Action").ToDictionary(e => (string)e["detail"]!["LifecycleHookName"]!);
        Assert.Equal(2, events.Count);
        Assert.False(events["plain"]["detail"]!.AsObject().ContainsKey("NotificationMetadata"));
        var rich = events["rich"]["detail"]!;
        Assert.Equal("more", (string?)rich["NotificationMetadata"]);
        Assert.Equal("AutoScalingGroup", (string?)rich["Origin"]);
        Assert.Equal("EC2", (string?)rich["Destination"]);
        Assert.Equal("autoscaling:EC2_INSTANCE_TERMINATING", (string?)rich["LifecycleTransition"]);
        Assert.Equal(world.AutoScaling.Find("asg").Arn, (string?)events["rich"]["resources"]![0]);
    });

    [Fact]
    public void A_notification_target_gets_a_test_message_and_then_the_action_as_flat_json() => clock.Run(async () =>
    {
        var sent = new List<(string Arn, JsonNode Body)>();
        world.AutoScaling.Notify = (arn, body) => sent.Add((arn, JsonNode.Parse(body)!));
        world.AutoScaling.PutHook("asg", Hook() with { NotificationTargetArn = "arn:aws:sqs:us-east-1:123456789012:q" });
        await WaitingAsync();
        Assert.All(sent, message => Assert.Equal("arn:aws:sqs:us-east-1:123456789012:q", message.Arn));
        Assert.Equal("autoscaling:TEST_NOTIFICATION", (string?)sent[0].Body["Event"]);
        Assert.Null(sent[0].Body["LifecycleTransition"]);
        Assert.Equal("AWS Auto Scaling", (string?)sent[1].Body["Service"]);
        Assert.Equal(id, (string?)sent[1].Body["EC2InstanceId"]);
        Assert.Equal(36, ((string?)sent[1].Body["LifecycleActionToken"])!.Length);
    });

    [Fact]
    public void Continue_ends_one_hook_and_the_instance_goes_when_all_have_ended() => clock.Run(async () =>
    {
        world.AutoScaling.PutHook("asg", Hook("one"));
        world.AutoScaling.PutHook("asg", Hook("two"));
        await WaitingAsync();
        await CompleteAsync("one");
        Assert.Equal("Terminating:Wait", State());
        await CompleteAsync("two");
        Assert.Equal("Terminating:Proceed", State());
        await Task.Delay(world.Options.ShutdownTime, clock);
        Assert.Equal("terminated", world.Compute.Find(id).State);
        Assert.Null(world.AutoScaling.Member(id));
        Assert.Single(Events("EC2 Instance Terminate Successful"));
    });

    [Fact]
    public void Abandon_ends_the_other_hooks_too() => clock.Run(async () =>
    {
        world.AutoScaling.PutHook("asg", Hook("one"));
        world.AutoScaling.PutHook("asg", Hook("two"));
        await WaitingAsync();
        world.AutoScaling.CompleteAction("asg", "two", id, null, "ABANDON");
        Assert.Equal("Terminating:Proceed", State());
        Assert.Equal(2, world.Journal.Of<LifecycleActionEnded>().Count(ended => ended.Result == "ABANDON"));
    });

    [Fact]
    public void Abandon_keeps_the_instance_when_the_group_has_a_retention_policy() => clock.Run(async () =>
    {
        world.AutoScaling.CreateGroup(new AutoScalingGroupSpec("keeper") { RetainOnAbandon = true });
        var kept = world.Compute.RunInstance();
        world.AutoScaling.AttachInstances("keeper", kept.Id);
        world.AutoScaling.PutHook("keeper", Hook());
        world.AutoScaling.TerminateInstance(kept.Id);
        await Task.Delay(TimeSpan.FromSeconds(61), clock);
        Assert.Equal("Terminating:Retained", world.AutoScaling.Member(kept.Id)?.LifecycleState);
        Assert.Equal("running", kept.State);
        world.AutoScaling.TerminateInstance(kept.Id);
        Assert.Equal("shutting-down", kept.State);
    });

    [Fact]
    public void Without_an_answer_the_default_result_ends_the_action_at_the_heartbeat_timeout() => clock.Run(async () =>
    {
        world.AutoScaling.PutHook("asg", Hook());
        await WaitingAsync();
        await Task.Delay(TimeSpan.FromSeconds(59), clock);
        Assert.Empty(world.Journal.Of<LifecycleActionEnded>());
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        var ended = Assert.Single(world.Journal.Of<LifecycleActionEnded>());
        Assert.Equal(("ABANDON", "heartbeat timeout"), (ended.Result, ended.By));
    });

    [Fact]
    public void Heartbeats_restart_the_timeout_but_not_beyond_a_hundred_of_them() => clock.Run(async () =>
    {
        world.AutoScaling.PutHook("asg", Hook());
        await WaitingAsync();
        for (var beat = 0; beat < 119; beat++)
        {
            await Task.Delay(TimeSpan.FromSeconds(50), clock);
            await world.CallAsync(
                "autoscaling", "RecordLifecycleActionHeartbeat", ("AutoScalingGroupName", "asg"), ("LifecycleHookName", "target-drain"),
                ("InstanceId", id));
        }
        Assert.Equal("Terminating:Wait", State());
        await Task.Delay(TimeSpan.FromSeconds(50), clock);
        Assert.Equal("global timeout", Assert.Single(world.Journal.Of<LifecycleActionEnded>()).By);
    });

    [Fact]
    public void Completing_what_is_not_waiting_is_a_validation_error_that_names_it() => clock.Run(async () =>
    {
        world.AutoScaling.PutHook("asg", Hook());
        await WaitingAsync();
        await CompleteAsync("target-drain");
        var response = await world.SendAsync(
            "autoscaling", "CompleteLifecycleAction", ("AutoScalingGroupName", "asg"), ("LifecycleHookName", "target-drain"),
            ("InstanceId", id), ("LifecycleActionResult", "CONTINUE"));
        Assert.Equal((400, "ValidationError"), (response.Status, response.Xml().Value("Code")));
        Assert.Equal($"No active Lifecycle Action found with instance ID {id}", response.Xml().Value("Message"));
        var token = Assert.Single(world.Journal.Of<LifecycleActionStarted>()).Token;
        var error = Assert.Throws<AwsErrorException>(() => world.AutoScaling.RecordHeartbeat("asg", "target-drain", null, token));
        Assert.Equal($"No active Lifecycle Action found with token {token}", error.Message);
    });

    [Fact]
    public void An_instance_that_returns_to_the_warm_pool_is_deregistered_and_stopped() => clock.Run(async () =>
    {
        world.AutoScaling.PutHook("asg", Hook());
        world.AutoScaling.ReturnToWarmPool(id);
        await Task.Delay(TimeSpan.FromSeconds(300), clock);
        Assert.Equal("Warmed:Pending:Wait", State());
        Assert.Empty(world.LoadBalancing.Targets(attached.Arn));
        Assert.Equal("WarmPool", (string?)Events("EC2 Instance-terminate Lifecycle Action").Single()["detail"]!["Destination"]);
        await CompleteAsync("target-drain");
        await Task.Delay(world.Options.StopTime, clock);
        Assert.Equal("Warmed:Stopped", State());
        Assert.Equal("stopped", world.Compute.Find(id).State);
    });

    [Fact]
    public void A_spot_interruption_calls_the_hook_at_once_and_does_not_wait_for_it() => clock.Run(async () =>
    {
        world.AutoScaling.PutHook("asg", Hook() with { HeartbeatTimeout = 3600 });
        world.Compute.InterruptSpot(id, "terminate");
        Assert.Equal("Terminating:Wait", State());
        await Task.Delay(TimeSpan.FromSeconds(121) + world.Options.ShutdownTime, clock);
        Assert.Equal("terminated", world.Compute.Find(id).State);
        Assert.Equal("instance terminated", Assert.Single(world.Journal.Of<LifecycleActionEnded>()).By);
    });

    [Fact]
    public void Instances_nobody_knows_are_left_out_of_the_description() => clock.Run(async () =>
    {
        var answer = await world.CallAsync(
            "autoscaling", "DescribeAutoScalingInstances", ("InstanceIds.member.1", id), ("InstanceIds.member.2", "i-12345678901234567"));
        Assert.Equal([id], answer.Descendants("InstanceId").Select(element => element.Value));
    });

    [Fact]
    public void A_hook_tells_its_global_timeout_and_refuses_heartbeats_out_of_range() => clock.Run(async () =>
    {
        world.AutoScaling.PutHook("asg", Hook() with { HeartbeatTimeout = 7200 });
        var answer = await world.CallAsync("autoscaling", "DescribeLifecycleHooks", ("AutoScalingGroupName", "asg"));
        Assert.Equal("172800", answer.Value("GlobalTimeout"));
        Assert.Throws<AwsErrorException>(() => world.AutoScaling.PutHook("asg", Hook() with { HeartbeatTimeout = 29 }));
    });

    private static LifecycleHook Hook(string name = "target-drain") => new(name) { HeartbeatTimeout = 60 };

    private string? State() => world.AutoScaling.Member(id)?.LifecycleState;

    private IEnumerable<JsonNode> Events(string detailType) =>
        world.Journal.Of<EventPublished>().Where(entry => entry.DetailType == detailType).Select(entry => JsonNode.Parse(entry.Body)!);

    private async Task WaitingAsync()
    {
        world.AutoScaling.TerminateInstance(id);
        await Task.Delay(TimeSpan.FromSeconds(300), clock);
        Assert.Equal("Terminating:Wait", State());
    }

    private async Task CompleteAsync(string hook) => await world.CallAsync(
        "autoscaling", "CompleteLifecycleAction", ("AutoScalingGroupName", "asg"), ("LifecycleHookName", hook),
        ("InstanceId", id), ("LifecycleActionResult", "CONTINUE"));
}
