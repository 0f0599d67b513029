using Amazon.AutoScaling.Model;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using TargetDrain.Local.Diagnostics;
using TargetDrain.Local.Stacks;
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
        var directory = new InstanceDirectory(await InstancesAsync(cancellation));
        var groups = await catalog.ListAsync(Urgency.Patient, cancellation).SelectMany(page => page).ToListAsync(cancellation);
        var looks = await GroupLooks.EachAsync<(TargetGroup Group, List<Registration> Registrations)>(groups, progress, problems, async group =>
            [(group, (await RegistrationsAsync(group, directory, members, cancellation)).FindAll(one => only is null || one.Membership is not null))]);
        var neglected = looks.SelectMany(look => look.Registrations).Where(one => one.WhyByNobody is not null)
            .CountBy(one => one.Membership?.GroupName ?? "").ToDictionary();
        return new AccountSurvey(
            identity, Scope.InWords(options),
            [.. looks.Where(look => look.Registrations.Count > 0).Select(look => Of(look.Group, look.Registrations)).OrderByDescending(group => group.DrainedByNobody).ThenBy(group => group.Group, StringComparer.Ordinal)],
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
                terminating = await hooks.TerminatingHooksAsync(group.AutoScalingGroupName, cancellation);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                lock (problems) problems.Add($"DescribeLifecycleHooks of {group.AutoScalingGroupName} failed ({Problem.InWords(exception)}).");
            }
            return new Membership(group.AutoScalingGroupName, (group.TargetGroupARNs ?? []).ToHashSet(StringComparer.Ordinal), terminating);
        }));
        return memberships.ToDictionary(membership => membership.GroupName, StringComparer.Ordinal);
    }

    private Task<List<Amazon.EC2.Model.Instance>> InstancesAsync(CancellationToken cancellation) => Paging.AllAsync<Amazon.EC2.Model.Instance>(async token =>
    {
        var request = new DescribeInstancesRequest { MaxResults = 1000, NextToken = token };
        var page = await api.CallAsync("DescribeInstances", Urgency.Patient, stop => aws.Compute.DescribeInstancesAsync(request, stop), cancellation);
        return ((page.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? []), page.NextToken);
    });

    private async Task<List<Registration>> RegistrationsAsync(
        TargetGroup group, InstanceDirectory directory, Dictionary<string, Membership> members, CancellationToken cancellation)
    {
        var isByInstance = group.TargetType?.Value == "instance";
        var request = new DescribeTargetHealthRequest { TargetGroupArn = group.TargetGroupArn };
        var answer = await api.CallAsync("DescribeTargetHealth", Urgency.Patient, stop => aws.LoadBalancing.DescribeTargetHealthAsync(request, stop), cancellation);
        return [.. (answer.TargetHealthDescriptions ?? []).Select(description => description.Target).Select(target =>
        {
            var owner = isByInstance ? target.Id : directory.OwnerOf(group.VpcId, target.Id);
            var membership = owner is null ? null : members.GetValueOrDefault(owner);
            return new Registration(membership, Drained.WhyByNobody(owner, membership, group.TargetGroupArn, isByInstance, target.Port is null || target.Port == group.Port));
        })];
    }

    private static SurveyedGroup Of(TargetGroup group, List<Registration> registrations)
    {
        var reasons = registrations.Select(one => one.WhyByNobody).OfType<string>().ToList();
        return new SurveyedGroup(
            group.TargetGroupName, group.TargetGroupArn, registrations.Count, reasons.Count,
            new SortedDictionary<string, int>(reasons.CountBy(why => why).ToDictionary(), StringComparer.Ordinal));
    }

    /// <param name="Membership">Of the instance that it belongs to; null when that is in no Auto Scaling group, or nobody's.</param>
    /// <param name="WhyByNobody">Null when Auto Scaling drains it.</param>
    private sealed record Registration(Membership? Membership, string? WhyByNobody);
}
