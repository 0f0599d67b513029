using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Queue;

public sealed class CheckScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    [Fact]
    public void Comes_back_just_after_the_longest_drain() =>
        Assert.Equal(302, Delay(Ticket(ends: [60, 300])));

    [Fact]
    public void Comes_back_for_a_heartbeat_at_half_the_hooks_timeout() =>
        Assert.Equal(30, Delay(Ticket(heartbeat: 60, ends: [3600])));

    [Fact]
    public void Never_asks_sqs_for_more_than_fifteen_minutes() =>
        Assert.Equal(900, Delay(Ticket(heartbeat: 7200, ends: [3600])));

    [Fact]
    public void Looks_again_after_the_interval_when_the_end_is_unknown_or_past()
    {
        Assert.Equal(15, Delay(Ticket(ends: [null])));
        Assert.Equal(15, Delay(Ticket(ends: [-20])));
    }

    [Fact]
    public void Waits_for_the_longest_drain_even_when_another_ones_end_is_unknown() =>
        Assert.Equal(302, Delay(Ticket(ends: [null, 300])));

    [Fact]
    public void Comes_back_when_time_is_up() =>
        Assert.Equal(40, Delay(Ticket(ends: [300]) with { Deadline = Now.AddSeconds(40) }));

    [Fact]
    public void Comes_back_before_the_hooks_global_timeout() =>
        Assert.Equal(85, Delay(Ticket(ends: [300], global: 100)));

    [Fact]
    public void Is_at_least_a_second() =>
        Assert.Equal(1, Delay(Ticket(ends: [300]) with { Deadline = Now.AddSeconds(-5) }));

    [Fact]
    public void Tickets_whose_drains_end_within_a_fifth_of_the_wait_come_back_together() =>
        Assert.Equal([302, 302, 302], Delays(Ticket(ends: [260]), Ticket(ends: [280]), Ticket(ends: [300])));

    [Fact]
    public void A_ticket_waits_no_longer_than_a_minute_for_company() =>
        Assert.Equal([602, 702], Delays(Ticket(ends: [600]), Ticket(ends: [700])));

    [Fact]
    public void No_heartbeat_is_late_for_the_sake_of_company() =>
        Assert.Equal([262, 300], Delays(Ticket(ends: [260], heartbeat: 540), Ticket(ends: [298])));

    [Fact]
    public void A_ticket_on_its_own_waits_for_nobody() => Assert.Equal([302], Delays(Ticket(ends: [300])));

    private static IEnumerable<double> Delays(params DrainTicket[] tickets) =>
        CheckSchedule.Together(tickets, Now, Interval).Select(item => item.Delay.TotalSeconds).Order();

    private static double Delay(DrainTicket ticket) => CheckSchedule.DelayOf(ticket, Now, Interval).TotalSeconds;

    private static DrainTicket Ticket(double?[] ends, int heartbeat = 3600, int global = 172_800) => new(
        DrainTicket.CurrentVersion, "i-0123456789abcdef0", Now, Now.AddHours(2),
        [new PendingAction("asg", "target-drain", new string('a', 36), Now, heartbeat, global, Now)],
        [.. ends.Select((end, i) => new TicketGroup($"arn:{i}", ["i-0123456789abcdef0"], end is null ? null : Now.AddSeconds(end.Value)))]);
}
