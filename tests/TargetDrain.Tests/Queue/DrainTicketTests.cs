using System.Text.Json;
using TargetDrain.Events;
using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Queue;

public sealed class DrainTicketTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly DrainTicket Ticket = new(
        DrainTicket.CurrentVersion, "i-0123456789abcdef0", Now,
        [new PendingAction("web", "target-drain", "12345678-1234-1234-1234-123456789012", Now, 300, 30_000, Now)],
        Now.AddMinutes(5), Now.AddMinutes(6), Now.AddMinutes(5), Looks: 2, HeldBy: ["arn:a"]);

    [Fact]
    public void Comes_back_as_it_went()
    {
        var back = Parse(Ticket.ToJson());

        Assert.Equal(Ticket.ToJson(), back.ToJson());
        Assert.Equal(Ticket.Actions, back.Actions);
    }

    [Theory]
    [InlineData("\"drainTicket\":2", "\"drainTicket\":\"x\"", "drainTicket")]
    [InlineData("i-0123456789abcdef0\",\"noticedAt", "i-zz\",\"noticedAt", "instanceId: is 'i-zz'")]
    [InlineData("\"token\":\"12345678-1234-1234-1234-123456789012\"", "\"token\":\"short\"", "actions.token: has 5 characters")]
    [InlineData("\"hook\":\"target-drain\",", "", "actions.hook: is missing")]
    [InlineData("\"heartbeatSeconds\":300", "\"heartbeatSeconds\":7201", "actions.heartbeatSeconds: is 7201")]
    [InlineData("\"lookAt\":\"2026", "\"lookAt\":\"9999", "lookAt: is in the year 9999")]
    [InlineData("\"looks\":2", "\"looks\":-1", "looks: is -1")]
    public void A_forged_one_is_refused_by_field(string good, string bad, string error)
    {
        var json = Ticket.ToJson();
        Assert.Contains(good, json, StringComparison.Ordinal);

        var exception = Assert.Throws<MalformedMessageException>(() => Parse(json.Replace(good, bad, StringComparison.Ordinal)));

        Assert.Contains(error, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_reasons_only_those_are_kept_that_there_are() => Assert.Equal(
        ["SpotInterruption", "LifecycleHook"],
        Parse((Ticket with { Reasons = ["SpotInterruption", "4", "because", "LifecycleHook", null!] }).ToJson()).Reasons);

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    public void One_of_another_version_is_looked_for_at_once_and_not_lost(int version)
    {
        var ticket = Parse($$$"""
            {"drainTicket":{{{version}}},"instanceId":"i-0123456789abcdef0","startedAt":"2026-01-01T12:00:00Z","deadline":"2026-01-01T12:07:00Z",
             "actions":[{"group":"web","hook":"target-drain","token":"12345678-1234-1234-1234-123456789012","startedAt":"2026-01-01T12:00:00Z"}],
             "groups":[{"arn":"arn:a","ids":["i-0123456789abcdef0"],"endsAt":null}],"somethingNew":{"x":1}}
            """);

        Assert.True(ticket.IsDue(Now));
        Assert.Equal("web", Assert.Single(ticket.Actions).GroupName);
    }

    [Fact]
    public void Tickets_of_one_instance_become_one()
    {
        var other = Ticket with
        {
            DrainsEndAt = Now.AddMinutes(9),
            LookAt = Now.AddMinutes(2),
            Actions = [Ticket.Actions[0] with { LastHeartbeat = Now.AddMinutes(1) }, Ticket.Actions[0] with { Token = new string('b', 36) }],
            HeldBy = ["arn:b"],
        };

        var merged = Ticket.With(other);

        Assert.Equal(2, merged.Actions.Count);
        Assert.Equal(Now.AddMinutes(1), merged.Actions[0].LastHeartbeat);
        Assert.Equal(Now.AddMinutes(9), merged.DrainsEndAt);
        Assert.Equal(Now.AddMinutes(2), merged.LookAt);
        Assert.Equal(["arn:a", "arn:b"], merged.HeldBy);
    }

    [Theory]
    [InlineData("drainsEndAt")]
    [InlineData("drainsEndBy")]
    public void A_time_beyond_the_calendar_is_refused(string field)
    {
        var json = Ticket.ToJson().Replace($"\"{field}\":\"2026", $"\"{field}\":\"9999", StringComparison.Ordinal);

        Assert.StartsWith(field, Assert.Throws<MalformedMessageException>(() => Parse(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_nothing_waits_for_is_refused() => Assert.StartsWith(
        "actions", Assert.Throws<MalformedMessageException>(() => Parse((Ticket with { Actions = [] }).ToJson())).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(299, 9000, false)]
    [InlineData(300, 9000, true)]
    [InlineData(84, 100, false)]
    [InlineData(85, 100, true)]
    public void Is_due_when_it_is_to_look_or_one_of_its_actions_must_be_completed(int seconds, int globalSeconds, bool isDue)
    {
        var ticket = Ticket with { Actions = [Ticket.Actions[0], Ticket.Actions[0] with { Token = new string('b', 36), GlobalSeconds = globalSeconds }] };

        Assert.Equal(isDue, ticket.IsDue(Now.AddSeconds(seconds)));
    }

    [Fact]
    public void Of_two_the_earlier_times_and_the_fewer_looks_hold_whichever_comes_first()
    {
        var other = Ticket with { NoticedAt = Now.AddMinutes(-1), LookAt = Now.AddMinutes(9), Looks = 1, Reasons = ["StateChange"] };
        foreach (var merged in new[] { Ticket.With(other), other.With(Ticket) })
        {
            Assert.Equal(Now.AddMinutes(-1), merged.NoticedAt);
            Assert.Equal(Now.AddMinutes(5), merged.LookAt);
            Assert.Equal(1, merged.Looks);
            Assert.Equal(["StateChange"], merged.Reasons);
        }
    }

    [Fact]
    public void Of_two_one_that_is_to_look_at_once_or_everywhere_decides()
    {
        var other = Ticket with { LookAt = null, HeldBy = null };
        foreach (var merged in new[] { Ticket.With(other), other.With(Ticket) })
        {
            Assert.Null(merged.LookAt);
            Assert.Null(merged.HeldBy);
        }
    }

    [Fact]
    public void The_reasons_of_both_are_kept_each_once() => Assert.Equal(
        ["StateChange", "SpotInterruption"],
        (Ticket with { Reasons = ["StateChange"] }).With(Ticket with { Reasons = ["SpotInterruption", "StateChange"] }).Reasons);

    private static DrainTicket Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return DrainTicket.Parse(document.RootElement, Now);
    }
}
