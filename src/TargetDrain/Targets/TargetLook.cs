using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>
/// The one way of looking: every target group that could hold one of the departing instances, as it is listed now, once for all of them
/// together. What is registered is deregistered as soon as its group's answer is there.
/// </summary>
/// <param name="batch">Those that still hold.</param>
/// <param name="owners">Of everything that the batch was about; it knows more instances than leave.</param>
/// <param name="stillLeaves">Whether an instance is still to be taken out, asked at the last moment.</param>
internal sealed class TargetLook(
    TargetSearch search, IReadOnlyCollection<Departure> batch, TargetOwners owners, AddressBook addresses, Func<Departure, bool> stillLeaves,
    CancellationToken cancellation)
{
    private readonly LookRecord record = new(search.Clock.GetUtcNow());
    private readonly Dictionary<string, Departure> departures = batch.ToDictionary(one => one.InstanceId, StringComparer.Ordinal);
    private readonly Dictionary<string, EarlierLook?> seenBefore = batch.ToDictionary(one => one.InstanceId, search.Memory.For, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string? Type, string? Vpc), (IReadOnlyList<string> Ids, Urgency Urgency)> couldHold = [];

    /// <summary>What was found, by instance id.</summary>
    public IReadOnlyDictionary<string, DrainStatus> Statuses { get; } =
        batch.ToDictionary(one => one.InstanceId, one => new DrainStatus(), StringComparer.Ordinal);

    /// <param name="groups">As they are listed now; an error ends the list.</param>
    public async Task RunAsync(IAsyncEnumerable<IReadOnlyList<TargetGroup>> groups, TimeSpan timeLeft)
    {
        TellWhatIsUnknown();
        var looks = new List<Task>();
        try
        {
            await foreach (var page in groups)
            {
                search.History.Listed(page);
                looks.AddRange(page
                    .Where(MustAsk)
                    .Select(group => (Group: group, Rank: search.History.RankOf(group)))
                    .OrderBy(ranked => ranked.Rank)
                    .Select(ranked => LookIntoAsync(ranked.Group, ranked.Rank)));
            }
        }
        catch (Exception exception)
        {
            // What was listed so far is still worth looking into; nothing is certain until the rest is.
            var problem = AwsErrors.Describe(exception);
            foreach (var status in Statuses.Values) status.Add($"DescribeTargetGroups: {problem}");
            search.Log.ListingFailed(problem);
        }
        search.TellWhetherItCanEnd(looks.Count, timeLeft);
        await Task.WhenAll(looks);
        if (looks.Count > 0) Remember();
        await search.TellTheRestAsync(cancellation);
        search.Log.Looked(departures.Count, looks.Count);
    }

    private async Task LookIntoAsync(TargetGroup group, int rank)
    {
        var arn = group.TargetGroupArn;
        try
        {
            var found = await search.Health.ReadAsync(arn, OwnerIn(group), CouldHold(group).Urgency, cancellation, rank);
            if (found.Count == 0 || await TakeOutAsync(group, found)) record.Answered(arn);
        }
        catch (Exception exception)
        {
            var problem = AwsErrors.Describe(exception);
            // Asked for the others' sake only, it says nothing of this one now.
            foreach (var id in CouldHold(group).Ids)
                if (Needs(id, arn)) Statuses[id].Add($"DescribeTargetHealth of {arn}: {problem}");
                else LeaveOut(id, arn);
            search.Log.GroupUnknown(arn, problem);
        }
    }

    /// <returns>Whether everything that was to go was taken out.</returns>
    private async Task<bool> TakeOutAsync(TargetGroup group, IReadOnlyList<Registration> found)
    {
        var arn = group.TargetGroupArn;
        search.History.Found(arn);
        // Whoever is in a hurry looks there first.
        var telling = search.TellOfBusyGroupsAsync(found.Count, cancellation);
        var registered = found.Where(one => one.State == RegistrationState.Registered && StillLeaves(one)).ToList();
        // Asked while the targets are taken out, and only where somebody waits for the end of the drain.
        var delay = !search.Options.DryRun && found.Any(one => departures[one.InstanceId].Actions.Count > 0)
            ? search.Delays.OfAsync(arn, Urgency.Patient, cancellation)
            : Task.FromResult<TimeSpan?>(null);
        var isInDoubt = false;
        var taken = await search.Deregistrar.TakeOutAsync(
            arn, registered, chunk => StillToGoAsync(group, chunk, () => isInDoubt = true), UrgencyOf(registered.Select(one => one.InstanceId)), cancellation);
        foreach (var one in taken)
            if (one.Problem is not null) Statuses[one.Registration.InstanceId].Add(one.Problem);
        var drains = found.Where(one => one.State == RegistrationState.Draining).Select(one => (one.InstanceId, BegunAt: (DateTimeOffset?)null))
            .Concat(taken.Where(one => one.Problem is null).Select(one => (one.Registration.InstanceId, BegunAt: (DateTimeOffset?)one.At)));
        foreach (var (id, begunAt) in drains.Distinct())
            Statuses[id].Add(new Drain(arn, begunAt, IsNetwork(group), await delay));
        await telling;
        return !isInDoubt && taken.All(one => one.Problem is null);
    }

    /// <summary>
    /// An address is deregistered only while EC2's word on its owner is seconds old, and an instance only while it still leaves.
    /// </summary>
    /// <param name="doubt">Called when EC2 did not say whose one of them is.</param>
    private async Task<IReadOnlyList<Registration>> StillToGoAsync(
        TargetGroup group, IReadOnlyList<Registration> chunk, Action doubt)
    {
        var leaving = chunk.Where(StillLeaves).ToList();
        if (group.TargetType?.Value != "ip") return leaving;
        var now = await addresses.FreshAsync(cancellation);
        var ownerOf = now.MatcherFor(group);
        var own = leaving.FindAll(one => ownerOf(one.Target) == one.InstanceId);
        foreach (var one in leaving.Except(own))
        {
            if (now.Answers.Problems.TryGetValue(one.InstanceId, out var problem))
            {
                Statuses[one.InstanceId].Add(problem);
                doubt();
            }
            else search.Log.AddressNoLongerItsOwn(one.InstanceId, one.Name, group.TargetGroupArn);
            search.Metrics.Count(MetricNames.AddressesUnknown);
        }
        return own;
    }

    private void TellWhatIsUnknown()
    {
        var (instances, problems) = (owners.Answers.Instances, owners.Answers.Problems);
        foreach (var (id, problem) in problems.Where(one => Statuses.ContainsKey(one.Key))) Statuses[id].Add(problem);
        if (problems.Count > 0) search.Log.LookupFailed(problems.Count, problems.Values.First());
        foreach (var id in departures.Keys.Where(id => instances[id].Addresses.Count == 0 && !problems.ContainsKey(id)))
        {
            search.Log.AddressesUnknown(id);
            search.Metrics.Count(MetricNames.AddressesUnknown);
        }
    }

    private bool MustAsk(TargetGroup group)
    {
        var ids = CouldHold(group).Ids;
        if (ids.Any(id => Needs(id, group.TargetGroupArn))) return true;
        foreach (var id in ids.Where(id => seenBefore[id] is not null)) LeaveOut(id, group.TargetGroupArn);
        return false;
    }

    /// <summary>Whether the instance's look is incomplete without that group.</summary>
    private bool Needs(string id, string groupArn) => seenBefore[id] is { } earlier
        ? !earlier.Groups.HasAnswered(groupArn)
        : departures[id] is not { Notices.Count: 0, Ticket: { HeldBy: { } heldBy } ticket }
          || heldBy.Contains(groupArn) || !search.History.WasListedBefore(groupArn, ticket.NoticedAt);

    /// <summary>The group is not asked for its sake: what it said before counts.</summary>
    private void LeaveOut(string id, string groupArn)
    {
        foreach (var drain in seenBefore[id]?.Drains ?? [])
            if (drain.GroupArn == groupArn) Statuses[id].Add(drain with { BegunAt = null });
        // A ticket's look that goes on with an earlier one is as full as both together.
        if (departures[id].Ticket is null) Statuses[id].NotAsked();
    }

    private void Remember()
    {
        foreach (var id in departures.Keys.Where(id => !owners.Answers.Problems.ContainsKey(id)))
            search.Memory.Remember(
                id, record.GoingOnWith(seenBefore[id]?.Groups), [.. Statuses[id].Draining], Statuses[id].IsCertain || cancellation.IsCancellationRequested);
    }

    private (IReadOnlyList<string> Ids, Urgency Urgency) CouldHold(TargetGroup group) => couldHold.GetOrAdd(
        (group.TargetType?.Value, group.VpcId),
        _ =>
        {
            var ids = owners.CouldBeIn(group).Where(departures.ContainsKey).ToList();
            return (ids, UrgencyOf(ids));
        });

    /// <summary>Tells which departing instance a target is.</summary>
    private Func<TargetDescription, string?> OwnerIn(TargetGroup group)
    {
        var ownerOf = owners.MatcherFor(group);
        return target => ownerOf(target) is { } id && departures.ContainsKey(id) ? id : null;
    }

    private bool StillLeaves(Registration one) => stillLeaves(departures[one.InstanceId]);

    private Urgency UrgencyOf(IEnumerable<string> ids) => ids.Select(id => departures[id].Urgency).DefaultIfEmpty(Urgency.Patient).Min();

    private static bool IsNetwork(TargetGroup group) => group.Protocol?.Value is "TCP" or "UDP" or "TCP_UDP" or "TLS" or "QUIC" or "TCP_QUIC";
}
