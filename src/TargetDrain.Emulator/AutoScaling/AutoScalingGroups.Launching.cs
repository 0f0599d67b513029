using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.LoadBalancing;

namespace TargetDrain.Emulator.AutoScaling;

internal sealed partial class AutoScalingGroups
{
    // More than that in one group, and an account would meet quotas that are not emulated.
    private const int MostMembers = 1000;
    private const string NewInstance = "an instance was started in response to a difference between desired and actual capacity";
    private const string FewerInstances = "an instance was taken out of service in response to a difference between desired and actual capacity";

    /// <summary>Launches and ends until there are as many as desired; within the change that made a difference.</summary>
    private void Converge(AutoScalingGroup group)
    {
        if (!group.Spec.Launches || !groups.ContainsKey(group.Name)) return;
        while (group.MemberMap.Values.Count(member => member.Counts) < group.DesiredCapacity)
            if (!(WakeOne(group) || LaunchOne(group, toWarmPool: false))) break;
        foreach (var extra in Extra(group)) Leave(extra, toWarmPool: group.WarmPool?.ReuseOnScaleIn == true, cause: FewerInstances);
        while (WarmShortage(group) > 0)
            if (!LaunchOne(group, toWarmPool: true)) break;
    }

    /// <summary>The oldest first, those that are protected never.</summary>
    private static List<GroupMember> Extra(AutoScalingGroup group)
    {
        var surplus = group.MemberMap.Values.Count(member => member.Counts) - group.DesiredCapacity;
        return [.. group.MemberMap.Values.Where(member => member.IsServing && !member.IsProtected)
            .OrderBy(member => member.Instance.LaunchTime).Take(Math.Max(0, surplus))];
    }

    private bool LaunchOne(AutoScalingGroup group, bool toWarmPool)
    {
        if (group.MemberMap.Count >= MostMembers) return false;
        Func<IReadOnlyList<Instance>> launch;
        try
        {
            launch = compute.PlanLaunch(SpecOf(group), 1);
        }
        catch (AwsErrorException refused)
        {
            // Auto Scaling notes it and goes on trying; here the next change tries again.
            Begin(group, "Launching a new EC2 instance", NewInstance, refused.Message);
            return false;
        }
        var member = Join(group, launch()[0]);
        member.ToWarmPool = toWarmPool;
        member.LifecycleState = toWarmPool ? "Warmed:Pending" : "Pending";
        member.Activity = Begin(group, $"Launching a new EC2 instance: {member.Instance.Id}", NewInstance);
        if (member.Instance.State == "running") StartLaunchActions(member);
        return true;
    }

    private InstanceSpec SpecOf(AutoScalingGroup group)
    {
        var subnets = SubnetsOf(group);
        // As evenly over the zones as launches allow.
        var subnet = subnets.MinBy(id => group.MemberMap.Values.Count(member => member.Counts && member.Instance.Subnet.Id == id));
        var tags = group.PropagatedTags.Where(group.Tags.ContainsKey).ToDictionary(key => key, key => group.Tags[key]);
        return new InstanceSpec { SubnetId = subnet, ImageId = group.Spec.Source.ImageId, InstanceType = group.Spec.Source.InstanceType, Tags = tags };
    }

    private List<string> SubnetsOf(AutoScalingGroup group) => group.Spec.VpcZoneIdentifier.Length > 0
        ? [.. group.Spec.VpcZoneIdentifier.Split(',', StringSplitOptions.TrimEntries)]
        : [.. compute.Network.Subnets.Where(subnet => subnet.Vpc.IsDefault
            && (group.Spec.AvailabilityZones.Count == 0 || group.Spec.AvailabilityZones.Contains(subnet.AvailabilityZone))).Select(subnet => subnet.Id)];

    private const string GroupNameTag = "aws:autoscaling:groupName";

    private GroupMember Join(AutoScalingGroup group, Instance instance)
    {
        var member = new GroupMember(group, instance);
        members.Add(instance.Id, member);
        group.MemberMap.Add(instance.Id, member);
        instance.Tags[GroupNameTag] = group.Name;
        return member;
    }

    /// <summary>It runs: the launching hooks, all at once.</summary>
    private void StartLaunchActions(GroupMember member)
    {
        if (!StartActions(member, LifecycleHook.Launching)) Arrive(member);
    }

    /// <summary>Its hooks are done: into service, or to rest in the warm pool.</summary>
    private void Arrive(GroupMember member)
    {
        member.Actions.Clear();
        if (member.ToWarmPool)
        {
            member.LifecycleState = "Warmed:Pending:Proceed";
            Rest(member);
            return;
        }
        Welcome(member);
        messages.SendLaunched(member);
        if (member.Activity is { } activity) Finish(activity);
        ContinueRefresh(member.Group);
    }

    private void Welcome(GroupMember member)
    {
        member.LifecycleState = "InService";
        (member.ToWarmPool, member.LeftGroup, member.CameFromWarmPool) = (false, false, false);
        foreach (var arn in member.Group.TargetGroupArns) Register(arn, member);
    }

    // An attachment has no port: it means the default port of the target group.
    private void Register(string targetGroupArn, GroupMember member)
    {
        try
        {
            loadBalancing.RegisterTargets(targetGroupArn, [new TargetSpec(member.Instance.Id)], "autoscaling");
        }
        catch (AwsErrorException)
        {
            // Auto Scaling does this in the background, after it has answered: a full or vanished group is nobody's error.
        }
    }

    private DateTimeOffset Deregister(string targetGroupArn, GroupMember member)
    {
        try
        {
            return loadBalancing.DeregisterTargets(targetGroupArn, [new TargetSpec(member.Instance.Id)], "autoscaling");
        }
        catch (AwsErrorException gone) when (gone.Code == "TargetGroupNotFound")
        {
            // Deleted while it was attached: nothing to drain there.
            return context.Now;
        }
    }

    /// <returns>When the last of them has drained.</returns>
    private DateTimeOffset DeregisterEverywhere(GroupMember member) =>
        member.Group.TargetGroupArns.ConvertAll(arn => Deregister(arn, member)).Append(context.Now).Max();

    private Activity Begin(AutoScalingGroup group, string description, string cause, string? failure = null)
    {
        var activity = new Activity(context.Ids.Uuid(), group.Name, description, $"At {context.Now:yyyy-MM-dd'T'HH:mm:ss'Z'} {cause}.", context.Now);
        if (failure is not null) (activity.Status, activity.Message, activity.Ended) = ("Failed", failure, context.Now);
        group.Activities.Add(activity);
        return activity;
    }

    private void Finish(Activity activity) => (activity.Status, activity.Ended) = ("Successful", context.Now);
}
