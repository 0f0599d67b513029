using Microsoft.Extensions.Logging.Abstractions;
using TargetDrain.Emulator.Clock;
using TargetDrain.Events;
using TargetDrain.Lifecycle;
using TargetDrain.Queue;
using TargetDrain.Targets;
using TargetDrain.Telemetry;
using Xunit;

namespace TargetDrain.Tests;

public sealed class DrainCoordinatorTests
{
    private const string Id = "i-0123456789abcdef0";

    private readonly VirtualClock clock = new();

    private DateTimeOffset Now => clock.GetUtcNow();

    private PendingAction Action => new("web", "drain", new string('a', 36), Now, 3600, 172_800, Now);

    private PendingAction Other => Action with { HookName = "backup", Token = new string('b', 36) };

    [Fact]
    public void What_is_registered_nowhere_has_nothing_to_wait_for()
    {
        var next = After(Noticed());

        Assert.Equal((DrainOutcome.NothingRegistered, true), (next.Outcome, next.IsDrained));
        Assert.Equal([Action], next.Completes);
        Assert.Null(next.Ticket);
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(0)]
    [InlineData(null)]
    public void What_drained_and_is_found_nowhere_has_drained(int? endAt)
    {
        var next = After(Waiting(endAt, endBy: 60));

        Assert.Equal((DrainOutcome.Drained, true), (next.Outcome, next.IsDrained));
        Assert.Null(next.Ticket);
    }

    [Fact]
    public void Before_a_known_drain_has_ended_finding_nothing_ends_nothing()
    {
        var next = After(Waiting(endAt: 1, endBy: 60));

        Assert.Empty(next.Completes);
        Assert.Equal((1, 60), (In(next.Ticket!.DrainsEndAt), In(next.Ticket.DrainsEndBy)));
    }

    [Fact]
    public void A_look_that_did_not_ask_everybody_ends_nothing_and_a_full_one_follows_at_once()
    {
        var status = new DrainStatus();
        status.NotAsked();
        status.Add(Drain(delay: 900));

        var next = After(Waiting(endAt: -60, endBy: 60), status);

        Assert.Empty(next.Completes);
        Assert.Equal((-60, 60, 0), (In(next.Ticket!.DrainsEndAt), In(next.Ticket.DrainsEndBy), In(next.Ticket.LookAt)));
    }

    [Fact]
    public void A_drain_that_we_began_is_looked_for_when_it_is_over()
    {
        var next = After(Noticed(), Draining(Drain(delay: 60), Drain(delay: 300), Drain(delay: 90)));

        Assert.Empty(next.Completes);
        Assert.Equal((300, 300, 302, 0), (In(next.Ticket!.DrainsEndAt), In(next.Ticket.DrainsEndBy), In(next.Ticket.LookAt), next.Ticket.Looks));
        Assert.Equal((DrainTicket.CurrentVersion, Id), (next.Ticket.Version, next.Ticket.InstanceId));
        Assert.Equal([Action], next.Ticket.Actions);
        Assert.Null(next.Ticket.HeldBy);
        Assert.Null(next.Ticket.Reasons);
    }

    [Fact]
    public void One_whose_delay_nobody_told_lasts_an_hour_at_most_and_is_looked_for_earlier()
    {
        var next = After(Noticed(), Draining(Drain(delay: null)));

        Assert.Null(next.Ticket!.DrainsEndAt);
        Assert.Equal((3600, 30), (In(next.Ticket.DrainsEndBy), In(next.Ticket.LookAt)));
    }

    [Theory]
    [InlineData(true, 0, 120)]
    [InlineData(true, 119, 120)]
    [InlineData(true, 300, 300)]
    [InlineData(false, 0, 0)]
    public void A_network_load_balancer_goes_on_for_a_while(bool isNetwork, int delay, int end) =>
        Assert.Equal(end, In(After(Noticed(), Draining(Drain(delay, isNetwork: isNetwork))).Ticket!.DrainsEndAt));

    [Fact]
    public void A_drain_that_somebody_else_began_is_over_at_most_a_delay_after_it_was_seen()
    {
        var next = After(Noticed(), Draining(Drain(300, ours: false), Drain(100, ours: false)));

        Assert.Null(next.Ticket!.DrainsEndAt);
        Assert.Equal((300, 30, 0), (In(next.Ticket.DrainsEndBy), In(next.Ticket.LookAt), next.Ticket.Looks));
    }

    [Fact]
    public void Behind_a_network_load_balancer_its_least_wait_counts_from_when_it_was_first_seen()
    {
        Assert.Equal(120, In(After(Noticed(), Draining(Drain(300, ours: false, isNetwork: true))).Ticket!.DrainsEndAt));
        Assert.Equal(120, In(After(Noticed(), Draining(Drain(300, ours: false), Drain(0, ours: false, isNetwork: true))).Ticket!.DrainsEndAt));
        Assert.Equal(-5, In(After(Waiting(endAt: -5, endBy: 300), Draining(Drain(300, ours: false, isNetwork: true))).Ticket!.DrainsEndAt));
    }

