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

    private static double Delay(DrainTicket ticket) => CheckSchedule.DelayOf(ticket, Now, Interval).TotalSeconds;

    private static DrainTicket Ticket(double?[] ends, int heartbeat = 3600, int global = 172_800) => new(
        DrainTicket.CurrentVersion, "i-0123456789abcdef0", Now, Now.AddHours(2),
        [new PendingAction("asg", "target-drain", new string('a', 36), Now, heartbeat, global, Now)],
        [.. ends.Select((end, i) => new TicketGroup($"arn:{i}", ["i-0123456789abcdef0"], end is null ? null : Now.AddSeconds(end.Value)))]);
}
