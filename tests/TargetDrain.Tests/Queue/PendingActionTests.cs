using TargetDrain.Lifecycle;
using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Queue;

public sealed class PendingActionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly PendingAction Unknown = new("web", "target-drain", new string('a', 36), Now);

    [Theory]
    [InlineData(30, 15)]
    [InlineData(60, 40)]
    [InlineData(900, 600)]
    [InlineData(7200, 4800)]
    public void A_heartbeat_is_due_while_a_third_of_the_timeout_is_left(int timeout, double due) =>
        Assert.Equal(due, (Unknown.WithLimits(HookLimits.Of(timeout, null)).HeartbeatDue - Now).TotalSeconds);

    [Fact]
    public void An_unknown_timeout_costs_two_heartbeats_a_minute()
    {
        var (action, beats) = (Unknown, 0);
        Assert.Equal(Now.AddSeconds(15), action.HeartbeatDue);
        for (; action.HeartbeatDue < Now.AddMinutes(10); beats++) action = action.HeartbeatRecorded(action.HeartbeatDue);
        Assert.Equal(20, beats);
    }

    [Fact]
    public void Failed_heartbeats_back_off_and_stay_within_a_quarter_of_the_timeout()
    {
        var action = Unknown.WithLimits(HookLimits.Of(120, null));
        var gaps = new List<double>();
        for (var at = Now; gaps.Count < 6; at = action.HeartbeatDue)
        {
            action = action.HeartbeatFailed(at);
            gaps.Add((action.HeartbeatDue - at).TotalSeconds);
        }
        Assert.Equal([5, 10, 20, 30, 30, 30], gaps);
        Assert.Equal(Now.AddSeconds(80), action.HeartbeatRecorded(Now).HeartbeatDue);
    }

    [Fact]
    public void An_unknown_global_timeout_ends_nothing()
    {
        Assert.Null(Unknown.CompleteBy);
        Assert.Equal(Now.AddSeconds(2985), Unknown.WithLimits(HookLimits.Of(30, null)).CompleteBy);
    }
}
