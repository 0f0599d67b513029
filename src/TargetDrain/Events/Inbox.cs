using Microsoft.Extensions.Logging;
using TargetDrain.Queue;
using TargetDrain.Telemetry;

namespace TargetDrain.Events;

/// <summary>
/// A batch, sorted: several messages about one instance become one case, several tickets of one instance one ticket.
/// </summary>
internal sealed class Inbox
{
    private readonly Dictionary<string, InstanceCase> cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TicketCase> tickets = new(StringComparer.Ordinal);
    private readonly List<(InboundMessage, MalformedMessageException)> malformed = [];
    private readonly List<DrainedNote> notes = [];

    public IReadOnlyCollection<InstanceCase> Cases => cases.Values;

    public IReadOnlyCollection<TicketCase> Tickets => tickets.Values;

    public IReadOnlyCollection<DrainedNote> Notes => notes;

    public IReadOnlyCollection<(InboundMessage Message, MalformedMessageException Problem)> Malformed => malformed;

    public static Inbox Sort(IEnumerable<InboundMessage> messages, EventReader reader, EventHome home, int maxReceiveCount, DrainMetrics metrics, ILogger log)
    {
        var inbox = new Inbox();
        foreach (var message in messages)
        {
            try
            {
                inbox.Put(message, reader.Read(message.Body, home), metrics, log);
            }
            catch (MalformedMessageException exception)
            {
                log.MessageMalformed(message.Id, exception.Message, message.ReceiveCount, maxReceiveCount);
                metrics.Malformed();
                inbox.malformed.Add((message, exception));
            }
        }
        return inbox;
    }

    private void Put(InboundMessage message, Reading reading, DrainMetrics metrics, ILogger log)
    {
        switch (reading)
        {
            case Reading.Notice { Value: var notice }:
                log.NoticeRead(notice.InstanceId, notice.Reason);
                metrics.NoticeRead(notice.Reason);
                cases[notice.InstanceId] = cases.TryGetValue(notice.InstanceId, out var known)
                    ? known.With(message, notice)
                    : InstanceCase.Of(message, notice);
                break;
            case Reading.Ticket { Value: var ticket }:
                metrics.TicketRead();
                tickets[ticket.InstanceId] = tickets.TryGetValue(ticket.InstanceId, out var other)
                    ? other.With(message, ticket)
                    : new TicketCase(ticket, [message]);
                break;
            case Reading.Note { Value: var note }:
                notes.Add(note);
                break;
            case Reading.Ignored ignored:
                log.MessageIgnored(message.Id, ignored.Kind, ignored.Why);
                metrics.Ignored();
                break;
        }
    }
}
