namespace TargetDrain.Emulator.AutoScaling;

internal sealed partial class AutoScalingGroups
{
    /// <summary>Out of the group and its target groups, and left running.</summary>
    internal Func<IReadOnlyList<Activity>> PlanDetach(AutoScalingGroup group, IReadOnlyList<string> instanceIds, bool decrement)
    {
        var leaving = MembersOf(group, instanceIds);
        if (leaving.Find(member => !member.IsServing && member.LifecycleState != "Standby") is { } wrong) throw NotInState(wrong, "InService");
        CheckShrink(group, leaving.Count(member => member.IsServing), decrement, "detach");
        return () => Withdraw(leaving, decrement, new Withdrawal("Detaching", "Detaching EC2 instance", "detached", member =>
        {
            member.LifecycleState = "Detached";
            member.Instance.Tags.Remove(GroupNameTag);
            Forget(member);
        }));
    }

    /// <summary>Out of the target groups, and still in the group.</summary>
    internal Func<IReadOnlyList<Activity>> PlanEnterStandby(AutoScalingGroup group, IReadOnlyList<string> instanceIds, bool decrement)
    {
        var resting = MembersOf(group, instanceIds);
        if (resting.Find(member => !member.IsServing) is { } wrong) throw NotInState(wrong, "InService");
        CheckShrink(group, resting.Count, decrement, "enter standby");
        return () => Withdraw(resting, decrement, new Withdrawal(
            "EnteringStandby", "Moving EC2 instance to Standby", "moved to standby", member => member.LifecycleState = "Standby"));
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

    /// <summary>Out of their target groups, and when they have drained there, where they were to go.</summary>
    private List<Activity> Withdraw(List<GroupMember> leaving, bool decrement, Withdrawal to)
    {
        var activities = leaving.ConvertAll(member => Begin(member.Group, $"{to.Doing}: {member.Instance.Id}", $"an instance was {to.Done} in response to a user request"));
        foreach (var (member, activity) in leaving.Zip(activities))
        {
            if (decrement && member.IsServing) member.Group.DesiredCapacity--;
            member.LifecycleState = to.LifecycleState;
            context.At(DeregisterEverywhere(member), () =>
            {
                if (!IsMember(member) || member.LifecycleState != to.LifecycleState) return;
                to.Arrive(member);
                Finish(activity);
            });
        }
        Converge(leaving[0].Group);
        return activities;
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

    /// <param name="LifecycleState">While it drains.</param>
    /// <param name="Arrive">What becomes of it then.</param>
    private sealed record Withdrawal(string LifecycleState, string Doing, string Done, Action<GroupMember> Arrive);
}
