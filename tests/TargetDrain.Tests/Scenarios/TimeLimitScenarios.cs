using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class TimeLimitScenarios
{
    // What was begun with the longer one goes on.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_delay_that_is_made_shorter_ends_no_drain_early(bool begunByOthers) => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web", delay: 600);
        var instance = scenario.Serve(web);
        scenario.Scale([instance]);
        if (begunByOthers) scenario.World.LoadBalancing.Deregister(web.Arn, new TargetSpec(instance.Id));
        scenario.Terminate(instance);
        await scenario.Pass(20);
        scenario.World.LoadBalancing.SetAttribute(web.Arn, "deregistration_delay.timeout_seconds", "5");
        await scenario.Pass(570);
        Assert.Empty(scenario.Ended());
        await scenario.Pass(600);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Equal(0, scenario.Metric("DrainsTimedOut"));
    });

    // It was asked for it a while ago, and somebody has made it longer since.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_drain_that_takes_longer_than_the_group_said_last_time_is_waited_for(bool begunByOthers) => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web", delay: 5);
        var (first, second) = (scenario.Serve(web), scenario.Serve(web));
        scenario.Scale([first, second]);
        scenario.Terminate(first);
        await scenario.Pass(60);
        scenario.World.LoadBalancing.SetAttribute(web.Arn, "deregistration_delay.timeout_seconds", "400");
        if (begunByOthers) scenario.World.LoadBalancing.Deregister(web.Arn, new TargetSpec(second.Id));
        scenario.Terminate(second);
        await scenario.Pass(390);
        Assert.Single(scenario.Ended());
        Assert.Equal([$"{second.Id}:80 draining"], scenario.In(web));
        await scenario.Pass(400);

        Assert.Equal(Enumerable.Repeat("CONTINUE by caller", 2), scenario.Ended());
        Assert.Equal(0, scenario.Metric("DrainsTimedOut"));
    });

    [Theory]
    [InlineData(60, 8, 15)]
    [InlineData(300, 1, 4)]
    [InlineData(3600, 0, 0)]
    public void The_heartbeat_follows_the_hooks_own_timeout(int timeout, int least, int most) => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web", delay: 400));
        scenario.Scale([instance], heartbeat: timeout);

        scenario.Terminate(instance);
        await scenario.Pass(600);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.InRange(scenario.Journal.Of<HeartbeatRecorded>().Count(), least, most);
    });

    [Fact]
    public void A_heartbeat_that_fails_once_does_no_harm() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web", delay: 400));
        scenario.Scale([instance], heartbeat: 60);
        scenario.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "RecordLifecycleActionHeartbeat", Times = 1 });

        scenario.Terminate(instance);
        await scenario.Pass(600);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Contains(scenario.Log(), line => line.Contains("no heartbeat for web/target-drain (AccessDenied", StringComparison.Ordinal));
        Assert.Equal(0, scenario.DeadLetters());
    });

    [Fact]
    public void Heartbeats_and_tickets_stop_when_the_action_is_gone() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web", delay: 3600));
        scenario.Scale([instance], heartbeat: 60);
        scenario.Terminate(instance);
        await scenario.Pass(100);

        scenario.World.AutoScaling.CompleteAction("web", "target-drain", instance.Id, token: null, "CONTINUE");
        await scenario.Pass(60);
        var tickets = scenario.Metric("TicketsSent");
        await scenario.Pass(3600);

        Assert.Equal(tickets, scenario.Metric("TicketsSent"));
        Assert.Equal((0, 0), (scenario.Installation.Queue.Counts.All, scenario.DeadLetters()));
        Assert.Empty(scenario.Calls("CompleteLifecycleAction"));
    });

    [Fact]
    public void A_drain_longer_than_the_hooks_global_limit_ends_just_before_it() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web", delay: 3600));
        scenario.Scale([instance], heartbeat: 30);

        scenario.Terminate(instance);
        await scenario.Pass(4000);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        var (started, ended) = (Assert.Single(scenario.Journal.Of<LifecycleActionStarted>()), Assert.Single(scenario.Journal.Of<LifecycleActionEnded>()));
        Assert.InRange((ended.At - started.At).TotalSeconds, 2900, 3000);
        Assert.Equal(1, scenario.Metric("DrainsTimedOut"));
    });

    [Fact]
    public void The_slowest_group_decides_how_long_to_wait() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("quick", delay: 0), scenario.Group("fast", delay: 10), scenario.Group("slow", delay: 900));
        scenario.Scale([instance]);

        scenario.Terminate(instance);
        await scenario.Pass(895);
        Assert.Empty(scenario.Ended());
        await scenario.Pass(20);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    });

    [Fact]
    public void A_group_that_drains_no_time_at_all_is_soon_done() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("quick", delay: 0));
        scenario.Scale([instance]);

        scenario.Terminate(instance);
        await scenario.Pass(10);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    });

    [Fact]
    public void Two_hooks_with_different_timeouts_are_both_kept_alive() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web", delay: 400));
        scenario.Scale([instance], heartbeat: 60, hook: "short");
        scenario.World.AutoScaling.PutHook("web", new LifecycleHook("long") { HeartbeatTimeout = 7200 });

        scenario.Terminate(instance);
        await scenario.Pass(600);

        Assert.Equal(["CONTINUE by caller", "CONTINUE by caller"], scenario.Ended());
        Assert.All(scenario.Journal.Of<HeartbeatRecorded>(), beat => Assert.Equal("short", beat.HookName));
    }, Scenario.With(("LIFECYCLE_HOOK_NAMES", "short,long")));
}
