using TargetDrain.Emulator.Compute;

namespace TargetDrain.Emulator.AutoScaling;

internal sealed partial class AutoScalingGroups
{
    /// <summary>
    /// Scale in of one member: out of the attached target groups, drained there, then the hooks, then terminated.
    /// </summary>
    public GroupMember TerminateInstance(string instanceId, bool decrementDesiredCapacity = true) =>
        state.Perform(() => PlanTerminate(instanceId, decrementDesiredCapacity));

    /// <summary>Scale in of a group whose warm pool takes instances back: everything but the termination.</summary>
    public GroupMember ReturnToWarmPool(string instanceId) => state.Perform<GroupMember>(() =>
    {
        var member = members.GetValueOrDefault(instanceId) ?? throw NoMember(instanceId);
        return () =>
        {
            if (member.IsServing) Leave(member, toWarmPool: true);
            return member;
        };
    });

    internal Func<GroupMember> PlanTerminate(string instanceId, bool decrement)
    {
        var member = members.GetValueOrDefault(instanceId) ?? throw NoMember(instanceId);
        if (decrement && member.IsServing && member.Group.Spec.Launches) CheckShrink(member.Group, 1, decrement: true, "terminate");
        return () =>
        {
            if (decrement && member.IsServing) member.Group.DesiredCapacity--;
            if (member.LifecycleState == "Terminating:Retained") Proceed(member);
            else if (member.IsServing || member.IsWarm || member.LifecycleState == "Standby") Leave(member, toWarmPool: false);
            Converge(member.Group);
            return member;
        };
    }

    private void Leave(
        GroupMember member, bool toWarmPool, bool waitForDrain = true,
        string cause = "an instance was taken out of service in response to a user request")
    {
        var warm = member.IsInWarmPool;
        (member.ToWarmPool, member.LeftGroup) = (toWarmPool, true);
        member.LifecycleState = toWarmPool ? "Warmed:Pending" : warm ? "Warmed:Terminating" : "Terminating";
        member.Activity = Begin(member.Group, $"Terminating EC2 instance: {member.Instance.Id}", cause);
        member.Actions.Clear();
        var drained = DeregisterEverywhere(member);
        context.At(waitForDrain ? drained : context.Now, () => StartTerminateActions(member));
    }

    private void StartTerminateActions(GroupMember member)
    {
        if (IsMember(member) && !StartActions(member, LifecycleHook.Terminating)) Proceed(member);
    }

    /// <summary>A launch that was abandoned: the instance ends without hooks, and another one is tried.</summary>
    private void GiveUp(GroupMember member)
    {
        (member.ToWarmPool, member.LeftGroup) = (false, true);
        member.LifecycleState = "Terminating:Proceed";
        compute.Terminate(member.Instance.Id);
        Converge(member.Group);
    }

    private void Proceed(GroupMember member)
    {
        if (member.ToWarmPool)
        {
            member.LifecycleState = "Warmed:Pending:Proceed";
            Rest(member);
        }
        else
        {
            member.LifecycleState = member.IsInWarmPool ? "Warmed:Terminating:Proceed" : "Terminating:Proceed";
            if (compute.Seek(member.Instance.Id) is null or { State: "terminated" }) Dismiss(member);
            else compute.Terminate(member.Instance.Id);
        }
    }

    internal void Follow(Instance instance)
    {
        if (!members.TryGetValue(instance.Id, out var member)) return;
        if (instance.State == "terminated") Dismiss(member);
        else if (instance.State == "stopped" && member.ToWarmPool) member.LifecycleState = RestingState(member);
        else if (instance.State == "running" && member.LifecycleState is "Pending" or "Warmed:Pending" && member.IsLaunching) StartLaunchActions(member);
    }

    /// <summary>
    /// A final two-minute notice calls the hook at once; the hook does not hold the interruption up.
    /// </summary>
    internal void Interrupt(Instance instance, string action)
    {
        if (action == "terminate" && members.TryGetValue(instance.Id, out var member) && member.IsServing)
            Leave(member, toWarmPool: false, waitForDrain: false);
    }

    /// <summary>The instance is no more. What still waits for it ends with it.</summary>
    private void Dismiss(GroupMember member)
    {
        foreach (var action in member.Open.ToList())
            Close(member, action, action.Hook.DefaultResult, "instance terminated");
        // Terminated past the group, by EC2 itself or by hand.
        if (member.IsServing || member.Activity is null)
            member.Activity = Begin(member.Group, $"Terminating EC2 instance: {member.Instance.Id}", "an instance was taken out of service in response to an EC2 health check");
        member.LifecycleState = "Terminated";
        Forget(member);
        Finish(member.Activity);
        messages.SendTerminated(member);
        Converge(member.Group);
    }

    private void Forget(GroupMember member)
    {
        members.Remove(member.Instance.Id);
        member.Group.MemberMap.Remove(member.Instance.Id);
    }

    private bool IsMember(GroupMember member) => members.GetValueOrDefault(member.Instance.Id) == member;
}
