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
        Assert.Equal(seconds, RetrySchedule.DelayOf(receiveCount, Urgency.Normal, heartbeatTimeout: null, random: 1).TotalSeconds);

    [Fact]
    public void Stays_within_seconds_for_what_is_urgent() =>
        Assert.Equal(15, RetrySchedule.DelayOf(9, Urgency.Critical, heartbeatTimeout: null, random: 1).TotalSeconds);

    [Theory]
    [InlineData(30, 15)]
    [InlineData(120, 60)]
    [InlineData(3600, 120)]
    public void Comes_again_while_the_hook_still_waits(int heartbeatTimeout, int seconds) =>
        Assert.Equal(seconds, RetrySchedule.DelayOf(9, Urgency.Normal, TimeSpan.FromSeconds(heartbeatTimeout), random: 1).TotalSeconds);

    [Fact]
    public void What_is_urgent_outlasts_an_outage_of_ten_minutes_all_the_same() =>
        Assert.True(Enumerable.Range(1, 19).Sum(i => RetrySchedule.DelayOf(i, Urgency.Critical, heartbeatTimeout: null, random: 0).TotalSeconds) > 900);

    [Fact]
    public void Spreads_by_up_to_a_quarter() =>
        Assert.Equal(90, RetrySchedule.DelayOf(9, Urgency.Normal, heartbeatTimeout: null, random: 0).TotalSeconds);

    [Fact]
    public void Twenty_attempts_outlast_half_an_hour() =>
        Assert.True(Enumerable.Range(1, 19).Sum(i => RetrySchedule.DelayOf(i, Urgency.Normal, heartbeatTimeout: null, random: 1).TotalSeconds) > 1500);
}
