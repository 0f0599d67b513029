using TargetDrain.Announcements;
using TargetDrain.Events;
using TargetDrain.Lifecycle;
using TargetDrain.Queue;
using TargetDrain.Reconcile;
using TargetDrain.Targets;

namespace TargetDrain;

/// <summary>
/// The way of an event, step by step. Every step may run twice, in any order and by two workers at once, and ends in the
/// same state.
/// <para>
/// The words: a <i>notice</i> says that an instance leaves; a <i>ticket</i> is our own message about one that is waited
/// for; a <i>departure</i> is one instance of a batch with all notices and tickets about it; a <i>look</i> goes through
/// all target groups for the departures of a batch; a <i>registration</i> is one target found; a <i>drain</i> is its way out.
/// </para>
/// </summary>
internal sealed class DrainPipeline(
    EventReader reader, Confirmation confirmation, TargetSearch search, DrainCoordinator coordinator, HookCatalog hooks,
    LifecycleActions lifecycle, WorkQueue queue, Reconciler reconciler, Announcer announcer, DrainOptions options, DrainMetrics metrics, TimeProvider clock, Func<double> random, ILogger log)
{
    /// <returns>The messages that are not done and have to come again.</returns>
    public async Task<IReadOnlyList<FailedMessage>> RunAsync(IReadOnlyList<InboundMessage> messages, EventHome home, InvocationTime time)
    {
        var batch = new MessageBatch(reader, home, options, metrics, log);
        foreach (var message in messages) batch.Read(message);
        search.Remember(batch.Broadcasts);
        var (failed, ends) = (batch.Malformed, new List<DrainEnd>());
        if (batch.Departures.Count > 0)
        {
            await using var keepAlive = new KeepAlive(batch.Departures, hooks, lifecycle, options.DryRun, clock, time.WrapUp);
            var decided = await DecideAsync(batch.Departures, keepAlive, time);
            decided = await HandOffAsync(decided, time);
            decided = await CompleteAsync(decided, time);
            ends.AddRange(decided.Select(EndOf).OfType<DrainEnd>());
            foreach (var one in decided.Where(one => one.Next.Problem is not null)) failed.AddRange(await RetryAsync(one, ends, keepAlive, time));
        }
        await queue.HandBackAsync(failed, time.WrapUp);
        if (options is { PublishEvents: true, DryRun: false }) await announcer.SendAsync([.. ends.Select(Announcement.Of)], time.WrapUp);
        if (batch.AsksToReconcile) await announcer.SendAsync(await reconciler.RunAsync(home.Account, time), time.WrapUp);
        return failed;
    }

    /// <summary>Confirms what the messages say, looks, deregisters, and decides what comes next for each.</summary>
    private async Task<IReadOnlyList<Decided>> DecideAsync(IReadOnlyCollection<Departure> departures, KeepAlive keepAlive, InvocationTime time)
    {
        var now = clock.GetUtcNow();
        // A ticket that came back only for a heartbeat is not looked for.
        var due = departures.Where(one => one.Notices.Count > 0 || one.Ticket!.IsDue(now)).ToList();
        var decided = due.Count == 0 ? [] : await LookAsync(due, keepAlive, time);
        await keepAlive.SettleAsync();
        return [.. decided, .. departures.Except(due).Select(one => new Decided(one, coordinator.NotYet(one.Ticket!, keepAlive.ActionsOf(one))))];
    }

    private async Task<IReadOnlyList<Decided>> LookAsync(IReadOnlyCollection<Departure> due, KeepAlive keepAlive, InvocationTime time)
    {
        var begun = search.Begin(due, time);
        var confirmed = await confirmation.AskAsync(due, begun.Addresses, keepAlive, time.Work);
        var holding = confirmed.Select(one => one.Holding).Where(one => !one.IsEmpty).ToList();
        var found = await search.LookAsync(begun, holding, one => !keepAlive.IsOver(one), time);
        await keepAlive.SettleAsync();
        foreach (var one in holding)
            if (found[one.InstanceId].IsCertain && one.NoticedAt is { } noticed) metrics.Time(MetricNames.TimeToDeregister, clock.GetUtcNow() - noticed);
        return
        [
            .. holding.Select(one => new Decided(one, coordinator.After(one, found[one.InstanceId], keepAlive.ActionsOf(one))) { Drains = found[one.InstanceId].Draining }),
            .. confirmed.Select(one => one.LeftAlone).OfType<Departure>().Select(one => new Decided(one, coordinator.LeaveAlone(one, keepAlive.ActionsOf(one)))),
            .. confirmed.Select(one => one.Undecided).Where(one => !one.IsEmpty)
                .Select(one => new Decided(one, coordinator.InDoubt(one, "EC2 or Auto Scaling did not say whether it still leaves and is to be acted upon", keepAlive.ActionsOf(one)))),
        ];
    }

    /// <summary>Tickets first: a message is done only when its ticket is in the queue.</summary>
    private async Task<IReadOnlyList<Decided>> HandOffAsync(IReadOnlyList<Decided> decided, InvocationTime time)
    {
        var tickets = coordinator.Schedule(decided.Select(one => one.Next.Ticket).OfType<DrainTicket>());
        var unsent = (await queue.SendAsync(tickets, time.WrapUp)).ToLookup(item => item.Ticket.InstanceId, item => item.Problem, StringComparer.Ordinal);
        return [.. decided.Select(one => one.UnlessFor(unsent[one.Departure.InstanceId].FirstOrDefault()))];
    }

    private async Task<IReadOnlyList<Decided>> CompleteAsync(IReadOnlyList<Decided> decided, InvocationTime time)
    {
        // Their terminations are announced next, many at a time; another environment gets them while this one is busy.
        string[] drained = [.. decided.Where(one => one.Next.IsDrained).Select(one => one.Departure.InstanceId)];
        await search.BroadcastAsync(drained, drained.Length, time.WrapUp);
        return await Task.WhenAll(decided.Select(async one =>
        {
            var ended = await Task.WhenAll(one.Next.Ended.Select(action =>
                lifecycle.CompleteAsync(action, one.Departure.InstanceId, one.Next.Outcome, time.WrapUp)));
            return one.UnlessFor(ended.Select(end => end.Problem).FirstOrDefault(problem => problem is not null)) with { Ended = ended };
        }));
    }

    /// <summary>Its messages come again. Each action is given up when the last message that carries it is at its last attempt.</summary>
    /// <param name="ends">Where it is added to when it is given up.</param>
    private async Task<IEnumerable<FailedMessage>> RetryAsync(Decided one, List<DrainEnd> ends, KeepAlive keepAlive, InvocationTime time)
    {
        var (departure, problem) = (one.Departure, one.Next.Problem!);
        var waiting = keepAlive.ActionsOf(departure);
        var givenUp = waiting.Where(action => departure.MessagesOf(action).All(IsLastAttempt)).ToList();
        var isGivenUp = givenUp.Count > 0 || departure.Messages.All(IsLastAttempt);
        if (isGivenUp)
        {
            log.GaveUp(departure.InstanceId, problem);
            metrics.Count(MetricNames.DrainsGivenUp);
        }
        var ended = options.DryRun
            ? []
            : await Task.WhenAll(givenUp.Select(action => lifecycle.CompleteAsync(action, departure.InstanceId, DrainOutcome.GaveUp, time.WrapUp)));
        foreach (var end in ended)
            if (end.Problem is not null) log.GaveUp(departure.InstanceId, end.Problem); // the hook's own timeout is what remains
        if (isGivenUp) ends.Add(DrainEnd.Of(departure, nameof(DrainOutcome.GaveUp), ended, one.Drains, problem, clock.GetUtcNow()));
        var room = await keepAlive.ProlongAsync(departure, [.. waiting.Except(givenUp)]);
        return departure.Messages.Select(message =>
        {
            var delay = RetrySchedule.DelayOf(message.ReceiveCount, departure.Urgency, room, random());
            log.MessageFailed(message.Id, departure.InstanceId, message.ReceiveCount, options.MaxReceiveCount, problem, (int)delay.TotalSeconds);
            metrics.Count(MetricNames.MessagesFailed);
            return new FailedMessage(message, problem, delay);
        });
    }

    private bool IsLastAttempt(InboundMessage message) => message.IsFromQueue && message.ReceiveCount >= options.MaxReceiveCount;

    /// <returns>Null while it goes on, and where nothing was taken out.</returns>
    private DrainEnd? EndOf(Decided one)
    {
        var (departure, next) = (one.Departure, one.Next);
        if (next.Problem is not null || next.IsLeftAlone) return null;
        if (next.Ended.Count > 0)
            return DrainEnd.Of(departure, next.Outcome.ToString(), one.Ended, one.Drains, next.Outcome == DrainOutcome.TimedOut ? "still draining when its time was up" : null, clock.GetUtcNow());
        // Drains that somebody else began, or an earlier message about it, are no news; those of an earlier attempt are.
        return departure.Actions.Count == 0 && one.Drains.Any(drain => drain.BegunAt is not null || departure.Messages.Any(message => message.ReceiveCount > 1))
            ? DrainEnd.Of(departure, DrainEnd.Deregistered, [], one.Drains, null, clock.GetUtcNow())
            : null;
    }

    /// <summary>An instance, and what comes next for it.</summary>
    private sealed record Decided(Departure Departure, NextStep Next)
    {
        /// <summary>What the look found of it.</summary>
        public IReadOnlyCollection<Drain> Drains { get; init; } = [];

        /// <summary>Its lifecycle actions that were ended.</summary>
        public IReadOnlyList<ActionEnd> Ended { get; init; } = [];

        public Decided UnlessFor(string? problem) => problem is null ? this : this with { Next = NextStep.Retry(problem) };
    }
}
