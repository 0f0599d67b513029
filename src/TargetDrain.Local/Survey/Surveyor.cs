using System.Collections.Concurrent;
using Amazon.AutoScaling.Model;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using TargetDrain.Local.Diagnostics;
using TargetDrain.Targets;
using TargetGroup = Amazon.ElasticLoadBalancingV2.Model.TargetGroup;

namespace TargetDrain.Local.Survey;

/// <summary>Reads a whole account, or what one Auto Scaling group has in it, within the account's API limits. Changes nothing.</summary>
internal sealed class Surveyor(AwsClients aws, AwsApi api, DrainOptions options)
{
    private readonly TargetGroupCatalog catalog = new(aws.LoadBalancing, api, new TargetGroupScope(options));

    /// <param name="only">The Auto Scaling group to look at; null for all, and for instances in none.</param>
    /// <param name="progress">Told how many target groups were looked into, and of how many.</param>
    /// <exception cref="WrongUseException">There is no such Auto Scaling group.</exception>
    public async Task<AccountSurvey> SurveyAsync(Identity identity, string? only, Action<int, int>? progress, CancellationToken cancellation)
    {
        var problems = new List<string>();
        var scaling = await new ScalingGroups(aws.AutoScaling, api).ListAsync(cancellation);
        if (only is not null && !scaling.Exists(group => group.AutoScalingGroupName == only))
            throw new WrongUseException($"There is no Auto Scaling group named {only} in {identity.Place}.");
        if (only is not null) scaling.RemoveAll(group => group.AutoScalingGroupName != only);
        var memberships = await MembershipsAsync(scaling, problems, cancellation);
        var members = scaling.SelectMany(group => group.Instances ?? [], (group, instance) => (instance.InstanceId, group.AutoScalingGroupName))
            .ToDictionary(member => member.InstanceId, member => memberships[member.AutoScalingGroupName], StringComparer.Ordinal);
        var neglected = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var directory = new InstanceDirectory(await InstancesAsync(cancellation));
        var groups = new List<TargetGroup>();
        await foreach (var page in catalog.ListAsync(Urgency.Patient, cancellation)) groups.AddRange(page);
        var done = 0;
        var surveyed = await Task.WhenAll(groups.Select(async group =>
        {
            var result = await LookAsync(group, directory, members, isOnlyMembers: only is not null, neglected, problems, cancellation);
            progress?.Invoke(Interlocked.Increment(ref done), groups.Count);
            return result;
        }));
        return new AccountSurvey(
            identity, Scope.InWords(options),
            [.. surveyed.Where(group => group.Registrations > 0).OrderByDescending(group => group.DrainedByNobody).ThenBy(group => group.Group, StringComparer.Ordinal)],
            [.. memberships.Values.OrderBy(membership => membership.GroupName, StringComparer.Ordinal).Select(membership => new ScalingGroupSurvey(
                membership.GroupName, membership.TerminatingHooks.Any(hook => options.IsOurs(hook.LifecycleHookName)), neglected.GetValueOrDefault(membership.GroupName))
            {
                TerminatingHooks = membership.TerminatingHooks,
            })],
            problems);
    }

    private async Task<Dictionary<string, Membership>> MembershipsAsync(List<AutoScalingGroup> scaling, List<string> problems, CancellationToken cancellation)
    {
        var hooks = new ScalingGroups(aws.AutoScaling, api);
        var memberships = await Task.WhenAll(scaling.Select(async group =>
        {
            List<LifecycleHook> terminating = [];
            try
            {
                terminating = (await hooks.HooksAsync(group.AutoScalingGroupName, cancellation)).FindAll(hook => hook.LifecycleTransition == HookCheck.Terminating);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                lock (problems) problems.Add($"DescribeLifecycleHooks of {group.AutoScalingGroupName} failed ({Problem.InWords(exception)}).");
            }
            return new Membership(group.AutoScalingGroupName, (group.TargetGroupARNs ?? []).ToHashSet(StringComparer.Ordinal), terminating);
        }));
        return memberships.ToDictionary(membership => membership.GroupName, StringComparer.Ordinal);
    }

    private async Task<List<Amazon.EC2.Model.Instance>> InstancesAsync(CancellationToken cancellation)
    {
        var instances = new List<Amazon.EC2.Model.Instance>();
        string? token = null;
        do
        {
            var request = new DescribeInstancesRequest { MaxResults = 1000, NextToken = token };
            var page = await api.CallAsync("DescribeInstances", Urgency.Patient, stop => aws.Compute.DescribeInstancesAsync(request, stop), cancellation);
            foreach (var reservation in page.Reservations ?? []) instances.AddRange(reservation.Instances ?? []);
            token = page.NextToken;
        }
        while (!string.IsNullOrEmpty(token));
        return instances;
    }

    private async Task<SurveyedGroup> LookAsync(
        TargetGroup group, InstanceDirectory directory, Dictionary<string, Membership> members, bool isOnlyMembers,
        ConcurrentDictionary<string, int> neglected, List<string> problems, CancellationToken cancellation)
    {
        var why = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (all, nobody) = (0, 0);
        try
        {
            var answer = await api.CallAsync(
                "DescribeTargetHealth", Urgency.Patient,
                stop => aws.LoadBalancing.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = group.TargetGroupArn }, stop), cancellation);
            foreach (var target in (answer.TargetHealthDescriptions ?? []).Select(description => description.Target))
            {
                var isByInstance = group.TargetType?.Value == "instance";
                var owner = isByInstance ? target.Id : directory.OwnerOf(group.VpcId, target.Id);
                var membership = owner is null ? null : members.GetValueOrDefault(owner);
                if (isOnlyMembers && membership is null) continue;
                all++;
                if (Drained.WhyByNobody(owner, membership, group.TargetGroupArn, isByInstance, target.Port is null || target.Port == group.Port) is not { } reason) continue;
                nobody++;
                if (membership is not null) neglected.AddOrUpdate(membership.GroupName, 1, (_, before) => before + 1);
                why[reason] = why.GetValueOrDefault(reason) + 1;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            lock (problems) problems.Add($"{group.TargetGroupName} did not answer ({Problem.InWords(exception)}).");
        }
        return new SurveyedGroup(group.TargetGroupName, group.TargetGroupArn, all, nobody, why);
    }
}
