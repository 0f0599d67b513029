using TargetDrain.Calls;
using TargetDrain.Events;
using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Events;

public sealed class DepartureTests
{
    private const string Id = "i-0123456789abcdef0";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly LifecycleAction Action = new("web", "drain", new string('a', 36), Now);
    private static readonly TerminationNotice Hook = new(Id, TerminationReason.LifecycleHook, Now, Action);

    [Fact]
    public void Of_several_notices_the_most_urgent_and_the_earliest_counts()
    {
        var departure = new Departure(Id).With(Message("1"), Hook)
            .With(Message("2"), Hook with { Reason = TerminationReason.SpotInterruption, Time = Now.AddSeconds(5) })
            .With(Message("3"), Hook with { Reason = TerminationReason.RebalanceRecommendation, Time = Now.AddSeconds(-5) });

        Assert.Equal((Urgency.Critical, Now.AddSeconds(-5)), (departure.Urgency, departure.NoticedAt));
        Assert.Equal(["LifecycleHook", "SpotInterruption", "RebalanceRecommendation"], departure.Reasons);
        Assert.Single(departure.Actions);
    }

    [Theory]
    [InlineData("SpotInterruption", "Critical")]
    [InlineData("RebalanceRecommendation", "Patient")]
    [InlineData("LifecycleHook", "Normal")]
    [InlineData("StateChange", "Normal")]
    public void What_ends_in_two_minutes_is_critical(string reason, string urgency) =>
        Assert.Equal(urgency, (Hook with { Reason = Enum.Parse<TerminationReason>(reason) }).Urgency.ToString());

    [Fact]
    public void A_ticket_alone_is_patient_and_has_no_time_of_an_event()
    {
        var departure = new Departure(Id).With(Message("1"), Ticket());

        Assert.Equal((Urgency.Patient, (DateTimeOffset?)null, false), (departure.Urgency, departure.NoticedAt, departure.IsEmpty));
        Assert.Equal("spot", Assert.Single((departure with { Ticket = Ticket() with { Reasons = ["spot"] } }).Reasons));
        Assert.True(new Departure(Id).IsEmpty);
        Assert.False(new Departure(Id).With(Message("1"), Hook).IsEmpty);
    }

    [Fact]
    public void A_message_of_several_notices_is_one()
    {
        var one = Message("1");
        Assert.Equal([one, Message("2")], new Departure(Id).With(one, Hook).With(one, Hook with { Time = Now.AddSeconds(1) }).With(Message("2"), Ticket()).Messages);
    }

    [Fact]
    public void Messages_are_of_the_actions_that_they_name()
    {
        var other = new PendingAction("web", "backup", new string('b', 36), Now);
        var departure = new Departure(Id).With(Message("1"), Hook).With(Message("2"), Ticket(other)).With(Message("3"), Hook with { Action = null })
            .With(Message("4"), Ticket(PendingAction.Of(Action), other)).With(Message("5"), Ticket(PendingAction.Of(Action) with { Token = null }));

        Assert.Equal(["1", "4", "5"], departure.MessagesOf(PendingAction.Of(Action)).Select(message => message.Id));
        Assert.Equal(["2", "4"], departure.MessagesOf(other).Select(message => message.Id));
        Assert.Equal(2, departure.Actions.Count);
        Assert.Equal(["2", "4", "5"], departure.Tickets.Select(item => item.Message.Id));
    }

    [Fact]
    public void Tickets_become_one_whichever_comes_first() => Assert.Equal(
        Now.AddSeconds(9),
        new Departure(Id).With(Message("1"), Ticket() with { DrainsEndAt = Now.AddSeconds(9) }).With(Message("2"), Ticket() with { DrainsEndAt = Now }).Ticket!.DrainsEndAt);

    private static InboundMessage Message(string id) => new(id, "", "handle");

    private static DrainTicket Ticket(params PendingAction[] actions) => new(2, Id, Now, actions.Length == 0 ? [PendingAction.Of(Action)] : actions);
}
