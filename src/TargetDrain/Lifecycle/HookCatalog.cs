using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Microsoft.Extensions.Logging;
using TargetDrain.Calls;
using TargetDrain.Events;
using TargetDrain.Telemetry;

namespace TargetDrain.Lifecycle;

/// <summary>The time limits of lifecycle hooks, kept for five minutes.</summary>
internal sealed class HookCatalog(IAmazonAutoScaling autoScaling, AwsApi api, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(string Group, string Hook), (HookLimits Limits, DateTimeOffset Until)> known = [];
    private readonly Lock state = new();

    /// <summary>
    /// Makes the limits of these actions' hooks known, one call per Auto Scaling group. A hook that cannot be asked
    /// counts as one with the shortest limits there are.
    /// </summary>
    public async Task LearnAsync(IEnumerable<LifecycleAction> actions, CancellationToken cancellation) =>
        await Task.WhenAll(actions
            .Where(action => Find(action) is null)
            .GroupBy(action => action.GroupName, StringComparer.Ordinal)
            .Select(group => DescribeAsync(group.Key, [.. group.Select(action => action.HookName).Distinct()], cancellation)));

    public HookLimits LimitsOf(LifecycleAction action) => Find(action) ?? HookLimits.Shortest;

    private HookLimits? Find(LifecycleAction action)
    {
        lock (state)
            return known.TryGetValue((action.GroupName, action.HookName), out var kept) && kept.Until > clock.GetUtcNow() ? kept.Limits : null;
    }

    private async Task DescribeAsync(string groupName, List<string> hookNames, CancellationToken cancellation)
    {
        var request = new DescribeLifecycleHooksRequest { AutoScalingGroupName = groupName, LifecycleHookNames = hookNames };
        try
        {
            var answer = await api.CallAsync(
                "DescribeLifecycleHooks", Urgency.Normal, stop => autoScaling.DescribeLifecycleHooksAsync(request, stop), cancellation);
            var until = clock.GetUtcNow() + Lifetime;
            lock (state)
            {
                foreach (var hook in answer.LifecycleHooks ?? [])
                    known[(groupName, hook.LifecycleHookName)] = (HookLimits.Of(hook.HeartbeatTimeout, hook.GlobalTimeout), until);
            }
        }
        catch (Exception exception)
        {
            log.HooksUnknown(groupName, AwsErrors.Describe(exception));
        }
    }
}
