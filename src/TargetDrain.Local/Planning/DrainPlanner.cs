using Amazon.AutoScaling.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Microsoft.Extensions.Logging.Abstractions;
using TargetDrain.Local.Stacks;
using TargetDrain.Local.Survey;
using TargetDrain.Targets;

namespace TargetDrain.Local.Planning;

/// <summary>
/// Looks where the function would look, with the function's own classes, and changes nothing. The group listing is asked
/// for twice: once as the function sees it, once in full to say what was left out.
/// </summary>
internal sealed class DrainPlanner(AwsClients aws, AwsApi api, DrainOptions options)
{
    private const int ListingPage = 400;
    private const int TagPage = 20;

    private readonly InstanceLookup lookup = new(aws.Compute, api);
    private readonly TargetGroupScope scope = new(options);
    private readonly TargetGroupCatalog catalog = new(aws.LoadBalancing, api, new TargetGroupScope(options));
    private readonly DeregistrationDelays delays = new(aws.LoadBalancing, api, NullLogger.Instance);
    private readonly TargetHealthReader health = new(aws.LoadBalancing, api);

    /// <param name="progress">Told how many groups were looked into, and of how many.</param>
    public async Task<DrainPlan> MakeAsync(string instanceId, Action<int, int>? progress, CancellationToken cancellation)
    {
        var problems = new List<string>();
        var answers = await lookup.FindAsync([instanceId], Urgency.Normal, cancellation);
        var instance = answers.Instances[instanceId];
        problems.AddRange(answers.Problems.Values);
        if (instance.VpcId is null) problems.Add($"EC2 does not know {instanceId} (any more): targets by its id can be found, addresses cannot.");
        else if (instance.Addresses.Count == 0) problems.Add($"EC2 returned no addresses of {instanceId}: ip targets cannot be found.");
        var membership = await MembershipAsync(instanceId, problems, cancellation);
        if (answers.Problems.Count == 0 && new InstanceScope(options).WhyNot(instance, membership is null ? [] : [membership.Group]) is { } why)
            return new DrainPlan(
                instanceId, instance.VpcId, [.. instance.Addresses.Select(InWords)], Scope.InWords(options), [], [], 0, 0, null, membership, [], problems)
            {
                LeftAlone = why,
            };
        var all = await ListAsync(cancellation);
        var covered = await catalog.ListAsync(Urgency.Normal, cancellation).SelectMany(page => page).ToListAsync(cancellation);
        var owners = new TargetOwners(answers, options.PeeredVpcs);
        var candidates = covered.FindAll(group => owners.CouldBeIn(group).Any());
        var targets = await LookAsync(candidates, owners, instance, problems, progress, cancellation);
        var coveredArns = covered.Select(group => group.TargetGroupArn).ToHashSet(StringComparer.Ordinal);
        var skipped = all.Where(group => !coveredArns.Contains(group.TargetGroupArn) || !owners.CouldBeIn(group).Any())
            .Select(group => new SkippedGroup(
                group.TargetGroupName, group.TargetGroupArn,
                coveredArns.Contains(group.TargetGroupArn) ? WhyNotCandidate(group, instance) : WhyNotCovered(group)))
            .OrderBy(group => group.Why, StringComparer.Ordinal).ThenBy(group => group.Group, StringComparer.Ordinal).ToList();
        var slowest = targets.MaxBy(target => target.DelaySeconds);
        return new DrainPlan(
            instanceId, instance.VpcId, [.. instance.Addresses.Select(InWords)], Scope.InWords(options), targets, skipped, candidates.Count,
            slowest?.DelaySeconds ?? 0, slowest?.Group, membership, Calls(all.Count, candidates.Count, targets, membership), problems);
    }

    private Task<List<TargetGroup>> ListAsync(CancellationToken cancellation) => Paging.AllAsync<TargetGroup>(async marker =>
    {
        var request = new DescribeTargetGroupsRequest { PageSize = ListingPage, Marker = marker };
        var page = await api.CallAsync("DescribeTargetGroups", Urgency.Normal, stop => aws.LoadBalancing.DescribeTargetGroupsAsync(request, stop), cancellation);
        return (page.TargetGroups, page.NextMarker);
    });

