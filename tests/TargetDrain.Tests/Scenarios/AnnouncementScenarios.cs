using System.Text.Json.Nodes;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

/// <summary>What the function tells EventBridge of its drains and of orphans.</summary>
public sealed class AnnouncementScenarios
{
    private static readonly InstallationOptions Telling = Scenario.With(("PUBLISH_EVENTS", "true"));

    [Fact]
    public void Nothing_is_told_unless_it_is_wanted() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web", delay: 60));
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(200);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Empty(scenario.Calls("PutEvents"));
    });

    [Fact]
    public void A_drain_that_was_waited_for_is_told_once_with_its_reason_and_its_action() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web", delay: 60));
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(600);

        var detail = Assert.Single(Told(scenario, "Drain Completed"));
        Assert.Equal(
            $$"""{"instance-id":"{{instance.Id}}","reasons":["LifecycleHook"],"outcome":"Drained","lifecycle-actions":[{"auto-scaling-group":"web","hook":"target-drain","result":"CONTINUE"}],"seconds":{{detail["seconds"]}}}""",
            detail.ToJsonString());
        Assert.InRange((double)detail["seconds"]!, 60, 90);
        Assert.True(scenario.Calls("PutEvents").Single().Started >= scenario.Calls("CompleteLifecycleAction").Single().At);
    }, Telling);

    [Fact]
    public void The_groups_are_named_where_the_ticket_knows_them() => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web", delay: 60);
        var instance = scenario.Serve(web);
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(200);

        Assert.Equal([web.Arn], Texts(Assert.Single(Told(scenario, "Drain Completed"))["target-groups"]));
    }, Scenario.With(("PUBLISH_EVENTS", "true"), ("FINAL_LOOK", "known")));

    [Fact]
    public void An_instance_that_was_registered_nowhere_is_told_too() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve();
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(60);

        Assert.Equal("NothingRegistered", Outcome(Assert.Single(Told(scenario, "Drain Completed"))));
    }, Telling);

    [Fact]
    public void What_leaves_without_a_hook_is_told_when_it_is_deregistered_and_not_again() => Scenario.Play(async scenario =>
    {
        var (web, api) = (scenario.Group("web"), scenario.Group("api"));
        var instance = scenario.Serve(new InstanceSpec { SpotBehavior = "terminate" }, web, api);
        scenario.World.Compute.InterruptSpot(instance.Id);
        await scenario.Pass(300);

        var detail = Assert.Single(Told(scenario, "Drain Completed"));
        Assert.Equal("Deregistered", Outcome(detail));
        Assert.Equal(["SpotInterruption"], Texts(detail["reasons"]));
        Assert.Equal(new[] { api.Arn, web.Arn }.Order(), Texts(detail["target-groups"]).Order());
        Assert.Null(detail["lifecycle-actions"]);
    }, Telling);

    [Fact]
    public void What_was_registered_nowhere_and_waits_for_nobody_is_no_news() => Scenario.Play(async scenario =>
    {
        scenario.World.Compute.Terminate(scenario.Serve().Id);
        await scenario.Pass(60);

        Assert.Empty(scenario.Calls("PutEvents"));
    }, Telling);

    [Fact]
    public void It_is_told_when_a_second_attempt_has_taken_out_the_rest() => Scenario.Play(async scenario =>
    {
        var (web, mute) = (scenario.Group("web"), scenario.Group("mute"));
        var instance = scenario.Serve(web);
        var outage = scenario.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DescribeTargetHealth", When = call => call.Resource == mute.Arn });
        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(5);
        Assert.Empty(scenario.Calls("PutEvents"));
        scenario.World.Faults.Remove(outage);
        await scenario.Pass(120);

        Assert.Equal([web.Arn], Texts(Assert.Single(Told(scenario, "Drain Completed"))["target-groups"]));
    }, Telling);

    [Fact]
    public void A_drain_that_outlasts_its_time_is_told_as_one_that_gave_up() => Scenario.Play(async scenario =>
    {
        var stuck = scenario.Group("stuck", delay: 3600);
        var instance = scenario.Serve(stuck);
        scenario.Scale([instance], heartbeat: 600);
        scenario.World.LoadBalancing.Deregister(stuck.Arn, new TargetSpec(instance.Id));
        scenario.World.LoadBalancing.SetAttribute(stuck.Arn, "deregistration_delay.timeout_seconds", "60");
        scenario.Terminate(instance);
        await scenario.Pass(600);

        var detail = Assert.Single(Told(scenario, "Drain Gave Up"));
        Assert.Equal("TimedOut", Outcome(detail));
        Assert.Equal([stuck.Arn], Texts(detail["target-groups"]));
        Assert.NotNull(detail["problem"]);
    }, Telling);

    [Fact]
    public void And_so_is_one_whose_group_never_answered_with_the_reason() => Scenario.Play(async scenario =>
    {
        var (mute, web) = (scenario.Group("mute"), scenario.Group("web"));
        var instance = scenario.Serve(mute, web);
        scenario.Scale([instance], heartbeat: 300);
        scenario.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DescribeTargetHealth", When = call => call.Resource == mute.Arn });
        scenario.Terminate(instance);
        await scenario.Pass(7200);

        var detail = Assert.Single(Told(scenario, "Drain Gave Up"));
        Assert.Equal("GaveUp", Outcome(detail));
        Assert.Equal("LEAVE", (string?)detail["lifecycle-actions"]![0]!["result"]);
        Assert.Contains($"DescribeTargetHealth of {mute.Arn}", (string?)detail["problem"], StringComparison.Ordinal);
    }, Scenario.OnlyLifecycleActions(("PUBLISH_EVENTS", "true")));

    [Theory]
    [InlineData("report", false)]
    [InlineData("remove", true)]
    public void An_orphan_is_told_once(string mode, bool removed) => Scenario.Play(async scenario =>
    {
        var pods = scenario.Group("pods", type: "ip");
        scenario.World.Compute.Terminate(scenario.World.Compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { Address = "172.31.0.200" }] }).Id);
        await scenario.Pass(60);
        scenario.Register(pods, "172.31.0.200");
        await scenario.Pass(1500);

        Assert.Equal(
            $$"""{"target-group-arn":"{{pods.Arn}}","target-id":"172.31.0.200","port":80,"removed":{{(removed ? "true" : "false")}},"first-seen":"2026-01-01T00:05:01.001Z"}""",
            Assert.Single(Told(scenario, "Orphan Found")).ToJsonString());
    }, Scenario.With(("PUBLISH_EVENTS", "true"), ("RECONCILE_ORPHANS", mode)), reconciles: true);

    [Fact]
    public void A_dry_run_tells_of_no_drain() => Scenario.Play(async scenario =>
    {
        scenario.World.Compute.Terminate(scenario.Serve(scenario.Group("web")).Id);
        await scenario.Pass(60);

        Assert.Empty(scenario.Calls("PutEvents"));
    }, Scenario.With(("PUBLISH_EVENTS", "true"), ("DRY_RUN", "true")));

    [Fact]
    public void Many_go_ten_in_a_call() => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web");
        var instances = Enumerable.Range(0, 25).Select(_ => scenario.Serve(web)).ToList();
        foreach (var instance in instances) scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(60);

        Assert.Equal(instances.Select(instance => instance.Id).Order(), Told(scenario, "Drain Completed").Select(detail => (string)detail["instance-id"]!).Order());
        Assert.Equal(3, scenario.Calls("PutEvents").Count());
    }, Telling);

    public static TheoryData<string, Fault> Outages => new()
    {
        { "denied", Fault.AccessDenied }, { "unavailable", Fault.Unavailable }, { "throttled", Fault.Throttled },
        { "refused", Fault.ConnectionRefused }, { "mute", Fault.StallFor(TimeSpan.FromMinutes(10)) }, { "no JSON", Fault.Malformed },
    };

    [Theory, MemberData(nameof(Outages))]
    public void An_event_that_cannot_be_sent_delays_and_fails_nothing(string name, Fault outage) => Scenario.Play(async scenario =>
    {
        scenario.World.Faults.Add(new FaultRule(outage) { Operation = "PutEvents" });
        var instance = scenario.Serve(scenario.Group("web", delay: 30));
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(60);

        Assert.True(scenario.Ended().SequenceEqual(["CONTINUE by caller"]), name);
        await scenario.Pass(60);
        Assert.Contains(scenario.Log(), line => line.Contains("events of our own could not be sent", StringComparison.Ordinal));
        Assert.All(scenario.Journal.Of<InvocationEnded>(), run => Assert.True(run.Outcome == "ok" && run.Billed < TimeSpan.FromSeconds(6), $"{run}"));
        Assert.Equal((0, 0, 0), (scenario.DeadLetters(), scenario.Installation.Waiting, scenario.Metric("MessagesFailed")));
    }, Telling);

    /// <summary>Whoever routes our events into the queue makes no loop of it.</summary>
    [Fact]
    public void What_the_function_says_itself_never_makes_it_act() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web", delay: 30));
        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(600);

        Assert.Single(Told(scenario, "Drain Completed"));
        Assert.Equal((1, 0), (scenario.Metric("EventsIgnored"), scenario.DeadLetters()));
        Assert.Single(scenario.Calls("DeregisterTargets"));
    }, Telling with
    {
        Rules = new Dictionary<string, string>(new InstalledStack(Telling, new WorldOptions()).Rules) { ["EverythingOfOurs"] = """{"source":["target-drain"]}""" },
    });

    private static List<JsonObject> Told(Scenario scenario, string detailType) =>
    [
        .. scenario.Journal.Of<EventPublished>().Where(published => published.Source == "target-drain" && published.DetailType == detailType)
            .Select(published => JsonNode.Parse(published.Body)!["detail"]!.AsObject()),
    ];

    private static string? Outcome(JsonObject detail) => (string?)detail["outcome"];

    private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(item => (string)item!) ?? [];
}
