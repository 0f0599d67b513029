using TargetDrain.Lifecycle;
using TargetDrain.Queue;

namespace TargetDrain.Events;

/// <summary>A batch, read and sorted by instance.</summary>
internal sealed class MessageBatch(EventReader reader, EventHome home, DrainOptions options, DrainMetrics metrics, ILogger log)
{
    private readonly Dictionary<string, Departure> departures = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Departure> Departures => departures.Values;

    public List<DrainedBroadcast> Broadcasts { get; } = [];

    public List<FailedMessage> Malformed { get; } = [];

    public void Read(InboundMessage message)
    {
        try
        {
            foreach (var parsed in reader.Read(message.Body, home, message.SentAt)) Put(message, parsed);
        }
        catch (MalformedMessageException exception)
        {
            log.MessageMalformed(message.Id, exception.Message, message.ReceiveCount, options.MaxReceiveCount);
            metrics.Count(MetricNames.MessagesMalformed);
            Malformed.Add(new FailedMessage(message, exception.Message, RetrySchedule.ForMalformed));
        }
    }

    private void Put(InboundMessage message, ParsedMessage parsed)
    {
        switch (parsed)
        {
            case ParsedMessage.Notice { Value: var notice }:
                log.NoticeRead(notice.InstanceId, notice.Reason);
                metrics.CountBy(MetricNames.Notices, notice.Reason.ToString());
                departures[notice.InstanceId] = Of(notice.InstanceId).With(message, notice);
                break;
            case ParsedMessage.Ticket { Value: var ticket }:
                metrics.Count(MetricNames.TicketsRead);
                // Whoever can send to the queue can write a ticket, and the names may have been narrowed meanwhile: what is not ours is
                // not ours to end.
                var ours = ticket.Actions.Where(action => options.IsOurs(action.HookName)).ToList();
                foreach (var other in ticket.Actions.Except(ours)) log.ActionLeft(ticket.InstanceId, DrainOutcome.GaveUp, other.GroupName, other.HookName);
                if (ours.Count > 0) departures[ticket.InstanceId] = Of(ticket.InstanceId).With(message, ticket with { Actions = ours });
                break;
            case ParsedMessage.Broadcast { Value: var broadcast }:
                Broadcasts.Add(broadcast);
                break;
            case ParsedMessage.Ignored ignored:
                if (ignored.NeedsSomebody) log.MessageNeedsSomebody(message.Id, ignored.Why);
                else log.MessageIgnored(message.Id, ignored.Kind, ignored.Why);
                metrics.Count(MetricNames.EventsIgnored);
                break;
        }
    }

    private Departure Of(string instanceId) => departures.GetValueOrDefault(instanceId) ?? new Departure(instanceId);
}
