namespace TargetDrain.Emulator.AutoScaling;

/// <summary>Lifecycle actions: begun by hooks, kept alive by heartbeats, ended by their callers or by the clock.</summary>
internal sealed partial class AutoScalingGroups
{
    /// <summary>Ends one action. CONTINUE lets the others go on; ABANDON ends them all.</summary>
    /// <exception cref="AwsErrorException">ValidationError when there is no such action, or no more.</exception>
    public void CompleteAction(string groupName, string hookName, string? instanceId, string? token, string result) =>
        state.Perform(() => PlanComplete(new ActionName(groupName, hookName, instanceId, token), result));

    /// <summary>Starts the hook's timeout anew, up to its global limit.</summary>
    /// <exception cref="AwsErrorException">ValidationError when there is no such action, or no more.</exception>
    public void RecordHeartbeat(string groupName, string hookName, string? instanceId, string? token) =>
        state.Perform(() => PlanHeartbeat(new ActionName(groupName, hookName, instanceId, token)));

    internal Action PlanComplete(ActionName name, string result)
    {
        CheckResult(result, "LifecycleActionResult");
        var (member, action) = FindAction(name);
        return () => End(member, action, result, "caller");
    }

    internal Action PlanHeartbeat(ActionName name)
    {
        var (member, action) = FindAction(name);
        return () =>
        {
            Wait(member, action);
            state.Write(new HeartbeatRecorded(name.Group, name.Hook, member.Instance.Id, action.Expires));
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
            var action = new LifecycleAction(context.Ids.Uuid(), hook, context.Now + TimeSpan.FromSeconds(hook.GlobalTimeout));
            member.Actions.Add(action);
            waiting.Add(action.Token, (member, action));
            Wait(member, action);
            state.Write(new LifecycleActionStarted(member.Group.Name, hook.Name, member.Instance.Id, action.Token, hook.Transition));
            messages.SendAction(member, action);
        }
        return true;
    }

    private void Wait(GroupMember member, LifecycleAction action)
    {
        var beat = context.Now + TimeSpan.FromSeconds(action.Hook.HeartbeatTimeout);
        var isLast = beat >= action.GlobalExpiry;
        action.Expires = isLast ? action.GlobalExpiry : beat;
        action.Timeout?.Dispose();
        action.Timeout = context.After(action.Expires - context.Now, () =>
        {
            // A heartbeat may have come in while this timer was on its way here.
            if (action.Result is null && action.Expires <= context.Now + TimeSpan.FromSeconds(1))
                End(member, action, action.Hook.DefaultResult, isLast ? "global timeout" : "heartbeat timeout");
        });
    }

    private void End(GroupMember member, LifecycleAction action, string result, string by)
    {
        Close(member, action, result, by);
        if (result == "ABANDON")
            foreach (var other in member.Open) Close(member, other, result, "ABANDON of another hook");
        if (member.Open.Any()) return;
        var abandoned = member.Actions.Any(other => other.Result == "ABANDON");
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

    private (GroupMember Member, LifecycleAction Action) FindAction(ActionName name)
    {
        var (group, hook, instanceId, token) = name;
        if (!Find(group).HookMap.ContainsKey(hook)) throw NoHook(hook);
        if (string.IsNullOrEmpty(instanceId) && string.IsNullOrEmpty(token))
            throw AwsErrorException.Validation("Either InstanceId or LifecycleActionToken must be specified");
        if (token is { Length: > 0 })
        {
            if (waiting.TryGetValue(token, out var found) && found.Member.Group.Name == group
                && found.Action.Hook.Name == hook && (instanceId is not { Length: > 0 } || found.Member.Instance.Id == instanceId))
                return found;
            throw AwsErrorException.Validation($"No active Lifecycle Action found with token {token}");
        }
        if (members.TryGetValue(instanceId!, out var member) && member.Group.Name == group && member.Open.FirstOrDefault(action => action.Hook.Name == hook) is { } open)
            return (member, open);
        throw AwsErrorException.Validation($"No active Lifecycle Action found with instance ID {instanceId}");
    }
}

/// <summary>How callers name an action: by its hook, and by instance or token.</summary>
internal sealed record ActionName(string Group, string Hook, string? InstanceId, string? Token);