    private async Task<IReadOnlyList<PlannedTarget>> LookAsync(
        List<TargetGroup> candidates, TargetOwners owners, InstanceDescription instance, List<string> problems,
        Action<int, int>? progress, CancellationToken cancellation)
    {
        var targets = await GroupLooks.EachAsync(candidates, progress, problems, async group =>
        {
            var found = await health.ReadAsync(group.TargetGroupArn, owners.MatcherFor(group), Urgency.Normal, cancellation);
            var delay = found.Count == 0 ? default : await delays.OfAsync(group.TargetGroupArn, Urgency.Normal, cancellation) ?? DeregistrationDelays.Longest;
            return found.Select(registration => new PlannedTarget(
                group.TargetGroupName, group.TargetGroupArn, registration.Name, registration.State == RegistrationState.Draining ? "draining" : "registered",
                Why(registration.Target, instance), delay.TotalSeconds)
            {
                Target = registration.Target, IsByAddress = group.TargetType?.Value == "ip",
            });
        });
        return [.. targets.OrderBy(target => target.Group, StringComparer.Ordinal).ThenBy(target => target.Name, StringComparer.Ordinal)];
    }

    private static string Why(TargetDescription target, InstanceDescription instance) =>
        target.Id == instance.InstanceId ? "registered by instance id"
        : target.AvailabilityZone == "all" ? "its address, registered from another VPC"
        : instance.Addresses.Any(network => network.ToString() == $"{target.Id}/32" || network.ToString() == $"{target.Id}/128") ? "its private address"
        : "an address of a prefix delegated to it";

    private static string WhyNotCandidate(TargetGroup group, InstanceDescription instance) => group.TargetType?.Value switch
    {
        "ip" when instance.Addresses.Count == 0 => "no address of the instance is known",
        "ip" => $"other VPC ({group.VpcId}); the same address there is somebody else's",
        _ => $"other VPC ({group.VpcId}); an instance can only be in groups of its own",
    };

    private string WhyNotCovered(TargetGroup group) =>
        group.TargetType?.Value is not ("instance" or "ip") ? $"type {group.TargetType?.Value}; it holds no instances"
        : !scope.CoversByName(group) && options.VpcIds.Count > 0 && !options.VpcIds.Contains(group.VpcId ?? "") ? "out of scope by VPC_IDS"
        : !scope.CoversByName(group) ? "out of scope by TARGET_GROUP_NAMES"
        : "out of scope by TARGET_GROUP_TAG";

    private async Task<ScalingMembership?> MembershipAsync(string instanceId, List<string> problems, CancellationToken cancellation)
    {
        try
        {
            var who = await api.CallAsync(
                "DescribeAutoScalingInstances", Urgency.Normal,
                stop => aws.AutoScaling.DescribeAutoScalingInstancesAsync(new DescribeAutoScalingInstancesRequest { InstanceIds = [instanceId] }, stop), cancellation);
            if (who.AutoScalingInstances is not [var member, ..]) return null;
            var terminating = await new ScalingGroups(aws.AutoScaling, api).TerminatingHooksAsync(member.AutoScalingGroupName, cancellation);
            return new ScalingMembership(
                member.AutoScalingGroupName, member.LifecycleState, [.. terminating.Select(hook => hook.LifecycleHookName)],
                terminating.Exists(hook => options.IsOurs(hook.LifecycleHookName)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            problems.Add($"Its Auto Scaling group is unknown: Auto Scaling did not answer ({Problem.InWords(exception)}).");
            return null;
        }
    }

    private List<PlannedCalls> Calls(int listed, int candidates, IReadOnlyList<PlannedTarget> targets, ScalingMembership? membership)
    {
        var groups = targets.Select(target => target.GroupArn).Distinct().Count();
        var changing = targets.Where(target => target.State == "registered").Select(target => target.GroupArn).Distinct().Count();
        var waits = membership?.HasOurHook == true && groups > 0;
        List<PlannedCalls> calls =
        [
            new("DescribeInstances", waits ? 2 : 1),
            new("DescribeTargetGroups", Math.Max(1, (listed + ListingPage - 1) / ListingPage)),
            new("DescribeTags", options.TargetGroupTag is null ? 0 : (listed + TagPage - 1) / TagPage),
            new("DescribeTargetHealth", waits ? 2 * candidates : candidates),
            new("DeregisterTargets", changing),
            new("DescribeLifecycleHooks", membership?.HasOurHook == true ? 1 : 0),
            new("DescribeTargetGroupAttributes", waits ? groups : 0),
            new("DescribeAutoScalingInstances", waits ? 2 : membership?.HasOurHook == true ? 1 : 0),
            new("SendMessageBatch", waits ? 1 : 0),
            new("CompleteLifecycleAction", membership?.HasOurHook == true ? 1 : 0),
        ];
        return calls.FindAll(call => call.Count > 0);
    }

    private static string InWords(System.Net.IPNetwork network) =>
        network.PrefixLength is 32 or 128 ? network.BaseAddress.ToString() : network.ToString();
}