    [Theory]
    [InlineData(900, 300)]
    [InlineData(200, 300)]
    [InlineData(300, 300)]
    public void Seen_again_it_ends_when_it_was_thought_to_whatever_the_delay_is_now(int endBy, int delay) =>
        Assert.Equal(endBy, In(After(Waiting(endAt: null, endBy), Draining(Drain(delay, ours: false))).Ticket!.DrainsEndBy));

    [Fact]
    public void Beside_one_that_we_begin_now_the_later_end_counts()
    {
        var next = After(Waiting(endAt: -60, endBy: 100), Draining(Drain(60), Drain(600, ours: false)));
        Assert.Equal((60, 600, 0), (In(next.Ticket!.DrainsEndAt), In(next.Ticket.DrainsEndBy), next.Ticket.Looks));
        Assert.Equal(700, In(After(Waiting(endAt: -60, endBy: 700), Draining(Drain(60), Drain(600, ours: false))).Ticket!.DrainsEndBy));
    }

    [Fact]
    public void Each_look_that_changes_nothing_makes_the_next_gap_longer()
    {
        var next = After(Waiting(endAt: -60, endBy: 3000, looks: 2), Draining(Drain(3600, ours: false)));

        Assert.Equal((3, 240), (next.Ticket!.Looks, In(next.Ticket.LookAt)));
    }

    [Theory]
    [InlineData(-119, false)]
    [InlineData(-120, true)]
    public void When_it_should_have_ended_two_minutes_ago_time_is_up(int endBy, bool isUp)
    {
        var next = After(Waiting(endAt: endBy, endBy), Draining(Drain(300, ours: false)), Action, Other);

        Assert.Equal(isUp ? 2 : 0, next.Completes.Count);
        Assert.Equal(isUp, next.Ticket is null);
        if (isUp) Assert.Equal((DrainOutcome.TimedOut, false), (next.Outcome, next.IsDrained));
    }

    [Theory]
    [InlineData(16, false)]
    [InlineData(15, true)]
    public void An_action_whose_own_time_is_up_ends_and_the_other_waits_on(int global, bool isUp)
    {
        var next = After(Waiting(endAt: 300, endBy: 300), Draining(Drain(300, ours: false)), Action, Other with { GlobalSeconds = global });

        Assert.Equal(isUp ? ["backup"] : [], next.Completes.Select(action => action.HookName));
        Assert.Equal(isUp ? ["drain"] : ["drain", "backup"], next.Ticket!.Actions.Select(action => action.HookName));
    }

    [Fact]
    public void The_groups_that_held_it_are_carried_where_the_last_look_is_narrow()
    {
        var options = new DrainOptions { FinalLookIsNarrow = true };
        var status = Draining(Drain(300) with { GroupArn = "b" }, Drain(60) with { GroupArn = "a" });

        Assert.Equal(["b", "a"], After(Noticed(), status, options).Ticket!.HeldBy);
        Assert.Equal(["c", "a", "b"], After(Waiting(300, 300, heldBy: ["c", "a"]), status, options).Ticket!.HeldBy);
    }

    [Fact]
    public void The_reasons_are_carried_where_they_are_told()
    {
        Assert.Equal(["LifecycleHook"], After(Noticed(), Draining(Drain(300)), new DrainOptions { PublishEvents = true }).Ticket!.Reasons);
    }

    [Fact]
    public void Without_anybody_who_waits_it_is_done()
    {
        AssertDone(Of().After(Noticed(), Draining(Drain(300)), []));
        AssertDone(After(Noticed(), Draining(Drain(300)), new DrainOptions { DryRun = true }));
        AssertDone(After(Noticed(), new DrainStatus(), new DrainOptions { DryRun = true }));
    }

    [Fact]
    public void While_a_group_does_not_answer_a_notice_comes_again()
    {
        var status = new DrainStatus();
        status.Add("first");
        Assert.Equal("first", After(Noticed(), status).Problem);
        status.Add("second");
        status.Add("third");
        Assert.Equal("first (and 2 more)", After(Noticed(), status).Problem);
    }

