using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;

namespace TargetDrain.Local.Survey;

/// <summary>The Auto Scaling groups of an account, with their members, and the hooks of each.</summary>
internal sealed class ScalingGroups(IAmazonAutoScaling autoScaling, AwsApi api)
{
    public async Task<List<AutoScalingGroup>> ListAsync(CancellationToken cancellation)
    {
        var groups = new List<AutoScalingGroup>();
        string? token = null;
        do
        {
            var request = new DescribeAutoScalingGroupsRequest { MaxRecords = 100, NextToken = token };
            var page = await api.CallAsync(
                "DescribeAutoScalingGroups", Urgency.Patient, stop => autoScaling.DescribeAutoScalingGroupsAsync(request, stop), cancellation);
            groups.AddRange(page.AutoScalingGroups ?? []);
            token = page.NextToken;
        }
        while (!string.IsNullOrEmpty(token));
        return groups;
    }

    public async Task<List<LifecycleHook>> HooksAsync(string groupName, CancellationToken cancellation)
    {
        var request = new DescribeLifecycleHooksRequest { AutoScalingGroupName = groupName };
        var answer = await api.CallAsync(
            "DescribeLifecycleHooks", Urgency.Patient, stop => autoScaling.DescribeLifecycleHooksAsync(request, stop), cancellation);
        return answer.LifecycleHooks ?? [];
    }
}
