using Amazon.AutoScaling.Model;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;

namespace TargetDrain.Benchmarks.Strategies;

/// <summary>
/// What is written first: one event at a time, one describe per target group, one deregister per registration, and a
/// wait that looks every fifteen seconds while the function runs and is paid for. A throttled call is tried again
/// after half a second.
/// </summary>
internal sealed class NaiveDrain(AwsClients aws, TimeProvider clock)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>Finds the instance and takes it out.</summary>
    /// <returns>The groups that held it.</returns>
    public async Task<IReadOnlyList<string>> TakeOutAsync(string instanceId)
    {
        var answer = await TryAsync(() => aws.Compute.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [instanceId] }));
        var address = answer.Reservations[0].Instances[0].PrivateIpAddress;
        var held = new List<string>();
        foreach (var group in await GroupsAsync())
        {
            foreach (var target in await TargetsAsync(group, instanceId, address))
            {
                if (held.Count == 0 || held[^1] != group) held.Add(group);
                await TryAsync(() => aws.LoadBalancing.DeregisterTargetsAsync(
                    new DeregisterTargetsRequest { TargetGroupArn = group, Targets = [target] }));
            }
        }
        return held;
    }

    /// <summary>Waits until none of the groups holds the instance, looking again and again.</summary>
    public async Task WaitAsync(string instanceId, IReadOnlyList<string> groups)
    {
        foreach (var group in groups)
            while ((await TargetsAsync(group, instanceId, address: null)).Count > 0) await Task.Delay(LookEvery, clock);
    }

    /// <summary>Lets Auto Scaling go on.</summary>
    public Task CompleteAsync(string instanceId, string scalingGroup, string hook) =>
        TryAsync(() => aws.AutoScaling.CompleteLifecycleActionAsync(new CompleteLifecycleActionRequest
        {
            AutoScalingGroupName = scalingGroup,
            LifecycleHookName = hook,
            InstanceId = instanceId,
            LifecycleActionResult = "CONTINUE",
        }));

    private async Task<List<string>> GroupsAsync()
    {
        var groups = new List<string>();
        string? marker = null;
        do
        {
            var page = await TryAsync(() => aws.LoadBalancing.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { Marker = marker, PageSize = 400 }));
            groups.AddRange(page.TargetGroups.Select(group => group.TargetGroupArn));
            marker = page.NextMarker;
        }
        while (!string.IsNullOrEmpty(marker));
        return groups;
    }

    private async Task<List<TargetDescription>> TargetsAsync(string group, string instanceId, string? address)
    {
        var answer = await TryAsync(() => aws.LoadBalancing.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = group }));
        return [.. (answer.TargetHealthDescriptions ?? []).Select(health => health.Target).Where(target => target.Id == instanceId || target.Id == address)];
    }

    private async Task<T> TryAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (AmazonServiceException exception) when (exception.ErrorCode is "Throttling" or "RequestLimitExceeded")
            {
                await Task.Delay(TryAgainAfter, clock);
            }
        }
    }
}
