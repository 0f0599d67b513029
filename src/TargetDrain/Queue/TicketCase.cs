using TargetDrain.Events;

namespace TargetDrain.Queue;

/// <summary>All tickets of one instance in a batch, as one.</summary>
internal sealed record TicketCase(DrainTicket Ticket, IReadOnlyList<InboundMessage> Messages)
{
    /// <summary>Adds a ticket that came twice, or came from two events for one instance.</summary>
    public TicketCase With(InboundMessage message, DrainTicket other) => new(
        Ticket with
        {
            StartedAt = Earlier(Ticket.StartedAt, other.StartedAt),
            Deadline = Later(Ticket.Deadline, other.Deadline),
            Actions = [.. Ticket.Actions.Concat(other.Actions)
                .GroupBy(action => action.Token, StringComparer.Ordinal)
                .Select(same => same.MaxBy(action => action.LastHeartbeat)!)],
            Groups = [.. Ticket.Groups.Concat(other.Groups)
                .GroupBy(group => group.Arn, StringComparer.Ordinal)
                .Select(same => new TicketGroup(
                    same.Key,
                    [.. same.SelectMany(group => group.TargetIds).Distinct(StringComparer.Ordinal)],
                    same.Any(group => group.EndsAt is null) ? null : same.Max(group => group.EndsAt)))],
        },
        [.. Messages, message]);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
