namespace TargetDrain;

/// <summary>
/// The way of an event, step by step. Every step may run twice, in any order and by two workers at once, and ends in the
/// same state.
/// <para>
/// The words: a <i>notice</i> says that an instance leaves; a <i>ticket</i> is our own message about one that is waited
/// for; a <i>departure</i> is one instance of a batch with all notices and tickets about it; a <i>look</i> goes through
/// all target groups for the departures of a batch; a <i>registration</i> is one target found; a <i>drain</i> is its way out;
/// the <i>next step</i> is what comes of a departure.
/// </para>
/// </summary>
/// <param name="keepAlive">Keeps the actions of departures alive until it is disposed of.</param>
internal sealed class DrainPipeline(
    Func<IReadOnlyCollection<Departure>, CancellationToken, KeepAlive> keepAlive, Confirmation confirmation, TargetSearch search,
    DrainCoordinator coordinator, LifecycleActions lifecycle, Retries retries, WorkQueue queue, Announcer announcer, TimeProvider clock)
{
    // Half a minute of completing, at the rate that Auto Scaling was seen to bear.
    private const int CompletedTogether = 500;

    /// <returns>The messages that are not done and have to come again.</returns>
    public async Task<IReadOnlyList<FailedMessage>> RunAsync(MessageBatch batch, InvocationTime time)
    {
        var steps = batch.Departures.Count == 0 ? [] : await DrainAsync(batch.Departures, time);
        IReadOnlyList<FailedMessage> failed = [.. batch.Malformed, .. steps.SelectMany(step => step.Failed)];
        await queue.HandBackAsync(failed, time.WrapUp);
        await announcer.TellAsync(steps, time.WrapUp);
        return failed;
    }

    private async Task<IReadOnlyList<NextStep>> DrainAsync(IReadOnlyCollection<Departure> departures, InvocationTime time)
    {
        await using var actions = keepAlive(departures, time.WrapUp);
        var steps = await DecideAsync(departures, actions, time);
        steps = await HandOffAsync(steps, time);
        steps = await CompleteAsync(steps, time);
        return await retries.PrepareAsync(steps, actions, time);
    }

    /// <summary>Confirms what the messages say, looks, deregisters, and decides what comes next for each.</summary>
    private async Task<IReadOnlyList<NextStep>> DecideAsync(IReadOnlyCollection<Departure> departures, KeepAlive actions, InvocationTime time)
    {
        var now = clock.GetUtcNow();
        // A ticket that came back only for a heartbeat is not looked for.
        var due = departures.Where(one => one.Notices.Count > 0 || one.Ticket!.IsDue(now)).ToList();
        var decided = due.Count == 0 ? [] : await LookAsync(due, actions, time);
        await actions.SettleAsync();
        return [.. decided, .. departures.Except(due).Select(one => coordinator.NotYet(one, actions.ActionsOf(one)))];
    }

    private async Task<IReadOnlyList<NextStep>> LookAsync(IReadOnlyCollection<Departure> due, KeepAlive actions, InvocationTime time)
    {
        var begun = search.Begin(due, time);
        var confirmed = await confirmation.AskAsync(due, begun.Addresses, actions, time.Work);
        var found = await search.LookAsync(begun, confirmed.Holding, one => !actions.IsOver(one), time);
        await actions.SettleAsync();
        return
        [
            .. confirmed.Holding.Select(one => coordinator.After(one, found[one.InstanceId], actions.ActionsOf(one))),
            .. confirmed.LeftAlone.Select(one => coordinator.LeaveAlone(one, actions.ActionsOf(one))),
            .. confirmed.Undecided.Select(one => coordinator.InDoubt(
                one, "EC2 or Auto Scaling did not say whether it still leaves and is to be acted upon", actions.ActionsOf(one))),
        ];
    }

    /// <summary>Tickets first: a message is done only when its ticket is in the queue.</summary>
    private async Task<IReadOnlyList<NextStep>> HandOffAsync(IReadOnlyList<NextStep> steps, InvocationTime time)
    {
        var tickets = coordinator.Schedule(steps.Select(step => step.Ticket).OfType<DrainTicket>());
        var unsent = (await queue.SendAsync(tickets, time.WrapUp)).ToLookup(item => item.Ticket.InstanceId, item => item.Problem, StringComparer.Ordinal);
        return [.. steps.Select(step => step.Retry(unsent[step.Departure.InstanceId].FirstOrDefault()))];
    }

    /// <summary>In parts: Auto Scaling takes minutes for thousands, and announces each termination as soon as its action has ended.</summary>
    private async Task<IReadOnlyList<NextStep>> CompleteAsync(IReadOnlyList<NextStep> steps, InvocationTime time)
    {
        var completed = new List<NextStep>();
        foreach (var part in steps.OrderByDescending(step => step.IsDrained).Chunk(CompletedTogether))
        {
            await search.TellOfDrainedAsync([.. part.Where(step => step.IsDrained).Select(step => step.Departure.InstanceId)], time.Completing);
            completed.AddRange(await Task.WhenAll(part.Select(step => CompleteAsync(step, time))));
        }
        return completed;
    }

    private async Task<NextStep> CompleteAsync(NextStep step, InvocationTime time)
    {
        var ended = await lifecycle.CompleteAsync(step.Completes, step.Departure.InstanceId, step.Outcome, time.Completing);
        return step.Retry(ended.Select(end => end.Problem).FirstOrDefault(problem => problem is not null)) with { Ended = ended };
    }
}
