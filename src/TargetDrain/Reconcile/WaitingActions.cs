using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;

namespace TargetDrain.Reconcile;

/// <summary>Asks Auto Scaling which instances wait for one of our hooks, without any event.</summary>
internal sealed class WaitingActions(
    IAmazonAutoScaling autoScaling, AwsApi api, InstanceLookup instances, InstanceScope scope, DrainOptions options, TimeProvider clock, ILogger log)
{
    private const string Terminating = "autoscaling:EC2_INSTANCE_TERMINATING";
    private const int PageSize = 100;

    /// <summary>Those that are to be acted upon, and what EC2 says of them.</summary>
    public async Task<(IReadOnlyList<WaitingInstance> Waiting, TargetOwners Owners)> InScopeAsync(CancellationToken cancellation)
    {
        IReadOnlyList<WaitingInstance> waiting = [];
        try
        {
            waiting = await ListAsync(cancellation);
        }
        catch (Exception exception)
        {
            log.WaitingUnknown(AwsErrors.Describe(exception));
        }
        var answers = await instances.FindAsync([.. waiting.Select(one => one.InstanceId)], Urgency.Patient, cancellation);
        return (
            [.. waiting.Where(one => scope.WhyNot(answers.Instances[one.InstanceId], one.Actions.Select(action => action.GroupName)) is null)],
            new TargetOwners(answers, options.PeeredVpcs));
    }

    /// <summary>
    /// The state of a member does not say which hook it waits for, and an instance on its way into a warm pool may wait for a launching
    /// one: whether an action waits indeed, a heartbeat tells.
    /// </summary>
    private async Task<IReadOnlyList<WaitingInstance>> ListAsync(CancellationToken cancellation)
    {
        var found = new List<WaitingInstance>();
        var pages = api.PagesAsync(
            "DescribeAutoScalingGroups", Urgency.Patient,
            (token, stop) => autoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { MaxRecords = PageSize, NextToken = token }, stop),
            page => page.NextToken, cancellation);
        await foreach (var page in pages)
            foreach (var group in page.AutoScalingGroups ?? [])
            {
                var waiting = (group.Instances ?? []).FindAll(member => Waits(member.LifecycleState));
                if (waiting.Count == 0) continue;
                var hooks = await HooksAsync(group.AutoScalingGroupName, cancellation);
                if (hooks.Count > 0) found.AddRange(waiting.Select(member => new WaitingInstance(member.InstanceId, hooks)));
            }
        return found;
    }

    private static bool Waits(string? state) => new ScalingAnswer(true, state).Waits && state!.EndsWith(":Wait", StringComparison.Ordinal);

    private async Task<IReadOnlyList<PendingAction>> HooksAsync(string groupName, CancellationToken cancellation)
    {
        var request = new DescribeLifecycleHooksRequest { AutoScalingGroupName = groupName };
        try
        {
            var answer = await api.CallAsync(
                "DescribeLifecycleHooks", Urgency.Patient, stop => autoScaling.DescribeLifecycleHooksAsync(request, stop), cancellation);
            return
            [
                .. (answer.LifecycleHooks ?? [])
                    .Where(hook => hook.LifecycleTransition == Terminating && options.IsOurs(hook.LifecycleHookName))
                    .Select(hook => new PendingAction(groupName, hook.LifecycleHookName, Token: null, clock.GetUtcNow())
                        .WithLimits(HookLimits.Of(hook.HeartbeatTimeout, hook.GlobalTimeout))),
            ];
        }
        // The group's others must not wait for one that was just deleted.
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.HooksUnknown(groupName, AwsErrors.Describe(exception));
            return [];
        }
    }
}

/// <summary>An instance that Auto Scaling says waits, and what it could be waiting for.</summary>
internal sealed record WaitingInstance(string InstanceId, IReadOnlyList<PendingAction> Actions);
