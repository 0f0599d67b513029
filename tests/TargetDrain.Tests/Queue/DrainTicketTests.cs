using System.Text.Json;
using TargetDrain.Events;
using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Queue;

public sealed class DrainTicketTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly DrainTicket Ticket = new(
        DrainTicket.CurrentVersion, "i-0123456789abcdef0", Now, Now.AddMinutes(7),
        [new PendingAction("web", "target-drain", "12345678-1234-1234-1234-123456789012", Now, 300, 30_000, Now)],
        [new TicketGroup("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/a/1", ["i-0123456789abcdef0", "10.0.0.5"], Now.AddMinutes(5)),
         new TicketGroup("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/b/2", ["i-0123456789abcdef0"], null)]);

    [Fact]
    public void Comes_back_as_it_went()
    {
        var back = Parse(Ticket.ToJson());

        Assert.Equal(Ticket.ToJson(), back.ToJson());
        Assert.Equal(Ticket.Actions, back.Actions);
        Assert.Equal(Ticket.Groups[0].EndsAt, back.Groups[0].EndsAt);
        Assert.Null(back.Groups[1].EndsAt);
    }

    [Theory]
    [InlineData("\"drainTicket\":1", "\"drainTicket\":2", "drainTicket: is version 2; allowed is 1")]
    [InlineData("\"drainTicket\":1", "\"drainTicket\":\"x\"", "drainTicket")]
    [InlineData("i-0123456789abcdef0\",\"startedAt", "i-zz\",\"startedAt", "instanceId: is 'i-zz'")]
    [InlineData("\"token\":\"12345678-1234-1234-1234-123456789012\"", "\"token\":\"short\"", "actions.token: has 5 characters")]
    [InlineData("\"deadline\":\"2026-01-01T12:07:00+00:00\",", "", "deadline: is missing")]
    [InlineData("\"ids\":[\"i-0123456789abcdef0\"]", "\"ids\":[]", "groups.ids: is missing or empty")]
    [InlineData("\"hook\":\"target-drain\",", "", "actions.hook: is missing")]
    public void A_forged_or_outdated_one_is_refused_by_field(string good, string bad, string error)
    {
        var json = Ticket.ToJson();
        Assert.Contains(good, json, StringComparison.Ordinal);

        var exception = Assert.Throws<MalformedMessageException>(() => Parse(json.Replace(good, bad, StringComparison.Ordinal)));

        Assert.Contains(error, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tickets_of_one_instance_become_one()
    {
        var other = Ticket with
        {
            Deadline = Now.AddMinutes(9),
            Actions = [Ticket.Actions[0] with { LastHeartbeat = Now.AddMinutes(1) }, Ticket.Actions[0] with { Token = new string('b', 36) }],
            Groups = [Ticket.Groups[1]],
        };

        var merged = new TicketCase(Ticket, [new InboundMessage("1", "")]).With(new InboundMessage("2", ""), other);

        Assert.Equal(["1", "2"], merged.Messages.Select(message => message.Id));
        Assert.Equal(2, merged.Ticket.Actions.Count);
        Assert.Equal(Now.AddMinutes(1), merged.Ticket.Actions[0].LastHeartbeat);
        Assert.Equal(2, merged.Ticket.Groups.Count);
        Assert.Equal(Now.AddMinutes(9), merged.Ticket.Deadline);
    }

    private static DrainTicket Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return DrainTicket.Parse(document.RootElement);
    }
}
