using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

/// <summary>Instances that are not to be touched: by a tag of their own, or because they were not opted in.</summary>
public sealed class OptOutScenarios
{
    private const string Refused = "is left alone";

    private static readonly InstanceSpec Ignored = Tagged("target-drain", "Ignore");

    public static TheoryData<string, string> OptIns => new()
    {
        { "INSTANCE_TAG", "drain" }, { "INSTANCE_TAG", "drain=yes" }, { "AUTO_SCALING_GROUP_NAMES", "other-*,shop" },
    };

    [Fact]
    public void Its_hook_is_completed_at_once_and_it_stays_registered() => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web", delay: 300);
        var instance = scenario.Serve(Ignored, web);
        scenario.Scale([instance], heartbeat: 900);
        scenario.Terminate(instance);
        await scenario.Pass(20);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        await scenario.Pass(600);
        Assert.Empty(scenario.Calls("DeregisterTargets"));
        Assert.Empty(scenario.Calls("DescribeTargetHealth"));
        Assert.Equal((0, 0), (scenario.DeadLetters(), scenario.Installation.Waiting));
        Assert.Contains(scenario.Log(), line => line.Contains($"{instance.Id} {Refused}: its tag target-drain says ignore", StringComparison.Ordinal));
        Assert.Contains(scenario.Log(), line => line.Contains($"{instance.Id} NothingRegistered: web/target-drain ended with CONTINUE", StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("ABANDON", "ABANDON by caller")]
    [InlineData("LEAVE", "ABANDON by heartbeat timeout")]
    public void With_the_result_that_is_configured_for_nothing_registered(string result, string ended) => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(Ignored, scenario.Group("web"));
        scenario.Scale([instance], heartbeat: 60);
        scenario.Terminate(instance);
        await scenario.Pass(120);

        Assert.Equal([ended], scenario.Ended());
    }, Scenario.With(("RESULT_NOTHING_REGISTERED", result)));

    [Fact]
    public void No_other_notice_is_acted_upon_and_those_beside_it_are() => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web");
        var (ignored, plain, otherwise) = (scenario.Serve(Ignored, web), scenario.Serve(web), scenario.Serve(Tagged("target-drain", "yes"), web));
        foreach (var instance in new[] { ignored, plain, otherwise }) scenario.Send(Messages.Drain(instance.Id));
        await scenario.Pass(30);

        Assert.Equal([$"{ignored.Id}:80 healthy", $"{plain.Id}:80 draining", $"{otherwise.Id}:80 draining"], scenario.In(web));
        Assert.Equal(0, scenario.DeadLetters());
    });

    [Fact]
    public void A_tag_that_is_set_while_it_drains_ends_the_wait() => Scenario.Play(async scenario =>
    {
        var (web, late) = (scenario.Group("web", delay: 60), scenario.Group("late", delay: 600));
        var instance = scenario.Serve(web);
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(30);
        instance.Tags["target-drain"] = "ignore";
        scenario.Register(late, instance.Id);
        await scenario.Pass(60);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Equal(0, scenario.Calls("DeregisterTargets", late));
    });

    [Fact]
    public void A_completion_that_fails_is_tried_again() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(Ignored, scenario.Group("web"));
        scenario.Scale([instance], heartbeat: 900);
        scenario.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "CompleteLifecycleAction", Times = 2 });
        scenario.Terminate(instance);
        await scenario.Pass(120);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    });

    [Fact]
    public void A_dry_run_ends_nothing() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(Ignored, scenario.Group("web"));
        scenario.Scale([instance], heartbeat: 7200);
        scenario.Terminate(instance);
        await scenario.Pass(60);

        Assert.Empty(scenario.Calls("CompleteLifecycleAction"));
        Assert.Contains(scenario.Log(), line => line.Contains(Refused, StringComparison.Ordinal));
    }, Scenario.With(("DRY_RUN", "true")));

    [Fact]
    public void It_is_no_finished_drain_to_be_told() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(Ignored, scenario.Group("web"));
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(60);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Empty(scenario.Calls("PutEvents"));
    }, Scenario.With(("PUBLISH_EVENTS", "true")));

    [Fact]
    public void The_reconciler_neither_begins_its_drain_nor_counts_it() => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web");
        var (waiting, dead) = (scenario.Serve(Ignored, web), scenario.Serve(Ignored, web));
        scenario.Scale([waiting], heartbeat: 7200);
        scenario.Terminate(waiting);
        scenario.World.Compute.Terminate(dead.Id);
        await scenario.Pass(1500);

        Assert.Equal((0, 0), (scenario.Metric("ActionsRecovered"), scenario.Metric("OrphansFound")));
        Assert.Empty(scenario.Calls("DeregisterTargets"));
        Assert.Empty(scenario.Calls("RecordLifecycleActionHeartbeat"));
    }, Scenario.With(("LIFECYCLE_EVENTS", "false"), ("STATE_CHANGES", "false"), ("RECONCILE_ORPHANS", "remove")), new() { TerminatedStayRegistered = true }, reconciles: true);

    [Theory, MemberData(nameof(OptIns))]
    public void Where_it_is_opt_in_only_those_are_drained_that_are_in(string variable, string value) => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web", delay: 600);
        var (inside, outside) = (scenario.Serve(Tagged("drain", "yes"), web), scenario.Serve(Tagged("Drain", "no"), web));
        scenario.Scale([inside], name: "shop");
        scenario.Scale([outside], name: "web");
        scenario.Terminate(inside);
        scenario.Terminate(outside);
        await scenario.Pass(20);

        // The other one's hook does not wait for nothing.
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Contains($"{inside.Id}:80 draining", scenario.In(web));
        Assert.All(scenario.Calls("DeregisterTargets"), _ => Assert.DoesNotContain($"{outside.Id}:80 draining", scenario.In(web)));
        Assert.Contains(scenario.Log(), line => line.Contains($"{outside.Id} {Refused}", StringComparison.Ordinal) && line.Contains(variable, StringComparison.Ordinal));
    }, Scenario.With((variable, value)));

    [Fact]
    public void A_tag_has_to_have_the_value_that_was_named_and_both_ways_in_have_to_hold() => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web");
        var (right, wrong, alone) = (scenario.Serve(Tagged("drain", "yes"), web), scenario.Serve(Tagged("drain", "YES"), web), scenario.Serve(Tagged("drain", "yes"), web));
        scenario.World.AutoScaling.CreateGroup(new AutoScalingGroupSpec("shop"));
        scenario.World.AutoScaling.AttachInstances("shop", right.Id, wrong.Id);
        foreach (var instance in new[] { right, wrong, alone }) scenario.Send(Messages.Drain(instance.Id));
        await scenario.Pass(30);

        Assert.Equal([$"{right.Id}:80 draining", $"{wrong.Id}:80 healthy", $"{alone.Id}:80 healthy"], scenario.In(web));
    }, Scenario.WithoutRules(("INSTANCE_TAG", "drain=yes"), ("AUTO_SCALING_GROUP_NAMES", "sh?p")));

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("INSTANCE_TAG", "drain", false)]
    [InlineData("AUTO_SCALING_GROUP_NAMES", "shop", false)]
    [InlineData("AUTO_SCALING_GROUP_NAMES", "web", true)]
    public void One_that_EC2_no_longer_knows_is_in_where_nothing_is_asked_for_or_the_action_names_its_group(string? variable, string? value, bool isIn) => Scenario.Play(async scenario =>
    {
        scenario.Group("web");
        scenario.Send(Messages.Lifecycle("i-0123456789abcdef0", "87654321-4321-4321-4321-210987654321"));
        await scenario.Pass(30);

        Assert.Equal(isIn, !scenario.Log().Any(line => line.Contains(Refused, StringComparison.Ordinal)));
    }, variable is null ? Scenario.WithoutRules() : Scenario.WithoutRules((variable, value!)));

    [Fact]
    public void While_EC2_does_not_answer_an_opt_in_waits_and_then_drains() => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web");
        var instance = scenario.Serve(Tagged("drain", "yes"), web);
        scenario.Scale([instance]);
        var outage = scenario.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DescribeInstances" });
        scenario.Terminate(instance);
        await scenario.Pass(60);
        Assert.Equal([$"{instance.Id}:80 healthy"], scenario.In(web));
        Assert.Empty(scenario.Ended());
        scenario.World.Faults.Remove(outage);
        await scenario.Pass(120);

        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(web));
    }, Scenario.With(("INSTANCE_TAG", "drain")));

    private static InstanceSpec Tagged(string key, string value) => new() { Tags = new Dictionary<string, string> { [key] = value } };
}
