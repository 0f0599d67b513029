using TargetDrain.Calls;
using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Queue;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 32)]
    [InlineData(7, 120)]
    [InlineData(1000, 120)]
    public void Doubles_up_to_two_minutes(int receiveCount, int seconds) =>
        Assert.Equal(seconds, RetrySchedule.DelayOf(receiveCount, Urgency.Normal, untilHeartbeat: null, random: 1).TotalSeconds);

    [Fact]
    public void Stays_within_seconds_for_what_is_urgent() =>
        Assert.Equal(15, RetrySchedule.DelayOf(9, Urgency.Critical, untilHeartbeat: null, random: 1).TotalSeconds);

    [Theory]
    [InlineData(15, 15)]
    [InlineData(60, 60)]
    [InlineData(2400, 120)]
    [InlineData(-3, 1)]
    public void Comes_again_before_the_next_heartbeat_is_due(int untilHeartbeat, int seconds) =>
        Assert.Equal(seconds, RetrySchedule.DelayOf(9, Urgency.Normal, TimeSpan.FromSeconds(untilHeartbeat), random: 1).TotalSeconds);

    [Fact]
    public void What_is_urgent_outlasts_an_outage_of_ten_minutes_all_the_same() =>
        Assert.True(Enumerable.Range(1, 19).Sum(i => RetrySchedule.DelayOf(i, Urgency.Critical, untilHeartbeat: null, random: 0).TotalSeconds) > 900);

    [Fact]
    public void Spreads_by_up_to_a_quarter() =>
        Assert.Equal(90, RetrySchedule.DelayOf(9, Urgency.Normal, untilHeartbeat: null, random: 0).TotalSeconds);

    [Fact]
    public void Twenty_attempts_outlast_half_an_hour() =>
        Assert.True(Enumerable.Range(1, 19).Sum(i => RetrySchedule.DelayOf(i, Urgency.Normal, untilHeartbeat: null, random: 1).TotalSeconds) > 1500);

    [Theory]
    [InlineData(10, 15)]
    [InlineData(11, 120)]
    public void The_haste_of_what_is_urgent_ends_with_its_tenth_attempt(int receiveCount, int seconds) =>
        Assert.Equal(seconds, RetrySchedule.DelayOf(receiveCount, Urgency.Critical, untilHeartbeat: null, random: 1).TotalSeconds);

    [Fact]
    public void One_whose_heartbeat_is_due_now_comes_in_a_second() =>
        Assert.Equal(1, RetrySchedule.DelayOf(9, Urgency.Normal, TimeSpan.Zero, random: 1).TotalSeconds);
}
