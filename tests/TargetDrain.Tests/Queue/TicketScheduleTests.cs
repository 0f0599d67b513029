using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Queue;

public sealed class TicketScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(30);

    [Fact]
    public void Looks_just_after_the_drains_that_we_began() => Assert.Equal(302, Look(Ticket(endAt: 300, endBy: 300)));

    [Fact]
    public void Looks_at_once_when_no_drain_was_seen() => Assert.Equal(0, Look(Ticket()));

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 60)]
    [InlineData(4, 480)]
    [InlineData(20, 3602)]
    public void The_gaps_double_while_somebody_elses_drain_lasts(int looks, double seconds) =>
        Assert.Equal(seconds, Look(Ticket(endBy: 3600) with { Looks = looks }));

    [Fact]
    public void Does_not_look_for_another_ones_drain_before_our_own_has_ended() =>
        Assert.Equal(302, Look(Ticket(endAt: 300, endBy: 3600)));

    [Fact]
    public void Looks_again_after_the_gap_when_the_drain_should_have_ended() => Assert.Equal(60, Look(Ticket(endAt: -5, endBy: -5) with { Looks = 1 }));

    [Fact]
    public void A_drain_that_lasts_for_the_longest_delay_takes_ten_looks_at_most()
    {
        var ticket = Ticket(endBy: 3600);
        var (now, looks) = (Now, 0);
        for (; now < Now.AddSeconds(3602); looks++)
        {
            now = TicketSchedule.LookAt(ticket, now, Gap);
            ticket = ticket with { Looks = ticket.Looks + 1 };
        }
        Assert.InRange(looks, 1, 8);
    }

    [Fact]
    public void Comes_back_for_a_heartbeat_before_it() => Assert.Equal(40, Delay(Ticket(endAt: 3600, endBy: 3600, heartbeat: 60)));

    [Fact]
    public void Never_asks_sqs_for_more_than_fifteen_minutes() => Assert.Equal(900, Delay(Ticket(endAt: 3600, endBy: 3600, heartbeat: 7200)));

    [Fact]
    public void Comes_back_before_the_hooks_global_timeout() => Assert.Equal(85, Delay(Ticket(endAt: 300, endBy: 300, global: 100)));

    [Fact]
    public void Comes_back_when_time_is_up() =>
        Assert.Equal(40, TicketSchedule.DelayOf(Ticket(endBy: 3600), Now.AddSeconds(300), Now.AddSeconds(40), Now).TotalSeconds);

    [Fact]
    public void Is_at_least_a_second() => Assert.Equal(1, Delay(Ticket()));

    [Fact]
    public void Tickets_that_look_within_a_third_of_the_wait_come_back_together() =>
        Assert.Equal([302, 302, 302], Delays(Ticket(endAt: 240), Ticket(endAt: 280), Ticket(endAt: 300)));

    [Fact]
    public void A_ticket_waits_no_longer_than_two_minutes_for_others() => Assert.Equal([602, 752], Delays(Ticket(endAt: 600), Ticket(endAt: 750)));

    [Fact]
    public void No_heartbeat_is_late_for_the_sake_of_others() =>
        Assert.Equal([262, 300], Delays(Ticket(endAt: 260, heartbeat: 405), Ticket(endAt: 298)));

    [Fact]
    public void A_ticket_on_its_own_waits_for_nobody() => Assert.Equal([302], Delays(Ticket(endAt: 300)));

    // With the two seconds that clocks may differ, this is the moment.
    [Theory]
    [InlineData(-2.0)]
    [InlineData(null)]
    public void At_the_moment_a_drain_should_have_ended_the_next_look_is_a_gap_away(double? endAt) =>
        Assert.Equal(30, Look(Ticket(endAt: endAt, endBy: -2)));

    [Fact]
    public void A_deadline_or_a_last_moment_that_is_now_is_past()
    {
        Assert.Equal(300, TicketSchedule.DelayOf(Ticket(endBy: 3600), Now.AddSeconds(300), Now, Now).TotalSeconds);
        Assert.Equal(302, Delay(Ticket(endAt: 300, endBy: 300, global: 15)));
    }

    [Fact]
    public void The_slack_is_a_third_of_the_wait() => Assert.Equal([32, 45], Delays(Ticket(endAt: 30), Ticket(endAt: 43)));

    // Others of theirs may wait in other environments.
    [Theory]
    [InlineData(19, 262)]
    [InlineData(20, 300)]
    public void Many_come_back_at_a_full_minute(int tickets, double seconds) =>
        Assert.All(Delays([.. Enumerable.Repeat(Ticket(endAt: 260), tickets)]), delay => Assert.Equal(seconds, delay));

    [Theory]
    [InlineData(58, 60)]
    [InlineData(62, 75)]
    [InlineData(50, 60)]
    [InlineData(28, 30)]
    [InlineData(5, 7)]
    public void Or_at_half_or_a_quarter_of_one_when_the_slack_is_too_short_for_that(double endAt, double seconds) =>
        Assert.All(Delays([.. Enumerable.Repeat(Ticket(endAt: endAt), 20)]), delay => Assert.Equal(seconds, delay));

    [Fact]
    public void No_heartbeat_is_late_for_a_full_minute() =>
        Assert.All(Delays([.. Enumerable.Repeat(Ticket(endAt: 260, heartbeat: 405), 20)]), delay => Assert.Equal(270, delay));

    private static double Look(DrainTicket ticket) => (TicketSchedule.LookAt(ticket, Now, Gap) - Now).TotalSeconds;

    private static double Delay(DrainTicket ticket) =>
        TicketSchedule.DelayOf(ticket, TicketSchedule.LookAt(ticket, Now, Gap), Now.AddHours(2), Now).TotalSeconds;

    private static IEnumerable<double> Delays(params DrainTicket[] tickets) => TicketSchedule
        .Together(tickets.Select(ticket => (ticket, TicketSchedule.LookAt(ticket, Now, Gap), Now.AddHours(2))), Now)
        .Select(item => item.Delay.TotalSeconds).Order();

    private static DrainTicket Ticket(double? endAt = null, double? endBy = null, int heartbeat = 3600, int global = 172_800) => new(
        DrainTicket.CurrentVersion, "i-0123456789abcdef0", Now,
        [new PendingAction("asg", "target-drain", new string('a', 36), Now, heartbeat, global, Now)],
        endAt is { } end ? Now.AddSeconds(end) : null,
        (endBy ?? endAt) is { } by ? Now.AddSeconds(by) : null);
}
