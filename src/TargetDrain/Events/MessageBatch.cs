namespace TargetDrain.Events;

/// <summary>A batch, sorted by instance.</summary>
internal sealed class MessageBatch
{
    private readonly Dictionary<string, Departure> departures = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Departure> Departures => departures.Values;

    public bool AsksToReconcile { get; set; }

    public List<FailedMessage> Malformed { get; } = [];

    public void Add(InboundMessage message, TerminationNotice notice) => departures[notice.InstanceId] = Of(notice.InstanceId).With(message, notice);

    public void Add(InboundMessage message, DrainTicket ticket) => departures[ticket.InstanceId] = Of(ticket.InstanceId).With(message, ticket);

    private Departure Of(string instanceId) => departures.GetValueOrDefault(instanceId) ?? new Departure(instanceId);
}

/// <summary>Reads a batch. A message that cannot be understood harms no other.</summary>
internal sealed class BatchReader(EventReader reader, DrainOptions options, DrainMetrics metrics, ILogger log)
{
    public MessageBatch Read(IEnumerable<InboundMessage> messages, FunctionLocation location)
    {
        var batch = new MessageBatch();
        foreach (var message in messages) Read(message, location, batch);
        return batch;
    }

    private void Read(InboundMessage message, FunctionLocation location, MessageBatch batch)
    {
        try
        {
            foreach (var parsed in reader.Read(message.Body, location, message.SentAt)) Put(message, parsed, batch);
        }
        catch (MalformedMessageException exception)
        {
            log.MessageMalformed(message.Id, exception.Message, message.ReceiveCount, options.MaxReceiveCount);
            metrics.Count(MetricNames.MessagesMalformed);
            batch.Malformed.Add(new FailedMessage(message, exception.Message, RetrySchedule.ForMalformed));
        }
    }

    private void Put(InboundMessage message, ParsedMessage parsed, MessageBatch batch)
    {
        switch (parsed)
        {
            case ParsedMessage.Notice { Value: var notice }:
                log.NoticeRead(notice.InstanceId, notice.Reason);
                metrics.CountBy(MetricNames.Notices, notice.Reason.ToString());
                batch.Add(message, notice);
                break;
            case ParsedMessage.Ticket { Value: var ticket }:
                metrics.Count(MetricNames.TicketsRead);
                // Whoever can send to the queue can write a ticket, and the names may have been narrowed meanwhile: what is not ours is
                // not ours to end.
                var ours = ticket.Actions.Where(action => options.IsOurs(action.HookName)).ToList();
                foreach (var other in ticket.Actions.Except(ours)) log.ActionLeft(ticket.InstanceId, DrainOutcome.GaveUp, other.GroupName, other.HookName);
                if (ours.Count > 0) batch.Add(message, ticket with { Actions = ours });
                break;
            case ParsedMessage.Reconcile:
                batch.AsksToReconcile = true;
                break;
            case ParsedMessage.Ignored ignored:
                if (ignored.NeedsSomebody) log.MessageNeedsSomebody(message.Id, ignored.Why);
                else log.MessageIgnored(message.Id, ignored.Kind, ignored.Why);
                metrics.Count(MetricNames.EventsIgnored);
                break;
        }
    }
}
