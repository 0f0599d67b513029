using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using TargetDrain.Calls;

namespace TargetDrain.Targets;

/// <summary>
/// The account's target groups that are in scope. The listing is kept for TARGET_GROUP_CACHE_SECONDS, deregistration
/// delays for ten minutes; which targets a group holds is never kept.
/// </summary>
internal sealed class TargetGroupCatalog(
    IAmazonElasticLoadBalancingV2 elb, AwsApi api, TargetGroupScope scope, TimeSpan lifetime, TimeProvider clock)
{
    private const int PageSize = 400;
    private const int MostTagArns = 20;
    private const string DelayKey = "deregistration_delay.timeout_seconds";

    /// <summary>What AWS allows at most; assumed when a group does not tell.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private static readonly TimeSpan DelayLifetime = TimeSpan.FromMinutes(10);

    // Only the order depends on it, so it may be old, and may be forgotten at any time.
    private static readonly TimeSpan FoundLifetime = TimeSpan.FromHours(1);
    private const int MostFound = 3000;

    private readonly Dictionary<string, DateTimeOffset> found = new(StringComparer.Ordinal);

    private readonly Dictionary<string, (TimeSpan Delay, DateTimeOffset Until)> delays = new(StringComparer.Ordinal);
    private readonly Lock state = new();
    private (IReadOnlyList<TargetGroup> Groups, DateTimeOffset Until)? listing;

    /// <summary>
    /// Hands over each page as soon as it is there, so that the first groups are looked into while the rest is listed.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<TargetGroup>> PagesAsync(
        Urgency urgency, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (Cached() is { } cached)
        {
            yield return cached;
            yield break;
        }
        var all = new List<TargetGroup>();
        var asked = clock.GetUtcNow();
        string? marker = null;
        do
        {
            var request = new DescribeTargetGroupsRequest { PageSize = PageSize, Marker = marker };
            var page = await api.CallAsync("DescribeTargetGroups", urgency, stop => elb.DescribeTargetGroupsAsync(request, stop), cancellation);
            var covered = await CoveredAsync(page.TargetGroups ?? [], urgency, cancellation);
            all.AddRange(covered);
            yield return covered;
            marker = page.NextMarker;
        }
        while (!string.IsNullOrEmpty(marker));
        lock (state) listing = (all, asked + lifetime);
    }

    /// <summary>Notes that dying instances were found there: the next ones may be there too.</summary>
    public void Found(string arn)
    {
        lock (state)
        {
            if (found.Count == MostFound && !found.ContainsKey(arn)) found.Clear();
            found[arn] = clock.GetUtcNow();
        }
    }

    /// <summary>
    /// The place of a group among calls that wait for the API's rate: first where instances were found lately, then
    /// behind a load balancer, last where no traffic can come from.
    /// </summary>
    public int RankOf(TargetGroup group)
    {
        lock (state)
            if (found.TryGetValue(group.TargetGroupArn, out var at) && clock.GetUtcNow() - at < FoundLifetime) return 1;
        return group.LoadBalancerArns is { Count: > 0 } ? 2 : 3;
    }

    /// <summary>Asks how long the group drains, unless that was asked lately.</summary>
    /// <returns>As <see cref="DelayOf"/>.</returns>
    public async Task<TimeSpan> LearnDelayAsync(string arn, Urgency urgency, CancellationToken cancellation)
    {
        lock (state)
            if (delays.TryGetValue(arn, out var known) && known.Until > clock.GetUtcNow()) return known.Delay;
        var delay = await DescribeDelayAsync(arn, urgency, cancellation);
        lock (state) delays[arn] = (delay, clock.GetUtcNow() + DelayLifetime);
        return delay;
    }

    /// <summary>
    /// How long the group drains, as last learnt: <see cref="LongestDelay"/> when it does not say, nothing when it was
    /// deleted, null when it could not be asked.
    /// </summary>
    public TimeSpan? DelayOf(string arn)
    {
        lock (state) return delays.TryGetValue(arn, out var known) ? known.Delay : null;
    }

    private async Task<TimeSpan> DescribeDelayAsync(string arn, Urgency urgency, CancellationToken cancellation)
    {
        try
        {
            var request = new DescribeTargetGroupAttributesRequest { TargetGroupArn = arn };
            var answer = await api.CallAsync(
                "DescribeTargetGroupAttributes", urgency, stop => elb.DescribeTargetGroupAttributesAsync(request, stop), cancellation);
            var value = answer.Attributes?.Find(attribute => attribute.Key == DelayKey)?.Value;
            return int.TryParse(value, out var seconds) ? TimeSpan.FromSeconds(seconds) : LongestDelay;
        }
        catch (Exception exception) when (AwsErrors.IsGroupGone(exception))
        {
            return TimeSpan.Zero;
        }
    }

    private IReadOnlyList<TargetGroup>? Cached()
    {
        lock (state) return listing is { } kept && kept.Until > clock.GetUtcNow() ? kept.Groups : null;
    }

    private async Task<IReadOnlyList<TargetGroup>> CoveredAsync(
        List<TargetGroup> page, Urgency urgency, CancellationToken cancellation)
    {
        var named = page.FindAll(group => group.TargetType?.Value is "instance" or "ip" && scope.CoversByName(group));
        if (!scope.NeedsTags) return named;
        var tags = await Task.WhenAll(named.Chunk(MostTagArns).Select(groups => TagsAsync(groups, urgency, cancellation)));
        var covered = tags.SelectMany(descriptions => descriptions)
            .Where(description => scope.CoversByTag(description.Tags ?? []))
            .Select(description => description.ResourceArn)
            .ToHashSet(StringComparer.Ordinal);
        return named.FindAll(group => covered.Contains(group.TargetGroupArn));
    }

    private async Task<List<TagDescription>> TagsAsync(TargetGroup[] groups, Urgency urgency, CancellationToken cancellation)
    {
        var request = new DescribeTagsRequest { ResourceArns = [.. groups.Select(group => group.TargetGroupArn)] };
        try
        {
            var answer = await api.CallAsync("DescribeTags", urgency, stop => elb.DescribeTagsAsync(request, stop), cancellation);
            return answer.TagDescriptions ?? [];
        }
        catch (Exception exception) when (AwsErrors.IsGroupGone(exception))
        {
            // One deleted group fails the whole call: ask for each of the others alone.
            if (groups.Length == 1) return [];
            var each = await Task.WhenAll(groups.Select(group => TagsAsync([group], urgency, cancellation)));
            return [.. each.SelectMany(descriptions => descriptions)];
        }
    }
}
