namespace TargetDrain.Events;

/// <summary>Asks whether what a batch says still holds and is ours to act on, and leaves only that.</summary>
internal sealed class Confirmation(ScalingStates scaling, InstanceScope scope, TimeSpan maximumAge, DrainMetrics metrics, TimeProvider clock, ILogger log)
{
    public async Task<ConfirmedDepartures> AskAsync(
        IReadOnlyCollection<Departure> departures, AddressBook addresses, KeepAlive keepAlive, CancellationToken cancellation)
    {
        var asking = scaling.OfAsync(
            [.. departures.Where(one => one.Actions.Count > 0).Select(one => one.InstanceId)], departures.Min(one => one.Urgency), cancellation);
        var compute = (await addresses.FreshAsync(cancellation)).Answers;
        var states = await asking;
        var confirmed = await Task.WhenAll(departures.Select(one =>
            ConfirmAsync(one, compute, states.TryGetValue(one.InstanceId, out var state) ? new ScalingAnswer(true, state) : default, keepAlive)));
        return new ConfirmedDepartures(
            [.. confirmed.Select(one => one.Holding).Where(one => !one.IsEmpty)], [.. confirmed.Select(one => one.Undecided).Where(one => !one.IsEmpty)],
            [.. confirmed.Select(one => one.LeftAlone).Where(one => !one.IsEmpty)]);
    }

    private async Task<(Departure Holding, Departure Undecided, Departure LeftAlone)> ConfirmAsync(
        Departure departure, InstanceAnswers compute, ScalingAnswer scalingState, KeepAlive keepAlive)
    {
        var nothing = new Departure(departure.InstanceId);
        var state = compute.Instances[departure.InstanceId].State;
        var answered = !compute.Problems.ContainsKey(departure.InstanceId);
        if (scope.WhyNot(compute.Instances[departure.InstanceId], departure.Actions.Select(action => action.GroupName)) is { } why)
        {
            // Without EC2's answer its tags are not known: one that would have been let in must not be left out.
            if (!answered) return (nothing, departure, nothing);
            log.LeftAlone(departure.InstanceId, why);
            return (nothing, nothing, departure);
        }
        var (holding, undecided) = (nothing, nothing);
        foreach (var (message, notice) in departure.Notices)
        {
            var verdict = await SettleAsync(
                StillTrue.Of(notice, state, answered, scalingState, clock.GetUtcNow() - notice.Time, maximumAge), [notice.Action?.Token]);
            if (verdict == Verdict.True) holding = holding.With(message, notice);
            else if (verdict == Verdict.Unknown) undecided = undecided.With(message, notice);
            else
            {
                log.NoticeIsStale(notice.InstanceId, notice.Reason, notice.Time, state ?? "unknown", scalingState.State ?? "in no Auto Scaling group");
                metrics.Count(MetricNames.NoticesStale);
            }
        }
        foreach (var (message, ticket) in departure.Tickets)
        {
            var verdict = await SettleAsync(StillTrue.OfTicket(state, scalingState), ticket.Actions.Select(action => action.Token));
            // Stale: every action of it is over, and nobody waits any more.
            if (verdict == Verdict.True) holding = holding.With(message, ticket);
            else if (verdict == Verdict.Unknown) undecided = undecided.With(message, ticket);
        }
        return (holding, undecided, nothing);

        async Task<Verdict> SettleAsync(Verdict verdict, IEnumerable<string?> tokens)
        {
            if (verdict != Verdict.AskForTheAction) return verdict;
            var answers = await Task.WhenAll(departure.Actions.Where(action => tokens.Contains(action.Token))
                .Select(action => keepAlive.AskAsync(departure.InstanceId, action)));
            return answers.Contains(HeartbeatResult.Recorded) ? Verdict.True : answers.Contains(HeartbeatResult.Failed) ? Verdict.Unknown : Verdict.Stale;
        }
    }
}

/// <summary>What a batch says, by what is to be done about it. What is nowhere is over.</summary>
/// <param name="Holding">What still holds.</param>
/// <param name="Undecided">What nobody could say anything about.</param>
/// <param name="LeftAlone">Whose instance is not to be touched.</param>
internal sealed record ConfirmedDepartures(
    IReadOnlyList<Departure> Holding, IReadOnlyList<Departure> Undecided, IReadOnlyList<Departure> LeftAlone);
