using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Events;
using TargetDrain.Lifecycle;
using TargetDrain.Queue;
using Xunit;
using LifecycleAction = TargetDrain.Events.LifecycleAction;

namespace TargetDrain.Tests.Lifecycle;

public sealed class KeepAliveTests
{
    private const string Heartbeat = "RecordLifecycleActionHeartbeat";

    private readonly Workbench bench = new();
    private readonly Instance instance;
    private readonly LifecycleActions lifecycle;
    private readonly HookCatalog hooks;

    public KeepAliveTests()
    {
        instance = bench.World.Compute.RunInstance();
        bench.World.AutoScaling.CreateGroup(new AutoScalingGroupSpec("web"));
        bench.World.AutoScaling.PutHook("web", new LifecycleHook("drain") { HeartbeatTimeout = 300 });
        bench.World.AutoScaling.AttachInstances("web", [instance.Id]);
        bench.World.AutoScaling.TerminateInstance(instance.Id);
        lifecycle = new LifecycleActions(bench.Aws.AutoScaling, bench.Api, new DrainOptions().Results, bench.Metrics, bench.Log);
        hooks = new HookCatalog(bench.Aws.AutoScaling, bench.Api, bench.Clock, bench.Log);
    }

    private PendingAction Action => new("web", "drain", bench.World.Journal.Of<LifecycleActionStarted>().Single().Token, bench.Now);

    [Fact]
    public void Heartbeats_go_out_when_two_thirds_of_the_timeout_are_used_up_however_long_it_takes() => bench.Clock.Run(async () =>
    {
        var departure = Noticed();
        await using var keepAlive = On(departure);
        await bench.Pass(199);
        Assert.Equal(0, bench.Calls(Heartbeat));
        await bench.Pass(2);
        Assert.Equal(1, bench.Calls(Heartbeat));
        await bench.Pass(199);
        Assert.Equal(1, bench.Calls(Heartbeat));
        await bench.Pass(2);
        Assert.Equal(2, bench.Calls(Heartbeat));
        Assert.InRange((bench.Now - Assert.Single(keepAlive.ActionsOf(departure)).LastHeartbeat!.Value).TotalSeconds, 0, 3);
        Assert.False(keepAlive.IsOver(departure));
    });

    [Fact]
    public void With_the_work_they_end() => bench.Clock.Run(async () =>
    {
        var keepAlive = On(Noticed());
        await keepAlive.DisposeAsync();
        await bench.Pass(400);

        Assert.Equal(0, bench.Calls(Heartbeat));
    });

