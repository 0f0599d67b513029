using System.Text.Json.Nodes;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class EventScenarios
{
    [Theory]
    [InlineData("terminate")]
    [InlineData("stop")]
    [InlineData("hibernate")]
    public void A_spot_interruption_takes_the_instance_out_at_once_whatever_follows(string action) => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web");
        var instance = scenario.Serve(new InstanceSpec { SpotBehavior = action }, group);

        scenario.World.Compute.InterruptSpot(instance.Id);
        await scenario.Pass(5);

        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(group));
        Assert.Equal(1, scenario.Metric("Notices.SpotInterruption"));
        Assert.Equal(0, scenario.Metric("TicketsSent"));
    });

    [Theory]
    [InlineData("pending", "shutting-down", false)]
    [InlineData("running", "shutting-down", false)]
    [InlineData("stopping", "shutting-down", false)]
    [InlineData("stopped", "shutting-down", false)]
    [InlineData("shutting-down", "shutting-down", true)]
    [InlineData("terminated", "shutting-down", false)]
    [InlineData("shutting-down", "stopping", false)]
    public void Of_state_changes_the_configured_ones_are_acted_on(string state, string configured, bool acts) => Scenario.Play(
        async scenario => await AssertActsAsync(scenario, id => Messages.StateChange(id, state), acts),
        Scenario.WithoutRules(("INSTANCE_STATES", configured)));

    [Fact]
    public void A_stop_is_acted_on_while_EC2_says_so() => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web");
        var (stopped, serving) = (scenario.Serve(web), scenario.Serve(web));
        scenario.World.Compute.Stop(stopped.Id);

        scenario.Send(Messages.StateChange(stopped.Id, "stopping"));
        scenario.Send(Messages.StateChange(serving.Id, "stopping"));
        await scenario.Pass(5);

        Assert.Equal([$"{stopped.Id}:80 draining", $"{serving.Id}:80 healthy"], scenario.In(web));
        Assert.Equal(1, scenario.Metric("NoticesStale"));
    }, Scenario.WithoutRules(("INSTANCE_STATES", "shutting-down,stopping")));

    [Fact]
    public void An_envelope_of_an_unknown_shape_is_a_dead_letter() => Scenario.Play(async scenario =>
    {
        scenario.Send("{}");
        await scenario.Pass(5);

        Assert.Equal(0, scenario.Metric("EventsIgnored"));
        Assert.NotEqual(0, scenario.Metric("MessagesMalformed"));
    }, Scenario.WithoutRules());

    [Theory]
    [InlineData("false", false)]
    [InlineData("true", true)]
    public void A_rebalance_recommendation_is_acted_on_only_when_asked_for(string on, bool acts) => Scenario.Play(
        async scenario => await AssertActsAsync(scenario, Messages.Rebalance, acts), Scenario.WithoutRules(("DRAIN_ON_REBALANCE", on)));

    [Theory]
    [InlineData("false", false)]
    [InlineData("true", true)]
    public void A_finished_termination_is_acted_on_only_when_asked_for(string on, bool acts) => Scenario.Play(
        async scenario => await AssertActsAsync(scenario, Messages.TerminateSuccessful, acts),
        Scenario.WithoutRules(("DRAIN_ON_TERMINATE_SUCCESSFUL", on)));

    [Fact]
    public void A_scheduled_retirement_is_counted_and_never_acted_on_before_its_time() => Scenario.Play(
        async scenario => await AssertActsAsync(scenario, Messages.Retirement, acts: false), Scenario.WithoutRules());

    [Fact]
    public void An_operator_drains_an_instance_with_one_message_to_the_queue() => Scenario.Play(
        async scenario => await AssertActsAsync(scenario, Messages.Drain, acts: true), Scenario.WithoutRules());

    [Fact]
    public void An_operator_drains_an_instance_with_one_event_on_the_bus() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web");
        var instance = scenario.Serve(group);

        scenario.World.Events.Publish("target-drain", "Drain Instance", new JsonObject { ["instance-id"] = instance.Id });
        await scenario.Pass(5);

        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(group));
    }, new() { Rules = new Dictionary<string, string> { ["operator"] = """{"source":["target-drain"]}""" } });

    [Fact]
    public void Unknown_kinds_are_acknowledged_and_counted() => Scenario.Play(async scenario =>
    {
        scenario.Send(Messages.Event("aws.s3", "Object Created", []));
        scenario.Send(Messages.Event("aws.autoscaling", "EC2 Instance-launch Lifecycle Action", []));
        await scenario.Pass(5);

        Assert.Equal(2, scenario.Metric("EventsIgnored"));
        Assert.Equal((0, 0), (scenario.Installation.Queue.Counts.All, scenario.DeadLetters()));
        Assert.Empty(scenario.Calls("DescribeTargetGroups"));
    }, Scenario.WithoutRules());

    [Fact]
    public void A_launch_is_never_completed() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web"));

        scenario.Send(Messages.Flat(instance.Id, "87654321-4321-4321-4321-210987654321", "autoscaling:EC2_INSTANCE_LAUNCHING"));
        await scenario.Pass(5);

        Assert.Empty(scenario.Calls("CompleteLifecycleAction"));
        Assert.Empty(scenario.Calls("DeregisterTargets"));
        Assert.Equal(1, scenario.Metric("EventsIgnored"));
    });

    [Fact]
    public void Spot_events_name_the_instance_in_the_detail_and_their_arn_is_not_read() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web");
        var instance = scenario.Serve(new InstanceSpec { SpotBehavior = "terminate" }, group);

        scenario.World.Compute.InterruptSpot(instance.Id);
        await scenario.Pass(5);

        var sent = JsonNode.Parse(scenario.Journal.Of<EventPublished>().Single(entry => entry.DetailType.Contains("Spot", StringComparison.Ordinal)).Body)!;
        Assert.StartsWith("arn:aws:ec2:us-east-1a:instance/", (string?)sent["resources"]![0], StringComparison.Ordinal);
        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(group));
    });

    private static async Task AssertActsAsync(Scenario scenario, Func<string, string> message, bool acts)
    {
        var group = scenario.Group("web");
        var instance = scenario.Serve(group);

        scenario.Send(message(instance.Id));
        await scenario.Pass(5);

        Assert.Equal([$"{instance.Id}:80 {(acts ? "draining" : "healthy")}"], scenario.In(group));
        Assert.Equal((acts ? 1 : 0, acts ? 0 : 1), (scenario.Metric("Notices"), scenario.Metric("EventsIgnored")));
        Assert.Equal((0, 0), (scenario.Installation.Queue.Counts.All, scenario.DeadLetters()));
    }
}
