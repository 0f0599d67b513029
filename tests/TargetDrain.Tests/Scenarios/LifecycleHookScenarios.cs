using TargetDrain.Emulator.Journal;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class LifecycleHookScenarios
{
    // Every call takes its time, and the ticket that only came back for a heartbeat waits for it before it goes on.
    [Fact]
    public void A_heartbeat_that_is_under_way_is_no_failure_to_the_ticket_that_came_for_it() => Scenario.Play(async scenario =>
    {
        scenario.World.Latency.Default = TimeSpan.FromMilliseconds(200);
        var instance = scenario.Serve(scenario.Group("web", delay: 600));
        scenario.Scale([instance], heartbeat: 90);
        scenario.Terminate(instance);
        await scenario.Pass(590);

        var tickets = scenario.Journal.Of<MessageSent>().Where(message => message.Body.Contains("drainTicket", StringComparison.Ordinal)).ToList();
        Assert.InRange(tickets.Count, 8, 13);
        Assert.DoesNotContain(tickets, ticket => ticket.Body.Contains("retryAt\":\"", StringComparison.Ordinal));
        await scenario.Pass(60);
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    });

    [Fact]
    public void Completes_the_action_after_the_last_drain_and_not_before() => Scenario.Play(async scenario =>
    {
        var (fast, slow) = (scenario.Group("fast", delay: 30), scenario.Group("slow", delay: 300));
        var instance = scenario.Serve(fast, slow);
        scenario.Register(slow, instance.Id, port: 8080);
        scenario.Scale([instance]);

        scenario.Terminate(instance);
        await scenario.Pass(10);
        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(fast));
        Assert.Equal([$"{instance.Id}:80 draining", $"{instance.Id}:8080 draining"], scenario.In(slow));
        await scenario.Pass(600);

        Assert.Empty(scenario.In(fast));
        Assert.Empty(scenario.In(slow));
        var ended = Assert.Single(scenario.Journal.Of<LifecycleActionEnded>());
        Assert.Equal(("CONTINUE", "caller"), (ended.Result, ended.By));
        var lastGone = scenario.Journal.Of<TargetChanged>().Last(change => change.State == "gone").At;
        Assert.InRange(ended.At - lastGone, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Empty(scenario.Journal.Of<MessageDeadLettered>());
    });

    [Fact]
    public void A_drain_of_an_hour_is_kept_alive_by_heartbeats_and_costs_no_lambda_time() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("slow", delay: 3600);
        var instance = scenario.Serve(group);
        scenario.Scale([instance], heartbeat: 60);

        scenario.Terminate(instance);
        await scenario.Pass(3 * 3600);

        var ended = Assert.Single(scenario.Journal.Of<LifecycleActionEnded>());
        Assert.Equal(("CONTINUE", "caller"), (ended.Result, ended.By));
        Assert.InRange(scenario.Journal.Of<HeartbeatRecorded>().Count(), 60, 150);
        Assert.All(scenario.Journal.Of<InvocationEnded>(), run => Assert.True(run.Billed <= TimeSpan.FromSeconds(1), $"billed {run.Billed}"));
    });

    [Fact]
    public void With_nothing_registered_the_action_completes_at_once() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve();
        scenario.Group("empty");
        scenario.Scale([instance]);

        scenario.Terminate(instance);
        await scenario.Pass(10);

        Assert.Equal("CONTINUE", Assert.Single(scenario.Journal.Of<LifecycleActionEnded>()).Result);
    });
}
