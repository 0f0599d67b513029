using TargetDrain.Events;
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

    // No hook has such a timeout; a message that claims it must not be answered all the time.
    [Theory]
    [InlineData(20, 10)]
    [InlineData(40, 25)]
    public void What_is_left_of_a_short_timeout_is_half_of_it_or_fifteen_seconds(int timeout, double due) =>
        Assert.Equal(due, (Unknown with { HeartbeatSeconds = timeout }).HeartbeatDue.Subtract(Now).TotalSeconds);

    [Fact]
    public void A_heartbeat_is_worth_it_when_a_third_of_the_timeout_is_used_up_since_the_last()
    {
        var action = Unknown with { HeartbeatSeconds = 300 };
        Assert.False(action.IsWorthAHeartbeat(Now.AddSeconds(99)));
        Assert.True(action.IsWorthAHeartbeat(Now.AddSeconds(100)));
        Assert.False(action.HeartbeatRecorded(Now.AddSeconds(100)).IsWorthAHeartbeat(Now.AddSeconds(199)));
        Assert.True(action.HeartbeatRecorded(Now.AddSeconds(100)).IsWorthAHeartbeat(Now.AddSeconds(200)));
        // It is tried again in time, and of one that is not known nobody can say.
        Assert.False(action.HeartbeatFailed(Now).IsWorthAHeartbeat(Now.AddHours(1)));
        Assert.False(Unknown.IsWorthAHeartbeat(Now.AddHours(1)));
    }

    [Fact]
    public void Where_one_has_no_token_group_and_hook_say_whether_two_are_the_same()
    {
        var nameless = Unknown with { Token = null };
        Assert.True(nameless.IsSameAs(Unknown));
        Assert.True(Unknown.IsSameAs(nameless));
        Assert.False(Unknown.IsSameAs(nameless with { HookName = "other" }));
        Assert.False((nameless with { GroupName = "other" }).IsSameAs(Unknown));
        Assert.False(Unknown.IsSameAs(Unknown with { Token = new string('b', 36) }));
        Assert.True(Unknown.IsSameAs(Unknown with { GroupName = "renamed" }));
    }

    [Fact]
    public void Of_two_messages_about_one_action_the_one_kept_alive_last_counts()
    {
        var later = Unknown.HeartbeatRecorded(Now.AddMinutes(1));
        Assert.Equal(later, Assert.Single(PendingAction.Merge([later], [Unknown])));
        Assert.Equal(later, Assert.Single(PendingAction.Merge([Unknown with { Token = null }], [Unknown, later])));
        Assert.Equal(2, PendingAction.Merge([Unknown with { Token = null }], [Unknown with { HookName = "other" }]).Count);
    }

    [Theory]
    [InlineData("actions.group")]
    [InlineData("actions.hook")]
    [InlineData("actions.token")]
    [InlineData("actions.startedAt")]
    [InlineData("actions.lastHeartbeat")]
    [InlineData("actions.retryAt")]
    [InlineData("actions.heartbeatSeconds")]
    [InlineData("actions.globalSeconds")]
    public void A_forged_field_is_refused_by_name(string field)
    {
        var good = new PendingAction("web", "hook", new string('a', 36), Now, 300, 3000, Now, 0, Now);
        var forged = field switch
        {
            "actions.group" => good with { GroupName = "" },
            "actions.hook" => good with { HookName = " " },
            "actions.token" => good with { Token = "short" },
            "actions.startedAt" => good with { StartedAt = default },
            "actions.lastHeartbeat" => good with { LastHeartbeat = DateTimeOffset.MaxValue },
            "actions.retryAt" => good with { RetryAt = DateTimeOffset.MinValue },
            "actions.heartbeatSeconds" => good with { HeartbeatSeconds = 0 },
            _ => good with { GlobalSeconds = 172_801 },
        };
        good.Check();

        Assert.StartsWith(field, Assert.Throws<MalformedMessageException>(forged.Check).Message, StringComparison.Ordinal);
    }
}
