using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>
/// What this environment has seen of target groups: since when each is listed, and where departing instances were found
/// lately. It decides who is asked first and, where FINAL_LOOK=known narrows the last look, which groups are too old to
/// have come since. Forgotten, it costs time or calls, nothing else.
/// </summary>
internal sealed class GroupHistory(TimeProvider clock)
{
    private static readonly TimeSpan FoundLifetime = TimeSpan.FromHours(1);
    private const int MostGroups = 10_000;
    private const int MostBusy = 200;

    private readonly Dictionary<string, (DateTimeOffset ListedSince, DateTimeOffset? FoundAt)> groups = new(StringComparer.Ordinal);
    private readonly Lock state = new();

    public void Listed(IEnumerable<TargetGroup> listed)
    {
        var now = clock.GetUtcNow();
        lock (state)
        {
            if (groups.Count > MostGroups) groups.Clear();
            foreach (var group in listed) groups.TryAdd(group.TargetGroupArn, (now, null));
        }
    }

    public void Found(string arn, DateTimeOffset? at = null)
    {
        lock (state) groups[arn] = (groups.TryGetValue(arn, out var known) ? known.ListedSince : clock.GetUtcNow(), at ?? clock.GetUtcNow());
    }

    /// <summary>Whether the group was there already at that time. No says nothing.</summary>
    public bool WasListedBefore(string arn, DateTimeOffset time)
    {
        lock (state) return groups.TryGetValue(arn, out var known) && known.ListedSince < time;
    }

    /// <summary>The groups where departing instances were found last, at most 200.</summary>
    public IReadOnlyList<string> Busy()
    {
        var now = clock.GetUtcNow();
        lock (state)
            return [.. groups.Where(group => now - group.Value.FoundAt < FoundLifetime).OrderByDescending(group => group.Value.FoundAt).Take(MostBusy).Select(group => group.Key)];
    }

    /// <summary>
    /// The place of a group among calls that wait for the API's rate: first where instances were found lately, then
    /// behind a load balancer, last where no traffic can come from.
    /// </summary>
    public int RankOf(TargetGroup group)
    {
        lock (state)
            if (groups.TryGetValue(group.TargetGroupArn, out var known) && clock.GetUtcNow() - known.FoundAt < FoundLifetime) return 1;
        return group.LoadBalancerArns is { Count: > 0 } ? 2 : 3;
    }
}
