using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;

namespace TargetDrain.Lifecycle;

/// <summary>The time limits of lifecycle hooks, kept for five minutes.</summary>
internal sealed class HookCatalog(IAmazonAutoScaling autoScaling, AwsApi api, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // Auto Scaling allows 500 groups in a Region; when there are more names than that, beginning anew costs little.
    private const int MostHooks = 2000;

    private readonly ConcurrentDictionary<(string Group, string Hook), (HookLimits Limits, DateTimeOffset Until)> known = [];

    /// <summary>
    /// The limits of these hooks, as far as Auto Scaling tells them: one call per Auto Scaling group. One that is missing in the answer
    /// is asked for again next time.
    /// </summary>
    public async Task<IReadOnlyDictionary<(string Group, string Hook), HookLimits>> LimitsOfAsync(
        IReadOnlyCollection<(string Group, string Hook)> hooks, CancellationToken cancellation)
    {
        await Task.WhenAll(hooks
            .Where(hook => Find(hook) is null)
            .GroupBy(hook => hook.Group, hook => hook.Hook, StringComparer.Ordinal)
            .Select(group => DescribeAsync(group.Key, [.. group.Distinct(StringComparer.Ordinal)], cancellation)));
        return hooks.Distinct().Select(hook => (hook, limits: Find(hook)))
            .Where(item => item.limits is not null).ToDictionary(item => item.hook, item => item.limits!);
    }

    private HookLimits? Find((string Group, string Hook) hook) =>
        known.TryGetValue(hook, out var kept) && kept.Until > clock.GetUtcNow() ? kept.Limits : null;

    private async Task DescribeAsync(string groupName, List<string> hookNames, CancellationToken cancellation)
    {
        var request = new DescribeLifecycleHooksRequest { AutoScalingGroupName = groupName, LifecycleHookNames = hookNames };
        try
        {
            var answer = await api.CallAsync(
                "DescribeLifecycleHooks", Urgency.Normal, stop => autoScaling.DescribeLifecycleHooksAsync(request, stop), cancellation);
            var until = clock.GetUtcNow() + Lifetime;
            if (known.Count > MostHooks) known.Clear();
            foreach (var hook in answer.LifecycleHooks ?? [])
                known[(groupName, hook.LifecycleHookName)] = (HookLimits.Of(hook.HeartbeatTimeout, hook.GlobalTimeout), until);
        }
        catch (Exception exception)
        {
            log.HooksUnknown(groupName, AwsErrors.Describe(exception));
        }
    }
}

/// <param name="Heartbeat">From one heartbeat to the end of the action; 30 s to 2 h.</param>
/// <param name="Global">From the start of the action; no heartbeat reaches beyond it. At most 48 h.</param>
internal sealed record HookLimits(TimeSpan Heartbeat, TimeSpan Global)
{
    private const int HeartbeatsAtMost = 100;

    private static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestGlobal = TimeSpan.FromHours(48);

    /// <summary>As DescribeLifecycleHooks tells them, with Auto Scaling's defaults for what it leaves out.</summary>
    public static HookLimits Of(int? heartbeatSeconds, int? globalSeconds)
    {
        var heartbeat = heartbeatSeconds is > 0 ? TimeSpan.FromSeconds(heartbeatSeconds.Value) : DefaultHeartbeat;
        if (globalSeconds is > 0) return new(heartbeat, TimeSpan.FromSeconds(globalSeconds.Value));
        var byHeartbeats = heartbeat * HeartbeatsAtMost;
        return new(heartbeat, byHeartbeats < LongestGlobal ? byHeartbeats : LongestGlobal);
    }
}
