using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>
/// What this environment has seen of target groups: since when each is listed, and where departing instances were found lately. It
/// decides who is asked first and, where FINAL_LOOK=known narrows the last look, which groups are too old to have come since.
/// Forgotten, it costs time or calls, nothing else.
/// </summary>
internal sealed class GroupHistory(TimeProvider clock)
{
    private static readonly TimeSpan FoundLifetime = TimeSpan.FromHours(1);
    private const int MostGroups = 10_000;
    private const int MostBusy = 200;

    private readonly ConcurrentDictionary<string, Seen> groups = new(StringComparer.Ordinal);

    public void Listed(IEnumerable<TargetGroup> listed)
    {
        if (groups.Count > MostGroups) groups.Clear();
        foreach (var group in listed) groups.TryAdd(group.TargetGroupArn, new Seen(clock.GetUtcNow()));
    }

    public void Found(string arn) => Set(arn, seen => seen with { FoundAt = clock.GetUtcNow() });

    /// <summary>Another environment has found some there. It is not told on: a group would never be forgotten.</summary>
    public void Heard(string arn) => Set(arn, seen => seen with { HeardAt = clock.GetUtcNow() });

    /// <summary>Whether the group was there already at that time. No says nothing.</summary>
    public bool WasListedBefore(string arn, DateTimeOffset time) => groups.TryGetValue(arn, out var seen) && seen.ListedSince < time;

    /// <summary>The groups where this environment found departing instances last, at most 200.</summary>
    public IReadOnlyList<string> Busy() =>
        [.. groups.Where(group => IsRecent(group.Value.FoundAt)).OrderByDescending(group => group.Value.FoundAt).Take(MostBusy).Select(group => group.Key)];

    /// <summary>
    /// The place of a group among calls that wait for the API's rate: first where instances were found lately, then behind a load
    /// balancer, last where no traffic can come from.
    /// </summary>
    public int RankOf(TargetGroup group) =>
        groups.TryGetValue(group.TargetGroupArn, out var seen) && (IsRecent(seen.FoundAt) || IsRecent(seen.HeardAt)) ? 1 : group.LoadBalancerArns is { Count: > 0 } ? 2 : 3;

    private bool IsRecent(DateTimeOffset? found) => clock.GetUtcNow() - found < FoundLifetime;

    private void Set(string arn, Func<Seen, Seen> change) =>
        groups.AddOrUpdate(arn, _ => change(new Seen(clock.GetUtcNow())), (_, seen) => change(seen));

    private sealed record Seen(DateTimeOffset ListedSince, DateTimeOffset? FoundAt = null, DateTimeOffset? HeardAt = null);
}
