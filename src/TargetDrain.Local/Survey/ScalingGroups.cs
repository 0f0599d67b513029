using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;

namespace TargetDrain.Local.Survey;

/// <summary>The Auto Scaling groups of an account, with their members, and the hooks of each.</summary>
internal sealed class ScalingGroups(IAmazonAutoScaling autoScaling, AwsApi api)
{
    public const string Terminating = "autoscaling:EC2_INSTANCE_TERMINATING";

    public Task<List<AutoScalingGroup>> ListAsync(CancellationToken cancellation) => Paging.AllAsync<AutoScalingGroup>(async token =>
    {
        var request = new DescribeAutoScalingGroupsRequest { MaxRecords = 100, NextToken = token };
        var page = await api.CallAsync("DescribeAutoScalingGroups", Urgency.Patient, stop => autoScaling.DescribeAutoScalingGroupsAsync(request, stop), cancellation);
        return (page.AutoScalingGroups, page.NextToken);
    });

    public async Task<List<LifecycleHook>> TerminatingHooksAsync(string groupName, CancellationToken cancellation)
    {
        var request = new DescribeLifecycleHooksRequest { AutoScalingGroupName = groupName };
        var answer = await api.CallAsync(
            "DescribeLifecycleHooks", Urgency.Patient, stop => autoScaling.DescribeLifecycleHooksAsync(request, stop), cancellation);
        return (answer.LifecycleHooks ?? []).FindAll(hook => hook.LifecycleTransition == Terminating);
    }
}
