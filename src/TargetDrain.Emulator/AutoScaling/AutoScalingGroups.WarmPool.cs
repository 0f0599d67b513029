namespace TargetDrain.Emulator.AutoScaling;

internal sealed partial class AutoScalingGroups
{
    internal Action PlanWarmPool(AutoScalingGroup group, WarmPool pool)
    {
        if (pool.MaxGroupPreparedCapacity is >= 0 and var most && most < group.Spec.MinSize)
            throw AwsErrorException.Validation("MaxGroupPreparedCapacity must not be less than the group's minimum size");
        return () =>
        {
            group.WarmPool = pool;
            Converge(group);
        };
    }

    internal Action PlanDeleteWarmPool(AutoScalingGroup group)
    {
        if (group.WarmPool is null) throw AwsErrorException.Validation($"No warm pool found for group {group.Name}");
        return () =>
        {
            group.WarmPool = null;
            foreach (var member in group.MemberMap.Values.Where(member => member.IsWarm).ToList()) Leave(member, toWarmPool: false, cause: FewerInstances);
        };
    }

    /// <summary>So many as could be needed at most, less those that serve; at least the pool's minimum.</summary>
    private static int WarmShortage(AutoScalingGroup group)
    {
        if (group.WarmPool is not { } pool) return 0;
        var prepared = pool.MaxGroupPreparedCapacity is >= 0 and var most ? most : group.Spec.MaxSize;
        var wanted = Math.Min(MostMembers, Math.Max(pool.MinSize, prepared - group.DesiredCapacity));
        return wanted - group.MemberMap.Values.Count(member => member.IsWarm || member.LifecycleState.StartsWith("Warmed:Pending", StringComparison.Ordinal));
    }

    /// <summary>Takes an instance out of the warm pool into the group.</summary>
    private bool WakeOne(AutoScalingGroup group)
    {
        if (group.MemberMap.Values.FirstOrDefault(member => member.IsWarm && member.Instance.State is "stopped" or "running") is not { } member) return false;
        (member.ToWarmPool, member.CameFromWarmPool, member.LeftGroup) = (false, true, false);
        member.LifecycleState = "Pending";
        member.Activity = Begin(group, $"Launching a new EC2 instance from warm pool: {member.Instance.Id}", NewInstance);
        if (member.Instance.State == "running") StartLaunchActions(member);
        else compute.Start(member.Instance.Id);
        return true;
    }

    /// <summary>Its hooks are done: stopped, or running, until it is wanted.</summary>
    private void Rest(GroupMember member)
    {
        if (member.Activity is { } activity) Finish(activity);
        if (member.Group.WarmPool?.PoolState == "Running")
        {
            member.LifecycleState = "Warmed:Running";
            return;
        }
        compute.Stop(member.Instance.Id);
    }

    private static string RestingState(GroupMember member) =>
        member.Group.WarmPool?.PoolState == "Hibernated" ? "Warmed:Hibernated" : "Warmed:Stopped";
}
