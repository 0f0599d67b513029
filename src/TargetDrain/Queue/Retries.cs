namespace TargetDrain.Queue;

/// <summary>What could not be done comes again. An action is given up when the last message that carries it is at its last attempt.</summary>
internal sealed class Retries(LifecycleActions lifecycle, DrainOptions options, DrainMetrics metrics, Func<double> random, ILogger log)
{
    /// <returns>The same steps; each that has a problem with the messages that come again, and with what was given up.</returns>
    public async Task<IReadOnlyList<NextStep>> PrepareAsync(IReadOnlyList<NextStep> steps, KeepAlive keepAlive, InvocationTime time)
    {
        var prepared = new List<NextStep>();
        foreach (var step in steps) prepared.Add(step.Problem is { } problem ? await PrepareAsync(step, problem, keepAlive, time) : step);
        return prepared;
    }

    private async Task<NextStep> PrepareAsync(NextStep step, string problem, KeepAlive keepAlive, InvocationTime time)
    {
        var departure = step.Departure;
        var waiting = keepAlive.ActionsOf(departure);
        var givenUp = waiting.Where(action => departure.MessagesOf(action).All(IsLastAttempt)).ToList();
        if (givenUp.Count > 0 || departure.Messages.All(IsLastAttempt)) step = await GiveUpAsync(step, problem, givenUp, time);
        var room = await keepAlive.ProlongAsync(departure, [.. waiting.Except(givenUp)]);
        return step with { Failed = [.. departure.Messages.Select(message => Again(message, departure, problem, room))] };
    }

    private async Task<NextStep> GiveUpAsync(NextStep step, string problem, IReadOnlyList<PendingAction> actions, InvocationTime time)
    {
        var id = step.Departure.InstanceId;
        log.GaveUp(id, problem);
        metrics.Count(MetricNames.DrainsGivenUp);
        var ended = options.DryRun ? [] : await lifecycle.CompleteAsync(actions, id, DrainOutcome.GaveUp, time.WrapUp);
        // The hook's own timeout is what remains.
        foreach (var end in ended.Where(end => end.Problem is not null)) log.GaveUp(id, end.Problem!);
        return step with { Outcome = DrainOutcome.GaveUp, Ended = ended };
    }

    private FailedMessage Again(InboundMessage message, Departure departure, string problem, TimeSpan? room)
    {
        var delay = RetrySchedule.DelayOf(message.ReceiveCount, departure.Urgency, room, random());
        log.MessageFailed(message.Id, departure.InstanceId, message.ReceiveCount, options.MaxReceiveCount, problem, (int)delay.TotalSeconds);
        metrics.Count(MetricNames.MessagesFailed);
        return new FailedMessage(message, problem, delay);
    }

    private bool IsLastAttempt(InboundMessage message) => message.IsFromQueue && message.ReceiveCount >= options.MaxReceiveCount;
}
