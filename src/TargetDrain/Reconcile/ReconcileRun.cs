using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Reconcile;

/// <summary>
/// One run: who waits, then every target group once, then the actions that nobody answered. When time runs short it ends, and the next run
/// goes on where it stopped.
/// </summary>
/// <param name="before">What the last run left.</param>
internal sealed class ReconcileRun(Reconciler parts, Baton before, string? account, InvocationTime time)
{
    // Between two looks at the queues, so that what is urgent waits for no more than this.
    private const int GroupsAtOnce = 25;
    private static readonly TimeSpan PauseWhileBusy = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForTheEnd = TimeSpan.FromSeconds(15);

    // No schedule is exact to the second.
    private static readonly TimeSpan Inexactness = TimeSpan.FromSeconds(30);

    // A baton is a message, and must not outgrow one; what is over is seen in a later run.
    private const int MostSightings = 1000;

    private readonly DateTimeOffset startedAt = parts.Clock.GetUtcNow();
    private readonly Dictionary<string, Sighting> sightings = [];
    private readonly Dictionary<string, FoundOrphan> told = [];
    private readonly HashSet<string> lookedInto = new(StringComparer.Ordinal);
    private int orphans;
    private int removed;

    /// <summary>The orphans that were reported for the first time.</summary>
    public IEnumerable<FoundOrphan> Told => told.Values;

    /// <returns>What the next run must know.</returns>
    public async Task<Baton> RunAsync()
    {
        var (waiting, owners) = await parts.Recovery.Waiting.InScopeAsync(time.Work);
        var unanswered = new UnansweredActions(parts.Recovery, waiting, owners, before, startedAt);
        var (groups, areAll) = await ListAsync();
        string? position = null;
        foreach (var chunk in InTurn(groups).Chunk(GroupsAtOnce))
        {
            if (!await GiveWayAsync()) break;
            await LookIntoAsync(chunk, unanswered);
            position = chunk[^1].TargetGroupArn;
        }
        var isWhole = areAll && lookedInto.Count == groups.Count;
        var recovered = await unanswered.RecoverAsync(isWhole, time.WrapUp);
        parts.Log.Reconciled(lookedInto.Count, groups.Count, orphans, removed, recovered);
        var unseen = (before.Sightings ?? []).Where(seen => !isWhole && !lookedInto.Contains(seen.GroupArn));
        return new Baton(
            Baton.CurrentVersion, startedAt, isWhole ? null : position ?? before.Position, [.. sightings.Values.Concat(unseen).Take(MostSightings)],
            unanswered.Idle, new RunSummary(lookedInto.Count, isWhole, orphans, removed, recovered));
    }

    private async Task<(List<TargetGroup> Groups, bool AreAll)> ListAsync()
    {
        var groups = new List<TargetGroup>();
        try
        {
            await foreach (var page in parts.Catalog.ListAsync(Urgency.Patient, time.Work)) groups.AddRange(page);
            return (groups, true);
        }
        catch (Exception exception)
        {
            parts.Log.ListingFailed(AwsErrors.Describe(exception));
            return (groups, false);
        }
    }

    /// <summary>From where the last run stopped to the end, then from the beginning.</summary>
    private IEnumerable<TargetGroup> InTurn(IEnumerable<TargetGroup> groups)
    {
        var ordered = groups.OrderBy(group => group.TargetGroupArn, StringComparer.Ordinal).ToLookup(group =>
            before.Position is { } position && string.CompareOrdinal(group.TargetGroupArn, position) <= 0);
        return ordered[false].Concat(ordered[true]);
    }

    /// <returns>Whether there is time for more.</returns>
    private async Task<bool> GiveWayAsync()
    {
        for (; time.WorkLeft > ForTheEnd; await Task.Delay(PauseWhileBusy, parts.Clock))
            if (!await parts.Recovery.Queue.IsBusyAsync(time.Work)) return true;
        return false;
    }

    private async Task LookIntoAsync(IReadOnlyCollection<TargetGroup> groups, UnansweredActions unanswered)
    {
        var answers = await Task.WhenAll(groups.Select(async group => (Group: group, Targets: await DescribeAsync(group, unanswered.MatcherFor(group)))));
        var suspects = new List<Suspect>();
        foreach (var (group, targets) in answers)
        {
            if (targets is null) continue;
            lookedInto.Add(group.TargetGroupArn);
            unanswered.Saw(group, targets);
            suspects.AddRange(OrphanSearch.SuspectsIn(group, targets));
        }
        if (suspects.Count == 0) return;
        var answer = await parts.Orphans.Search.OrphansAmongAsync(suspects, account, time.Work);
        foreach (var problem in answer.Problems) parts.Log.OwnersUnknown(problem);
        var taken = await Task.WhenAll(answer.Orphans.GroupBy(one => one.Group.TargetGroupArn, StringComparer.Ordinal)
            .Select(group => parts.Orphans.TakeOutAsync([.. group.Where(IsConfirmed)], account, time.Work)));
        foreach (var one in taken.SelectMany(some => some)) Removed(one);
    }

    /// <returns>Null when the group did not answer.</returns>
    private async Task<IReadOnlyList<TargetHealthDescription>?> DescribeAsync(TargetGroup group, Func<TargetHealthDescription, bool> isOfWaiting)
    {
        try
        {
            return await parts.Health.DescribeAsync(group.TargetGroupArn, one => isOfWaiting(one) || OrphanSearch.IsSuspect(group, one), Urgency.Patient, time.Work);
        }
        catch (Exception exception)
        {
            parts.Log.GroupUnknown(group.TargetGroupArn, AwsErrors.Describe(exception));
            return null;
        }
    }

    /// <summary>Whether a run an interval ago saw it like this already. Remembered either way.</summary>
    private bool IsConfirmed(Suspect suspect)
    {
        var seen = (before.Sightings ?? []).FirstOrDefault(suspect.Is)
            ?? new Sighting(suspect.Group.TargetGroupArn, suspect.Target.Id, suspect.Target.Port, startedAt);
        var isConfirmed = startedAt - seen.SeenAt >= parts.Orphans.Options.ReconcileInterval - Inexactness && seen.SeenAt < startedAt;
        if (isConfirmed)
        {
            orphans++;
            parts.Orphans.Metrics.Count(MetricNames.OrphansFound);
            if (!seen.IsReported)
            {
                parts.Log.OrphanFound(suspect.Name, suspect.Group.TargetGroupArn, seen.SeenAt);
                told[suspect.Key] = new FoundOrphan(seen.GroupArn, seen.Id, seen.Port, Removed: false, seen.SeenAt.UtcDateTime);
            }
        }
        sightings[suspect.Key] = seen with { IsReported = isConfirmed };
        return isConfirmed;
    }

    private void Removed(Suspect one)
    {
        removed++;
        parts.Orphans.Metrics.Count(MetricNames.OrphansRemoved);
        sightings.Remove(one.Key);
        if (told.TryGetValue(one.Key, out var orphan)) told[one.Key] = orphan with { Removed = true };
    }
}
