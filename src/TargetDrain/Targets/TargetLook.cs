using Amazon.ElasticLoadBalancingV2.Model;
using Microsoft.Extensions.Logging;
using TargetDrain.Calls;
using TargetDrain.Events;
using TargetDrain.Telemetry;

namespace TargetDrain.Targets;

/// <summary>
/// The one way of looking: every target group that could hold one of the departing instances, as it is listed now, once
/// for all of them together. What is registered is deregistered as soon as its group's answer is there.
/// </summary>
internal sealed class TargetLook(
    TargetHealthReader health, Deregistrar deregistrar, DeregistrationDelays delays, GroupHistory history, LookMemory memory,
    CallRate describeRate, bool dryRun, DrainMetrics metrics, TimeProvider clock, ILogger log)
{
    private static readonly HashSet<string> NetworkProtocols = new(StringComparer.Ordinal) { "TCP", "UDP", "TCP_UDP", "TLS", "QUIC", "TCP_QUIC" };

    private bool saidThatItCannotEnd;

    /// <param name="groups">As they are listed now; an error ends the list.</param>
    /// <param name="stillLeaves">Whether an instance is still to be taken out, asked at the last moment.</param>
    /// <returns>One for each departure.</returns>
    public async Task<IReadOnlyDictionary<string, DrainStatus>> RunAsync(
        IReadOnlyCollection<Departure> departures, IAsyncEnumerable<IReadOnlyList<TargetGroup>> groups, AddressBook addresses,
        Func<Departure, bool> stillLeaves, TimeSpan timeLeft, CancellationToken cancellation)
    {
        var owners = await addresses.FreshAsync(cancellation);
        var pass = new Pass(departures, owners, addresses, new LookRecord(clock.GetUtcNow()), stillLeaves, memory, history);
        TellWhatIsUnknown(owners, pass);
        var looks = new List<Task>();
        try
        {
            await foreach (var page in groups)
            {
                history.Listed(page);
                looks.AddRange(page
                    .Where(pass.MustAsk)
                    .Select(group => (Group: group, Rank: history.RankOf(group)))
                    .OrderBy(ranked => ranked.Rank)
                    .Select(ranked => LookIntoAsync(pass, ranked.Group, ranked.Rank, cancellation)));
            }
        }
        catch (Exception exception)
        {
            // What was listed so far is still worth looking into; nothing is certain until the rest is.
            var problem = AwsErrors.Describe(exception);
            foreach (var status in pass.Statuses.Values) status.Add($"DescribeTargetGroups: {problem}");
            log.ListingFailed(problem);
        }
        TellWhetherItCanEnd(looks.Count, timeLeft);
        await Task.WhenAll(looks);
        memory.Remember(departures.Select(one => one.InstanceId).Where(id => !owners.Answers.Problems.ContainsKey(id)), pass.Record);
        log.Looked(departures.Count, looks.Count);
        return pass.Statuses;
    }

    private async Task LookIntoAsync(Pass pass, TargetGroup group, int rank, CancellationToken cancellation)
    {
        var arn = group.TargetGroupArn;
        var urgency = pass.UrgencyOf(group);
        try
        {
            var registrations = await health.ReadAsync(arn, pass.Owners.MatcherFor(group), urgency, cancellation, rank);
            if (registrations.Count == 0 || await TakeOutAsync(pass, group, registrations, cancellation)) pass.Record.Answered(arn);
        }
        catch (Exception exception) when (AwsErrors.IsGroupGone(exception))
        {
            // Nobody is registered in what does not exist.
        }
        catch (Exception exception)
        {
            var problem = AwsErrors.Describe(exception);
            foreach (var id in pass.ThoseWhoNeed(group)) pass.Statuses[id].Add($"DescribeTargetHealth of {arn}: {problem}");
            log.GroupUnknown(arn, problem);
        }
    }

    /// <returns>Whether everything that was to go was taken out.</returns>
    private async Task<bool> TakeOutAsync(Pass pass, TargetGroup group, IReadOnlyList<Registration> found, CancellationToken cancellation)
    {
        var arn = group.TargetGroupArn;
        history.Found(arn);
        var isNetwork = NetworkProtocols.Contains(group.Protocol?.Value ?? "");
        var registered = found.Where(one => one.State == RegistrationState.Registered && pass.StillLeaves(one.InstanceId)).ToList();
        // Asked while the targets are taken out: nobody waits for it longer than for them.
        var delay = !dryRun && found.Any(one => pass.Waits(one.InstanceId)) ? delays.OfAsync(arn, Urgency.Patient, cancellation) : Task.FromResult<TimeSpan?>(null);
        var taken = registered.Count == 0
            ? Deregistration.Nothing
            : await deregistrar.TakeOutAsync(
                arn, registered, (chunk, stop) => StillToGoAsync(pass, group, chunk, stop), pass.UrgencyOf(registered), cancellation);
        foreach (var (registration, problem) in taken.Failed) pass.Statuses[registration.InstanceId].Add(problem);
        var draining = found.Where(one => one.State == RegistrationState.Draining).Select(one => (one.InstanceId, BegunAt: (DateTimeOffset?)null))
            .Concat(taken.Done.Select(done => (done.Registration.InstanceId, BegunAt: (DateTimeOffset?)done.At)));
        foreach (var (id, begunAt) in draining.Distinct())
            pass.Statuses[id].Add(new Drain(arn, begunAt, isNetwork, await delay));
        return taken.Failed.Count == 0;
    }

    /// <summary>
    /// An address is deregistered only while EC2's word on its owner is seconds old, and an instance only while it still
    /// leaves.
    /// </summary>
    private async Task<IReadOnlyList<Registration>> StillToGoAsync(
        Pass pass, TargetGroup group, IReadOnlyList<Registration> chunk, CancellationToken cancellation)
    {
        var leaving = chunk.Where(one => pass.StillLeaves(one.InstanceId)).ToList();
        if (group.TargetType?.Value != "ip") return leaving;
        var owners = await pass.Addresses.FreshAsync(cancellation);
        var matcher = owners.MatcherFor(group);
        var (own, doubtful) = (new List<Registration>(), new List<Registration>());
        foreach (var one in leaving) (matcher(one.Target) == one.InstanceId ? own : doubtful).Add(one);
        foreach (var one in doubtful)
        {
            if (owners.Answers.Problems.TryGetValue(one.InstanceId, out var problem)) pass.Statuses[one.InstanceId].Add(problem);
            else log.AddressNoLongerItsOwn(one.InstanceId, one.Name, group.TargetGroupArn);
            metrics.AddressesUnknown();
        }
        return own;
    }

    private void TellWhatIsUnknown(TargetOwners owners, Pass pass)
    {
        foreach (var (id, problem) in owners.Answers.Problems) pass.Statuses[id].Add(problem);
        if (owners.Answers.Problems.Count > 0) log.LookupFailed(owners.Answers.Problems.Count, owners.Answers.Problems.Values.First());
        foreach (var instance in owners.Answers.Instances.Values.Where(instance => instance.Addresses.Count == 0))
        {
            if (owners.Answers.Problems.ContainsKey(instance.InstanceId)) continue;
            log.AddressesUnknown(instance.InstanceId);
            metrics.AddressesUnknown();
        }
    }

    private void TellWhetherItCanEnd(int groups, TimeSpan timeLeft)
    {
        var needed = describeRate.TimeFor(groups);
        if (saidThatItCannotEnd || needed <= timeLeft) return;
        saidThatItCannotEnd = true;
        log.LookCannotEnd(groups, (int)needed.TotalSeconds, (int)timeLeft.TotalSeconds);
    }

    /// <summary>One pass: for whom, and whom each group could concern.</summary>
    private sealed class Pass
    {
        private readonly Dictionary<string, Departure> departures;
        private readonly Dictionary<string, LookRecord> records;
        private readonly Dictionary<(string? Type, string? Vpc), Audience> audiences = [];
        private readonly Func<Departure, bool> stillLeaves;
        private readonly GroupHistory history;
        private readonly Lock state = new();

        public Pass(
            IReadOnlyCollection<Departure> all, TargetOwners owners, AddressBook addresses, LookRecord record, Func<Departure, bool> stillLeaves,
            LookMemory memory, GroupHistory history)
        {
            (Owners, Addresses, Record, this.stillLeaves, this.history) = (owners, addresses, record, stillLeaves, history);
            departures = all.ToDictionary(one => one.InstanceId, StringComparer.Ordinal);
            records = all.Select(one => (one.InstanceId, Record: memory.RecordFor(one)))
                .Where(item => item.Record is not null).ToDictionary(item => item.InstanceId, item => item.Record!, StringComparer.Ordinal);
            Statuses = all.ToDictionary(one => one.InstanceId, one => new DrainStatus(one.InstanceId), StringComparer.Ordinal);
        }

        public TargetOwners Owners { get; }

        public AddressBook Addresses { get; }

        public LookRecord Record { get; }

        public IReadOnlyDictionary<string, DrainStatus> Statuses { get; }

        public bool StillLeaves(string instanceId) => stillLeaves(departures[instanceId]);

        /// <summary>Whether somebody waits for the end of its drains.</summary>
        public bool Waits(string instanceId) => departures[instanceId].Actions.Count > 0;

        public Urgency UrgencyOf(TargetGroup group) => AudienceOf(group).Urgency;

        public Urgency UrgencyOf(IEnumerable<Registration> registrations) => registrations.Min(one => departures[one.InstanceId].Urgency);

        public bool MustAsk(TargetGroup group)
        {
            var audience = AudienceOf(group);
            if (audience.Ids.Count == 0) return false;
            if (audience.AnyNeedsAll || audience.Ids.Any(id => Needs(id, group.TargetGroupArn))) return true;
            foreach (var id in audience.Ids.Where(records.ContainsKey)) Statuses[id].NotAsked();
            return false;
        }

        public IEnumerable<string> ThoseWhoNeed(TargetGroup group) => AudienceOf(group).Ids.Where(id => Needs(id, group.TargetGroupArn));

        private bool Needs(string id, string groupArn) =>
            records.TryGetValue(id, out var record) ? !record.HasAnswered(groupArn)
            : departures[id] is not { Notices.Count: 0, Ticket: { HeldBy: { } heldBy } ticket }
              || heldBy.Contains(groupArn) || !history.WasListedBefore(groupArn, ticket.NoticedAt);

        private Audience AudienceOf(TargetGroup group)
        {
            lock (state)
            {
                var key = (group.TargetType?.Value, group.VpcId);
                if (audiences.TryGetValue(key, out var known)) return known;
                var ids = Owners.CouldBeIn(group).ToList();
                var audience = new Audience(
                    ids,
                    ids.Count == 0 ? Urgency.Patient : ids.Min(id => departures[id].Urgency),
                    ids.Exists(id => !records.ContainsKey(id) && departures[id] is not { Notices.Count: 0, Ticket.HeldBy: not null }));
                return audiences[key] = audience;
            }
        }

        /// <param name="Ids">The instances that a group of that type and VPC could hold.</param>
        /// <param name="AnyNeedsAll">For one of them at least, no group is left out.</param>
        private sealed record Audience(IReadOnlyList<string> Ids, Urgency Urgency, bool AnyNeedsAll);
    }
}
