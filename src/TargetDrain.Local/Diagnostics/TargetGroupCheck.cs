using Amazon.AutoScaling.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Microsoft.Extensions.Logging.Abstractions;
using TargetDrain.Local.Stacks;
using TargetDrain.Targets;

namespace TargetDrain.Local.Diagnostics;

/// <summary>Whether the reads the function needs are answered, and how long drains can take.</summary>
internal sealed class TargetGroupCheck(AwsClients aws, AwsApi api, DrainOptions options)
{
    // Of the function's timeout of 300 s; the rest is for handing on.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(290);

    private readonly TargetGroupCatalog catalog = new(aws.LoadBalancing, api, new TargetGroupScope(options));
    private readonly DeregistrationDelays delays = new(aws.LoadBalancing, api, NullLogger.Instance);

    /// <summary>The slowest deregistration delay in scope, once <see cref="RunAsync"/> is through.</summary>
    public TimeSpan? Slowest { get; private set; }

    public async IAsyncEnumerable<Finding> RunAsync(
        Action<int, int>? progress, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return await PermittedAsync("ec2:DescribeInstances", () => api.CallAsync(
            "DescribeInstances", Urgency.Normal,
            stop => aws.Compute.DescribeInstancesAsync(new Amazon.EC2.Model.DescribeInstancesRequest { MaxResults = 5 }, stop), cancellation));
        yield return await PermittedAsync("autoscaling:DescribeAutoScalingInstances", () => api.CallAsync(
            "DescribeAutoScalingInstances", Urgency.Normal,
            stop => aws.AutoScaling.DescribeAutoScalingInstancesAsync(new DescribeAutoScalingInstancesRequest { MaxRecords = 1 }, stop), cancellation));
        var groups = new List<TargetGroup>();
        var listing = await PermittedAsync("elasticloadbalancing:DescribeTargetGroups", async () =>
            groups = await catalog.ListAsync(Urgency.Normal, cancellation).SelectMany(page => page).ToListAsync(cancellation));
        yield return listing;
        if (listing.Severity == Severity.Error) yield break;
        var look = AccountApis.DescribeLoadBalancing.Share(options.ApiShare).TimeFor(groups.Count);
        if (look > LongestLook)
            yield return Finding.Error(
                $"A look into {groups.Count} target groups takes {HookCheck.InWords(look)} at {options.ApiShare:P0} of the API limits, and an invocation ends after {HookCheck.InWords(LongestLook)}: no drain can end.",
                "Raise ApiSharePercent, or narrow the scope by tag, name or VPC.");
        if (groups.Count == 0)
        {
            yield return Finding.Warning($"No target group is in scope ({Scope.InWords(options)}).", "Check the region, and TARGET_GROUP_NAMES, VPC_IDS and TARGET_GROUP_TAG.");
            yield break;
        }
        yield return await PermittedAsync("elasticloadbalancing:DescribeTargetHealth", () =>
            new TargetHealthReader(aws.LoadBalancing, api).ReadAsync(groups[0].TargetGroupArn, _ => null, Urgency.Normal, cancellation));
        yield return await DelaysAsync(groups, progress, cancellation);
    }

    private async Task<Finding> DelaysAsync(List<TargetGroup> groups, Action<int, int>? progress, CancellationToken cancellation)
    {
        var done = 0;
        (string Name, TimeSpan Delay)[] answers = [];
        var permitted = await PermittedAsync("elasticloadbalancing:DescribeTargetGroupAttributes", async () => answers = await Task.WhenAll(groups.Select(async group =>
        {
            var delay = await delays.DescribeAsync(group.TargetGroupArn, Urgency.Normal, cancellation);
            progress?.Invoke(Interlocked.Increment(ref done), groups.Count);
            return (group.TargetGroupName, delay);
        })));
        if (permitted.Severity == Severity.Error) return permitted;
        var (name, slowest) = answers.MaxBy(item => item.Delay);
        Slowest = slowest;
        return Finding.Good($"{groups.Count} target groups are in scope; the slowest, {name}, drains for {HookCheck.InWords(slowest)}.");
    }

    private static async Task<Finding> PermittedAsync<T>(string action, Func<Task<T>> call)
    {
        try
        {
            await call();
            return Finding.Good($"{action} is answered.");
        }
        catch (Exception exception) when (exception is Amazon.Runtime.AmazonServiceException or TimeoutException or HttpRequestException)
        {
            return Finding.Error($"{action} is not answered: {Problem.InWords(exception)}", $"Grant {action} to yourself; and look whether the function's role has it.");
        }
    }
}
