namespace TargetDrain.Emulator.AutoScaling;

public sealed partial class AutoScalingGroups
{
    /// <summary>Out of the group and its target groups, and left running.</summary>
    internal Func<IReadOnlyList<Activity>> PlanDetach(AutoScalingGroup group, IReadOnlyList<string> instanceIds, bool decrement)
    {
        var leaving = MembersOf(group, instanceIds);
        if (leaving.Find(member => !member.IsServing && member.LifecycleState != "Standby") is { } wrong) throw NotInState(wrong, "InService");
        CheckShrink(group, leaving.Count(member => member.IsServing), decrement, "detach");
        return () =>
        {
            var activities = leaving.ConvertAll(member => Begin(group, $"Detaching EC2 instance: {member.Instance.Id}", "an instance was detached in response to a user request"));
            foreach (var (member, activity) in leaving.Zip(activities))
            {
                if (decrement && member.IsServing) group.DesiredCapacity--;
                member.LifecycleState = "Detaching";
                AfterDrain(member, () =>
                {
                    member.LifecycleState = "Detached";
                    member.Instance.TagMap.Remove(GroupNameTag);
                    Finish(activity);
                    Forget(member);
                });
            }
            Converge(group);
            return activities;
        };
    }

    /// <summary>Out of the target groups, and still in the group.</summary>
    internal Func<IReadOnlyList<Activity>> PlanEnterStandby(AutoScalingGroup group, IReadOnlyList<string> instanceIds, bool decrement)
    {
        var resting = MembersOf(group, instanceIds);
        if (resting.Find(member => !member.IsServing) is { } wrong) throw NotInState(wrong, "InService");
        CheckShrink(group, resting.Count, decrement, "enter standby");
        return () =>
        {
            var activities = resting.ConvertAll(member => Begin(group, $"Moving EC2 instance to Standby: {member.Instance.Id}", "an instance was moved to standby in response to a user request"));
            foreach (var (member, activity) in resting.Zip(activities))
            {
                if (decrement) group.DesiredCapacity--;
                member.LifecycleState = "EnteringStandby";
                AfterDrain(member, () =>
                {
                    member.LifecycleState = "Standby";
                    Finish(activity);
                });
            }
            Converge(group);
            return activities;
        };
    }

    internal Func<IReadOnlyList<Activity>> PlanExitStandby(AutoScalingGroup group, IReadOnlyList<string> instanceIds)
    {
        var returning = MembersOf(group, instanceIds);
        if (returning.Find(member => member.LifecycleState != "Standby") is { } wrong) throw NotInState(wrong, "Standby");
        if (group.DesiredCapacity + returning.Count > group.Spec.MaxSize)
            throw AwsErrorException.Validation(
                $"AutoScalingGroup {group.Name} has max-size={group.Spec.MaxSize} and desired-size={group.DesiredCapacity}. To exit standby {returning.Count} more instance, please update the AutoScalingGroup sizes appropriately.");
        return () =>
        {
            group.DesiredCapacity += returning.Count;
            return returning.ConvertAll(member =>
            {
                var activity = Begin(group, $"Moving EC2 instance out of Standby: {member.Instance.Id}", "an instance was moved out of standby in response to a user request");
                Welcome(member);
                Finish(activity);
                return activity;
            });
        };
    }

    internal Action PlanHealth(string instanceId, string status)
    {
        if (status is not ("Healthy" or "Unhealthy")) throw AwsErrorException.Validation("Valid instance health states are: [Healthy, Unhealthy].");
        var member = members.GetValueOrDefault(instanceId) ?? throw NoMember(instanceId);
        return () =>
        {
            member.HealthStatus = status;
            if (status == "Healthy" || !member.IsServing) return;
            Leave(member, toWarmPool: false, cause: "an instance was taken out of service in response to a user health-check");
            Converge(member.Group);
        };
    }

    internal static Action PlanProtection(AutoScalingGroup group, IReadOnlyList<string> instanceIds, bool isProtected)
    {
        var found = MembersOf(group, instanceIds);
        return () => found.ForEach(member => member.IsProtected = isProtected);
    }

    private void AfterDrain(GroupMember member, Action then)
    {
        var drained = member.Group.Attached.Select(arn => Deregister(arn, member)).Append(scheduler.Now).Max();
        if (drained <= scheduler.Now) then();
        else scheduler.After(drained - scheduler.Now, () => state.Change(() =>
        {
            if (IsMember(member) && member.LifecycleState is "Detaching" or "EnteringStandby") then();
        }));
    }

    private static List<GroupMember> MembersOf(AutoScalingGroup group, IReadOnlyList<string> instanceIds)
    {
        if (instanceIds.Count is 0 or > 20) throw AwsErrorException.Validation("From 1 to 20 instances can be specified");
        return [.. instanceIds.Distinct().Select(id => group.MemberMap.GetValueOrDefault(id) ?? throw AwsErrorException.Validation(
            $"The instance {id} is not part of Auto Scaling group {group.Name}."))];
    }

    private static void CheckShrink(AutoScalingGroup group, int fewer, bool decrement, string verb)
    {
        if (decrement && group.DesiredCapacity - fewer < group.Spec.MinSize)
            throw AwsErrorException.Validation(
                $"AutoScalingGroup {group.Name} has min-size={group.Spec.MinSize}, max-size={group.Spec.MaxSize}, and desired-size={group.DesiredCapacity}. "
                + $"To {verb} {fewer} instance, please update the AutoScalingGroup sizes appropriately.");
    }

    private static AwsErrorException NotInState(GroupMember member, string wanted) =>
        AwsErrorException.Validation($"The instance {member.Instance.Id} is not in {wanted} state; it is {member.LifecycleState}.");

    private static AwsErrorException NoMember(string instanceId) => AwsErrorException.Validation(
        $"Instance Id not found - No managed instance found for instance ID: {instanceId}");
}
