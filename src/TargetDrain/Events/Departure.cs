namespace TargetDrain.Events;

/// <summary>One instance on its way out, and all that a batch says about it: several messages become one departure.</summary>
internal sealed record Departure(string InstanceId)
{
    public IReadOnlyList<(InboundMessage Message, TerminationNotice Notice)> Notices { get; init; } = [];

    /// <summary>Every ticket about it, as one; null when only notices came.</summary>
    public DrainTicket? Ticket { get; init; }

    public IReadOnlyList<(InboundMessage Message, DrainTicket Ticket)> Tickets { get; init; } = [];

    /// <summary>The lifecycle actions that wait for it, each once.</summary>
    public IReadOnlyList<PendingAction> Actions => PendingAction.Merge(
        Ticket?.Actions ?? [], Notices.Select(item => item.Notice.Action).OfType<LifecycleAction>().Select(PendingAction.Of));

    public bool IsEmpty => Notices.Count == 0 && Tickets.Count == 0;

    public IEnumerable<InboundMessage> Messages => Notices.Select(item => item.Message).Concat(Tickets.Select(item => item.Message)).Distinct();

    public Urgency Urgency => Notices.Count == 0 ? Urgency.Patient : Notices.Min(item => item.Notice.Urgency);

    /// <summary>The earliest of the events' times; null when only tickets came.</summary>
    public DateTimeOffset? NoticedAt => Notices.Count == 0 ? null : Notices.Min(item => item.Notice.Time);

    public Departure With(InboundMessage message, TerminationNotice notice) => this with { Notices = [.. Notices, (message, notice)] };

    public Departure With(InboundMessage message, DrainTicket ticket) => this with
    {
        Tickets = [.. Tickets, (message, ticket)],
        Ticket = Ticket?.With(ticket) ?? ticket,
    };

    /// <summary>Why it leaves, as far as it was told.</summary>
    public IReadOnlyList<string> Reasons => [.. Notices.Select(item => item.Notice.Reason.ToString()).Union(Ticket?.Reasons ?? [], StringComparer.Ordinal)];

    /// <summary>The messages in which that action waits.</summary>
    public IEnumerable<InboundMessage> MessagesOf(PendingAction action) => Notices
        .Where(item => item.Notice.Action is { } noticed && PendingAction.Of(noticed).IsSameAs(action)).Select(item => item.Message)
        .Concat(Tickets.Where(item => item.Ticket.Actions.Any(action.IsSameAs)).Select(item => item.Message));
}
