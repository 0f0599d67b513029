using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.AutoScaling;

public sealed partial class AutoScalingGroups
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

    /// <summary>Ends one action. CONTINUE lets the others go on; ABANDON ends them all.</summary>
    /// <exception cref="AwsErrorException">ValidationError when there is no such action, or no more.</exception>
    public void CompleteAction(string groupName, string hookName, string? instanceId, string? token, string result) =>
        state.Perform(() => PlanComplete(groupName, hookName, instanceId, token, result));

    /// <summary>Starts the hook's timeout anew, up to its global limit.</summary>
    /// <exception cref="AwsErrorException">ValidationError when there is no such action, or no more.</exception>
    public void RecordHeartbeat(string groupName, string hookName, string? instanceId, string? token) =>
        state.Perform(() => PlanHeartbeat(groupName, hookName, instanceId, token));

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

    internal Action PlanComplete(string groupName, string hookName, string? instanceId, string? token, string result)
    {
        CheckResult(result, "LifecycleActionResult");
        var (member, action) = FindAction(groupName, hookName, instanceId, token);
        return () => End(member, action, result, "caller");
    }

    internal Action PlanHeartbeat(string groupName, string hookName, string? instanceId, string? token)
    {
        var (member, action) = FindAction(groupName, hookName, instanceId, token);
        return () =>
        {
            Wait(member, action);
            state.Write(new HeartbeatRecorded(groupName, hookName, member.Instance.Id, action.Expires));
        };
    }

    private void Leave(
        GroupMember member, bool toWarmPool, bool waitForDrain = true,
        string cause = "an instance was taken out of service in response to a user request")
    {
        var warm = member.LifecycleState.StartsWith("Warmed:", StringComparison.Ordinal);
        (member.ToWarmPool, member.LeftGroup) = (toWarmPool, true);
        member.LifecycleState = toWarmPool ? "Warmed:Pending" : warm ? "Warmed:Terminating" : "Terminating";
        member.Activity = Begin(member.Group, $"Terminating EC2 instance: {member.Instance.Id}", cause);
        member.ActionList.Clear();
        var drained = member.Group.Attached.ConvertAll(arn => Deregister(arn, member)).Append(scheduler.Now).Max();
        if (!waitForDrain || drained <= scheduler.Now) StartTerminateActions(member);
        else scheduler.After(drained - scheduler.Now, () => state.Change(() => StartTerminateActions(member)));
    }

    private void StartTerminateActions(GroupMember member)
    {
        if (IsMember(member) && !StartActions(member, LifecycleHook.Terminating)) Proceed(member);
    }

    /// <summary>All hooks of the transition at once, each with an action of its own.</summary>
    /// <returns>False when there are none to wait for.</returns>
    private bool StartActions(GroupMember member, string transition)
    {
        var hooks = member.Group.Hooks.Where(hook => hook.Transition == transition).ToList();
        if (hooks.Count == 0) return false;
        member.LifecycleState += ":Wait";
        foreach (var hook in hooks)
        {
            var action = new LifecycleAction
            {
                Token = ids.Uuid(),
                Hook = hook,
                GlobalExpiry = scheduler.Now + TimeSpan.FromSeconds(hook.GlobalTimeout),
            };
            member.ActionList.Add(action);
            waiting.Add(action.Token, (member, action));
            Wait(member, action);
            state.Write(new LifecycleActionStarted(member.Group.Name, hook.Name, member.Instance.Id, action.Token, hook.Transition));
            messages.SendAction(member, action);
        }
        return true;
    }

    private void Wait(GroupMember member, LifecycleAction action)
    {
        var beat = scheduler.Now + TimeSpan.FromSeconds(action.Hook.HeartbeatTimeout);
        var isLast = beat >= action.GlobalExpiry;
        action.Expires = isLast ? action.GlobalExpiry : beat;
        action.Timeout?.Dispose();
        action.Timeout = scheduler.After(action.Expires - scheduler.Now, () => state.Change(() =>
        {
            // A heartbeat may have come in while this timer was on its way here.
            if (action.Result is null && action.Expires <= scheduler.Now + TimeSpan.FromSeconds(1))
                End(member, action, action.Hook.DefaultResult, isLast ? "global timeout" : "heartbeat timeout");
        }));
    }

    private void End(GroupMember member, LifecycleAction action, string result, string by)
    {
        Close(member, action, result, by);
        if (result == "ABANDON")
            foreach (var other in member.ActionList.Where(other => other.Result is null))
                Close(member, other, result, "ABANDON of another hook");
        if (member.ActionList.Any(other => other.Result is null)) return;
        var abandoned = member.ActionList.Any(other => other.Result == "ABANDON");
        if (member.IsLaunching)
        {
            if (abandoned) GiveUp(member);
            else Arrive(member);
        }
        else if (abandoned && member.Group.Spec.RetainOnAbandon)
            member.LifecycleState = member.LifecycleState.Replace(":Wait", ":Retained", StringComparison.Ordinal);
        else
            Proceed(member);
    }

    /// <summary>A launch that was abandoned: the instance ends without hooks, and another one is tried.</summary>
    private void GiveUp(GroupMember member)
    {
        (member.ToWarmPool, member.LeftGroup) = (false, true);
        member.LifecycleState = "Terminating:Proceed";
        compute.Terminate(member.Instance.Id);
        Converge(member.Group);
    }

    private void Close(GroupMember member, LifecycleAction action, string result, string by)
    {
        action.Result = result;
        action.Timeout?.Dispose();
        waiting.Remove(action.Token);
        state.Write(new LifecycleActionEnded(
            member.Group.Name, action.Hook.Name, member.Instance.Id, action.Token, result, by));
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
            member.LifecycleState = member.LifecycleState.StartsWith("Warmed:", StringComparison.Ordinal)
                ? "Warmed:Terminating:Proceed"
                : "Terminating:Proceed";
            if (compute.Seek(member.Instance.Id) is null or { State: "terminated" }) Dismiss(member);
            else compute.Terminate(member.Instance.Id);
        }
    }

    private void Follow(Instance instance)
    {
        if (!members.TryGetValue(instance.Id, out var member)) return;
        if (instance.State == "terminated") Dismiss(member);
        else if (instance.State == "stopped" && member.ToWarmPool) member.LifecycleState = RestingState(member);
        else if (instance.State == "running" && member.LifecycleState is "Pending" or "Warmed:Pending" && member.IsLaunching) StartLaunchActions(member);
    }

    /// <summary>
    /// A final two-minute notice calls the hook at once; the hook does not hold the interruption up.
    /// </summary>
    private void Interrupt(Instance instance, string action)
    {
        if (action == "terminate" && members.TryGetValue(instance.Id, out var member) && member.IsServing)
            Leave(member, toWarmPool: false, waitForDrain: false);
    }

    /// <summary>The instance is no more. What still waits for it ends with it.</summary>
    private void Dismiss(GroupMember member)
    {
        foreach (var action in member.ActionList.Where(action => action.Result is null).ToList())
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

    private (GroupMember Member, LifecycleAction Action) FindAction(
        string groupName, string hookName, string? instanceId, string? token)
    {
        if (!Find(groupName).HookMap.ContainsKey(hookName)) throw NoHook(hookName);
        if (string.IsNullOrEmpty(instanceId) && string.IsNullOrEmpty(token))
            throw AwsErrorException.Validation("Either InstanceId or LifecycleActionToken must be specified");
        if (token is { Length: > 0 })
        {
            if (waiting.TryGetValue(token, out var found) && found.Member.Group.Name == groupName
                && found.Action.Hook.Name == hookName && (instanceId is not { Length: > 0 } || found.Member.Instance.Id == instanceId))
                return found;
            throw AwsErrorException.Validation($"No active Lifecycle Action found with token {token}");
        }
        if (members.TryGetValue(instanceId!, out var member) && member.Group.Name == groupName
            && member.ActionList.FirstOrDefault(action => action.Hook.Name == hookName && action.Result is null) is { } open)
            return (member, open);
        throw AwsErrorException.Validation($"No active Lifecycle Action found with instance ID {instanceId}");
    }
}
