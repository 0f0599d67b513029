using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.AutoScaling;

public sealed partial class AutoScalingGroups
{
    /// <summary>
    /// Scale in of one member: out of the attached target groups, drained there, then the hooks, then terminated.
    /// </summary>
    public GroupMember TerminateInstance(string instanceId, bool decrementDesiredCapacity = true) => state.Change(() =>
    {
        var member = members.GetValueOrDefault(instanceId) ?? throw AwsErrorException.Validation(
            $"Instance Id not found - No managed instance found for instance ID: {instanceId}");
        if (decrementDesiredCapacity && member.IsServing) member.Group.DesiredCapacity--;
        if (member.LifecycleState == "Terminating:Retained") Proceed(member);
        else if (member.LifecycleState is "InService" or "Warmed:Stopped" or "Warmed:Running") Leave(member, toWarmPool: false);
        return member;
    });

    /// <summary>Scale in of a group whose warm pool takes instances back: everything but the termination.</summary>
    public GroupMember ReturnToWarmPool(string instanceId) => state.Change(() =>
    {
        var member = members[instanceId];
        if (member.IsServing) Leave(member, toWarmPool: true);
        return member;
    });

    /// <summary>Ends one action. CONTINUE lets the others go on; ABANDON ends them all.</summary>
    /// <exception cref="AwsErrorException">ValidationError when there is no such action, or no more.</exception>
    public void CompleteAction(string groupName, string hookName, string? instanceId, string? token, string result) =>
        state.Change(() =>
        {
            CheckResult(result, "LifecycleActionResult");
            var (member, action) = FindAction(groupName, hookName, instanceId, token);
            End(member, action, result, "caller");
        });

    /// <summary>Starts the hook's timeout anew, up to its global limit.</summary>
    /// <exception cref="AwsErrorException">ValidationError when there is no such action, or no more.</exception>
    public void RecordHeartbeat(string groupName, string hookName, string? instanceId, string? token) => state.Change(() =>
    {
        var (member, action) = FindAction(groupName, hookName, instanceId, token);
        Wait(member, action);
        state.Write(new HeartbeatRecorded(groupName, hookName, member.Instance.Id, action.Expires));
    });

    private void Leave(GroupMember member, bool toWarmPool, bool waitForDrain = true)
    {
        var id = member.Instance.Id;
        var warm = member.LifecycleState.StartsWith("Warmed:", StringComparison.Ordinal);
        member.ToWarmPool = toWarmPool;
        member.LifecycleState = toWarmPool ? "Warmed:Pending" : warm ? "Warmed:Terminating" : "Terminating";
        BeginActivity(member);
        member.ActionList.Clear();
        var drained = agenda.Now;
        foreach (var arn in member.Group.Attached)
        {
            try
            {
                var until = loadBalancing.DeregisterTargets(arn, [new TargetSpec(id)], "autoscaling");
                if (until > drained) drained = until;
            }
            catch (AwsErrorException gone) when (gone.Code == "TargetGroupNotFound")
            {
                // Deleted while it was attached: nothing to drain there.
            }
        }
        if (!waitForDrain || drained <= agenda.Now) StartActions(member);
        else agenda.After(drained - agenda.Now, () => state.Change(() => StartActions(member)));
    }

    /// <summary>All terminating hooks at once, each with an action of its own.</summary>
    private void StartActions(GroupMember member)
    {
        if (!IsMember(member)) return;
        var hooks = member.Group.Hooks.Where(hook => hook.Transition == LifecycleHook.Terminating).ToList();
        if (hooks.Count == 0)
        {
            Proceed(member);
            return;
        }
        member.LifecycleState += ":Wait";
        foreach (var hook in hooks)
        {
            var action = new LifecycleAction
            {
                Token = ids.Uuid(),
                Hook = hook,
                GlobalExpiry = agenda.Now + TimeSpan.FromSeconds(hook.GlobalTimeout),
            };
            member.ActionList.Add(action);
            waiting.Add(action.Token, (member, action));
            Wait(member, action);
            state.Write(new LifecycleActionStarted(member.Group.Name, hook.Name, member.Instance.Id, action.Token, hook.Transition));
            messages.SendAction(member, action);
        }
    }

    private void Wait(GroupMember member, LifecycleAction action)
    {
        var beat = agenda.Now + TimeSpan.FromSeconds(action.Hook.HeartbeatTimeout);
        var isLast = beat >= action.GlobalExpiry;
        action.Expires = isLast ? action.GlobalExpiry : beat;
        action.Timeout?.Dispose();
        action.Timeout = agenda.After(action.Expires - agenda.Now, () => state.Change(() =>
        {
            // A heartbeat may have come in while this timer was on its way here.
            if (action.Result is null && action.Expires <= agenda.Now + TimeSpan.FromSeconds(1))
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
        if (abandoned && member.Group.Spec.RetainOnAbandon)
            member.LifecycleState = member.LifecycleState.Replace(":Wait", ":Retained", StringComparison.Ordinal);
        else
            Proceed(member);
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
            compute.Stop(member.Instance.Id);
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
        else if (instance.State == "stopped" && member.ToWarmPool) member.LifecycleState = "Warmed:Stopped";
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
        if (member.IsServing) BeginActivity(member);
        member.LifecycleState = "Terminated";
        members.Remove(member.Instance.Id);
        member.Group.MemberMap.Remove(member.Instance.Id);
        messages.SendTerminated(member);
    }

    private void BeginActivity(GroupMember member)
    {
        member.ActivityId = ids.Uuid();
        member.ActivityStarted = agenda.Now;
    }

    private bool IsMember(GroupMember member) => members.GetValueOrDefault(member.Instance.Id) == member;

    private (GroupMember Member, LifecycleAction Action) FindAction(
        string groupName, string hookName, string? instanceId, string? token)
    {
        Find(groupName);
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
