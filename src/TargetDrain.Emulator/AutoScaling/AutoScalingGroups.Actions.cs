namespace TargetDrain.Emulator.AutoScaling;

/// <summary>Lifecycle actions: begun by hooks, kept alive by heartbeats, ended by their callers or by the clock.</summary>
public sealed partial class AutoScalingGroups
{
    /// <summary>Ends one action. CONTINUE lets the others go on; ABANDON ends them all.</summary>
    /// <exception cref="AwsErrorException">ValidationError when there is no such action, or no more.</exception>
    public void CompleteAction(string groupName, string hookName, string? instanceId, string? token, string result) =>
        state.Perform(() => PlanComplete(groupName, hookName, instanceId, token, result));

    /// <summary>Starts the hook's timeout anew, up to its global limit.</summary>
    /// <exception cref="AwsErrorException">ValidationError when there is no such action, or no more.</exception>
    public void RecordHeartbeat(string groupName, string hookName, string? instanceId, string? token) =>
        state.Perform(() => PlanHeartbeat(groupName, hookName, instanceId, token));

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

    private void Close(GroupMember member, LifecycleAction action, string result, string by)
    {
        action.Result = result;
        action.Timeout?.Dispose();
        waiting.Remove(action.Token);
        state.Write(new LifecycleActionEnded(
            member.Group.Name, action.Hook.Name, member.Instance.Id, action.Token, result, by));
    }

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