    [Fact]
    public void And_what_such_a_look_took_out_is_waited_for()
    {
        var status = Draining(Drain(300), Drain(900) with { Delay = null });
        status.Add("no answer");

        var next = After(Waiting(endAt: 10, endBy: 20), status);

        Assert.Null(next.Problem);
        Assert.Equal((300, 3600), (In(next.Ticket!.DrainsEndAt), In(next.Ticket.DrainsEndBy)));
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    [InlineData(9, 120)]
    public void A_ticket_waits_on_in_doubt_with_growing_gaps(int looks, int gap)
    {
        var next = InDoubt(Waiting(endAt: null, endBy: 600, looks: looks));

        Assert.Equal((gap, looks + 1, 600), (In(next.Ticket!.LookAt), next.Ticket.Looks, In(next.Ticket.DrainsEndBy)));
        Assert.Equal([Action], next.Ticket.Actions);
    }

    [Fact]
    public void One_that_never_knew_an_end_gets_one() => Assert.Equal(3600, In(InDoubt(Waiting(endAt: null, endBy: null)).Ticket!.DrainsEndBy));

    [Theory]
    [InlineData(-119, 100, false)]
    [InlineData(-120, 100, true)]
    [InlineData(600, 16, false)]
    [InlineData(600, 15, true)]
    public void When_time_is_up_in_doubt_it_comes_again(int endBy, int global, bool isUp)
    {
        var next = InDoubt(Waiting(endAt: null, endBy), Action with { GlobalSeconds = 9000 }, Other with { GlobalSeconds = global });

        Assert.Equal(isUp ? "why" : null, next.Problem);
        Assert.Equal(isUp, next.Ticket is null);
    }

    [Fact]
    public void In_doubt_a_notice_beside_the_ticket_comes_again_with_it() =>
        Assert.Equal("why", InDoubt(Noticed() with { Ticket = Waiting(300, 300).Ticket }).Problem);

    [Fact]
    public void In_doubt_nobody_waits_in_a_dry_run_or_without_actions()
    {
        AssertDone(Of().InDoubt(Waiting(300, 300), "why", []));
        AssertDone(Of(new DrainOptions { DryRun = true }).InDoubt(Waiting(300, 300), "why", [Action]));
    }

    [Fact]
    public void A_ticket_that_came_for_a_heartbeat_goes_on_with_the_actions_that_wait()
    {
        var ticket = Waiting(300, 300);
        Assert.Equal([Other], Of().NotYet(ticket, [Other]).Ticket!.Actions);
        AssertDone(Of().NotYet(ticket, []));
        AssertDone(Of(new DrainOptions { DryRun = true }).NotYet(ticket, [Other]));
    }

    [Fact]
    public void One_that_is_not_to_be_touched_ends_and_is_not_drained()
    {
        var next = Of().LeaveAlone(Noticed(), [Action]);
        Assert.Equal((DrainOutcome.NothingRegistered, true, false), (next.Outcome, next.IsLeftAlone, next.IsDrained));
        Assert.Equal([Action], next.Completes);
        AssertDone(Of(new DrainOptions { DryRun = true }).LeaveAlone(Noticed(), [Action]));
    }

    [Theory]
    [InlineData("Drained", 1, true)]
    [InlineData("NothingRegistered", 1, true)]
    [InlineData("Drained", 0, false)]
    [InlineData("TimedOut", 1, false)]
    [InlineData("GaveUp", 1, false)]
    public void Drained_is_what_ended_in_no_group(string outcome, int ended, bool isDrained) =>
        Assert.Equal(isDrained, new NextStep(Noticed()).Complete([.. Enumerable.Repeat(Action, ended)], Enum.Parse<DrainOutcome>(outcome)).IsDrained);

    [Theory]
    [InlineData(50, 600, 50)]
    [InlineData(null, 600, 1)]
    [InlineData(3000, -60, 60)]
    [InlineData(3000, null, 900)]
    public void A_ticket_comes_back_to_look_or_at_its_deadline(int? lookAt, int? endBy, double delay) =>
        Assert.Equal(delay, Assert.Single(Of().Schedule([Waiting(null, endBy).Ticket! with { LookAt = At(lookAt) }])).Delay.TotalSeconds);

    private static void AssertDone(NextStep step) => Assert.Equal((null, 0, null), (step.Ticket, step.Completes.Count, step.Problem));

    private DrainCoordinator Of(DrainOptions? options = null) =>
        new(options ?? new DrainOptions(), new DrainMetrics("test", "test", clock), clock, NullLogger.Instance);

    private NextStep After(Departure departure, DrainStatus? status = null, params PendingAction[] actions) =>
        Of().After(departure, status ?? new DrainStatus(), actions.Length == 0 ? [Action] : actions);

    private NextStep After(Departure departure, DrainStatus status, DrainOptions options) => Of(options).After(departure, status, [Action]);

    private NextStep InDoubt(Departure departure, params PendingAction[] actions) =>
        Of().InDoubt(departure, "why", actions.Length == 0 ? [Action] : actions);

    private Departure Noticed() => new Departure(Id).With(
        new InboundMessage("1", "", "handle"),
        new TerminationNotice(Id, TerminationReason.LifecycleHook, Now, new LifecycleAction("web", "drain", new string('a', 36), Now)));

    private Departure Waiting(int? endAt, int? endBy, int looks = 0, string[]? heldBy = null) => new Departure(Id).With(
        new InboundMessage("2", "", "handle"),
        new DrainTicket(1, Id, Now.AddHours(-1), [Action, Other], At(endAt), At(endBy), Looks: looks, HeldBy: heldBy));

    private static DrainStatus Draining(params Drain[] drains)
    {
        var status = new DrainStatus();
        foreach (var drain in drains) status.Add(drain);
        return status;
    }

    private Drain Drain(int? delay, bool ours = true, bool isNetwork = false) =>
        new("arn", ours ? Now : null, isNetwork, delay is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

    private DateTimeOffset? At(int? seconds) => seconds is { } some ? Now.AddSeconds(some) : null;

    private int? In(DateTimeOffset? time) => time is { } some ? (int)(some - Now).TotalSeconds : null;
}