    // What is tried then fails at once, every second anew.
    [Fact]
    public void When_the_time_is_up_none_is_tried_any_more() => bench.Clock.Run(async () =>
    {
        var clock = new CountingClock(bench.Clock);
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(150), bench.Clock);
        await using var keepAlive = new KeepAlive([Noticed(known: true)], hooks, lifecycle, dryRun: false, clock, time.Token);
        await bench.Pass(149);
        Assert.Equal(1, clock.Open);
        await bench.Pass(2);
        Assert.Equal(0, clock.Open);
    });

    // Another worker ended it, or a timeout did.
    [Fact]
    public void One_that_is_over_is_no_longer_among_the_actions_and_beats_no_more() => bench.Clock.Run(async () =>
    {
        var departure = Noticed();
        await using var keepAlive = On(departure);
        await lifecycle.CompleteAsync(Action, instance.Id, DrainOutcome.Drained, default);
        await bench.Pass(202);

        Assert.True(keepAlive.IsOver(departure));
        Assert.Empty(keepAlive.ActionsOf(departure));
        await bench.Pass(400);
        Assert.Equal(1, bench.Calls(Heartbeat));
        Assert.Null(await keepAlive.ProlongAsync(departure, departure.Actions));
    });

    [Fact]
    public void An_instance_without_actions_is_never_over() => bench.Clock.Run(async () =>
    {
        var departure = new Departure(instance.Id).With(Message, new TerminationNotice(instance.Id, TerminationReason.StateChange, bench.Now));
        await using var keepAlive = On(departure);

        Assert.False(keepAlive.IsOver(departure));
        Assert.Null(await keepAlive.ProlongAsync(departure, []));
    });

    [Fact]
    public void One_of_two_that_is_over_does_not_end_the_other() => bench.Clock.Run(async () =>
    {
        var departure = Noticed(Action with { Token = new string('b', 36) });
        await using var keepAlive = On(departure);
        await bench.Pass(202);

        Assert.False(keepAlive.IsOver(departure));
        Assert.Equal(Action.Token, Assert.Single(keepAlive.ActionsOf(departure)).Token);
    });

    // The ticket goes on another round for sure, and a third of the timeout is used up.
    [Theory]
    [InlineData(100, 60, 1)]
    [InlineData(99, 60, 0)]
    [InlineData(100, 0, 0)]
    public void A_heartbeat_goes_along_with_a_ticket_that_goes_on(int secondsSince, int drainsFor, int calls) => bench.Clock.Run(async () =>
    {
        var ticket = new DrainTicket(2, instance.Id, bench.Now, [Action with { HeartbeatSeconds = 300, GlobalSeconds = 3000 }]);
        await bench.Pass(secondsSince);
        var departure = new Departure(instance.Id).With(Message, ticket with { DrainsEndBy = bench.Now.AddSeconds(drainsFor) });
        await using var keepAlive = On(departure);
        await keepAlive.SettleAsync();

        Assert.Equal(calls, bench.Calls(Heartbeat));
        Assert.Equal(0, bench.Calls("DescribeLifecycleHooks"));
    });

    [Fact]
    public void What_the_catalog_says_is_learned_once_for_all_that_need_it() => bench.Clock.Run(async () =>
    {
        var departure = Noticed();
        await using var keepAlive = On(departure);
        await keepAlive.SettleAsync();

        Assert.Equal((300, 30_000), (Assert.Single(keepAlive.ActionsOf(departure)).HeartbeatSeconds, keepAlive.ActionsOf(departure)[0].GlobalSeconds));
    });

    // It might be 30 seconds; but the answer is waited for a little.
    [Fact]
    public void Of_a_hook_that_is_not_known_the_shortest_timeout_is_assumed() => bench.Clock.Run(async () =>
    {
        bench.Fail("DescribeLifecycleHooks");
        var departure = Noticed();
        await using var keepAlive = On(departure);
        await bench.Pass(14);
        Assert.Equal(0, bench.Calls(Heartbeat));
        await bench.Pass(2);
        Assert.Equal(1, bench.Calls(Heartbeat));
    });

    [Fact]
    public void A_late_message_waits_three_seconds_for_the_limits_and_no_longer() => bench.Clock.Run(async () =>
    {
        bench.World.Faults.Add(new FaultRule(Fault.StallFor(TimeSpan.FromSeconds(8))) { Operation = "DescribeLifecycleHooks" });
        var departure = Noticed();
        await bench.Pass(20);
        await using var keepAlive = On(departure);
        await bench.Pass(2.5);
        Assert.Equal(0, bench.Calls(Heartbeat));
        await bench.Pass(1);
        Assert.Equal(1, bench.Calls(Heartbeat));
    });

    [Fact]
    public void Settling_takes_three_seconds_at_most_and_what_is_under_way_counts_as_failed() => bench.Clock.Run(async () =>
    {
        bench.World.Faults.Add(new FaultRule(Fault.StallFor(TimeSpan.FromSeconds(8))) { Operation = Heartbeat });
        var departure = Noticed(known: true);
        await bench.Pass(210);
        await using var keepAlive = On(departure);
        var start = bench.Now;
        await keepAlive.SettleAsync();
        Assert.Equal(3, (bench.Now - start).TotalSeconds);

        var action = Assert.Single(keepAlive.ActionsOf(departure));
        Assert.Equal((1, bench.Now.AddSeconds(5)), (action.FailedHeartbeats, action.RetryAt));
        await bench.Pass(6);
        Assert.Equal(0, Assert.Single(keepAlive.ActionsOf(departure)).FailedHeartbeats);
    });

    [Fact]
    public void Whoever_asks_while_a_heartbeat_is_under_way_gets_its_answer() => bench.Clock.Run(async () =>
    {
        bench.World.Latency.Default = TimeSpan.FromSeconds(1);
        var departure = Noticed(known: true);
        await bench.Pass(210);
        await using var keepAlive = On(departure);

        Assert.Equal(HeartbeatResult.Recorded, await keepAlive.AskAsync(instance.Id, departure.Actions[0]));
        Assert.Equal(1, bench.Calls(Heartbeat));
    });

    [Fact]
    public void Before_messages_are_handed_back_a_heartbeat_goes_out_where_it_is_worth_it() => bench.Clock.Run(async () =>
    {
        var departure = Noticed(known: true);
        await bench.Pass(99);
        await using var keepAlive = On(departure);
        Assert.Equal(101, (await keepAlive.ProlongAsync(departure, departure.Actions))!.Value.TotalSeconds);
        Assert.Equal(0, bench.Calls(Heartbeat));
        await bench.Pass(1);
        Assert.Null(await keepAlive.ProlongAsync(departure, []));
        Assert.Equal(0, bench.Calls(Heartbeat));
        Assert.Equal(200, (await keepAlive.ProlongAsync(departure, departure.Actions))!.Value.TotalSeconds);
        Assert.Equal(1, bench.Calls(Heartbeat));
    });

    [Fact]
    public void A_dry_run_asks_for_nothing_and_takes_every_action_for_waiting() => bench.Clock.Run(async () =>
    {
        var departure = Noticed(known: false);
        await using var keepAlive = new KeepAlive([departure], hooks, lifecycle, dryRun: true, bench.Clock, default);
        await bench.Pass(400);

        Assert.Equal(HeartbeatResult.Recorded, await keepAlive.AskAsync(instance.Id, departure.Actions[0]));
        await keepAlive.ProlongAsync(departure, departure.Actions);
        Assert.Equal((0, 0), (bench.Calls(Heartbeat), bench.Calls("DescribeLifecycleHooks")));
        Assert.Single(keepAlive.ActionsOf(departure));
    });

    // A heartbeat that is due goes out at once, and not with the next tick.
    [Fact]
    public void As_soon_as_the_limits_are_known_what_is_due_goes_out() => bench.Clock.Run(async () =>
    {
        var departure = Noticed();
        await bench.Pass(250);
        bench.World.Latency.Default = TimeSpan.FromSeconds(0.2);
        await using var keepAlive = On(departure);
        await bench.Pass(0.9);

        Assert.Equal(1, bench.Calls(Heartbeat));
    });

    [Fact]
    public void What_was_answered_is_not_asked_again() => bench.Clock.Run(async () =>
    {
        var departure = Noticed(known: true);
        await bench.Pass(210);
        await using var keepAlive = On(departure);
        await keepAlive.SettleAsync();

        Assert.Equal(HeartbeatResult.Recorded, await keepAlive.AskAsync(instance.Id, departure.Actions[0]));
        Assert.Equal(1, bench.Calls(Heartbeat));
    });

    [Fact]
    public void None_goes_out_beside_one_that_is_under_way() => bench.Clock.Run(async () =>
    {
        var departure = Noticed(known: true);
        await bench.Pass(210);
        bench.World.Latency.Default = TimeSpan.FromSeconds(1);
        await using var keepAlive = On(departure);
        await keepAlive.ProlongAsync(departure, departure.Actions);

        Assert.Equal(1, bench.Calls(Heartbeat));
    });

    [Theory]
    [InlineData(600, 200)]
    [InlineData(60, 40)]
    public void Of_two_actions_the_one_whose_heartbeat_comes_first_says_how_long_there_is(int other, double room) => bench.Clock.Run(async () =>
    {
        var action = Action with { HeartbeatSeconds = 300 };
        var departure = new Departure(instance.Id).With(
            Message, new DrainTicket(2, instance.Id, bench.Now, [action, action with { Token = new string('b', 36), HeartbeatSeconds = other }]));
        await using var keepAlive = On(departure);

        Assert.Equal(room, (await keepAlive.ProlongAsync(departure, departure.Actions))!.Value.TotalSeconds);
    });

    // What still goes out must be answered, or the environment is frozen over it.
    [Fact]
    public void The_end_waits_for_what_is_under_way_and_begins_nothing() => bench.Clock.Run(async () =>
    {
        var (late, known) = (Noticed(), Noticed(known: true));
        await bench.Pass(250);
        bench.World.Latency.Default = TimeSpan.FromSeconds(2);
        var start = bench.Now;
        await On(late).DisposeAsync();
        Assert.Equal((2, 0), ((bench.Now - start).TotalSeconds, bench.Calls(Heartbeat)));

        start = bench.Now;
        await On(known).DisposeAsync();
        Assert.Equal((2, 1), ((bench.Now - start).TotalSeconds, bench.Calls(Heartbeat)));
        await bench.Pass(600);
        Assert.Equal(1, bench.Calls(Heartbeat));
    });

    [Fact]
    public void The_end_leaves_no_timer_behind() => bench.Clock.Run(async () =>
    {
        var clock = new CountingClock(bench.Clock);
        await new KeepAlive([Noticed(known: true)], hooks, lifecycle, dryRun: false, clock, default).DisposeAsync();

        Assert.Equal((1, 0), (clock.Made, clock.Open));
    });

    private static InboundMessage Message { get; } = new("1", "", "handle");

    private KeepAlive On(Departure departure) => new([departure], hooks, lifecycle, dryRun: false, bench.Clock, default);

    private Departure Noticed(bool known) => known
        ? new Departure(instance.Id).With(Message, new DrainTicket(2, instance.Id, bench.Now, [Action with { HeartbeatSeconds = 300, GlobalSeconds = 3000 }]))
        : Noticed();

    private Departure Noticed(params PendingAction[] others)
    {
        var departure = new Departure(instance.Id);
        foreach (var action in others.Prepend(Action))
            departure = departure.With(Message, new TerminationNotice(
                instance.Id, TerminationReason.LifecycleHook, bench.Now, new LifecycleAction(action.GroupName, action.HookName, action.Token!, bench.Now)));
        return departure;
    }

    private sealed class CountingClock(TimeProvider clock) : TimeProvider
    {
        public int Made { get; private set; }

        public int Open { get; private set; }

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Made++;
            Open++;
            return new Counted(this, clock.CreateTimer(callback, state, dueTime, period));
        }

        private sealed class Counted(CountingClock clock, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                clock.Open--;
                timer.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
