namespace TargetDrain.Emulator.AutoScaling;

/// <summary>Lifecycle hooks as they are put and deleted.</summary>
internal sealed partial class AutoScalingGroups
{
    private const int MostHooks = 50;

    /// <summary>Creates or replaces a hook; actions under way keep the old one. A notification target gets a test message.</summary>
    public LifecycleHook PutHook(string groupName, LifecycleHook hook) => state.Perform(() => PlanHooks(Find(groupName), [hook]))[0];

    internal Func<IReadOnlyList<LifecycleHook>> PlanHooks(AutoScalingGroup group, IReadOnlyList<LifecycleHook> hooks)
    {
        foreach (var hook in hooks)
        {
            if (hook.Transition is not (LifecycleHook.Terminating or LifecycleHook.Launching))
                throw AwsErrorException.Validation($"Lifecycle transition '{hook.Transition}' is not one of "
                    + $"[{LifecycleHook.Launching}, {LifecycleHook.Terminating}]");
            if (hook.HeartbeatTimeout is < 30 or > 7200)
                throw AwsErrorException.Validation($"HeartbeatTimeout must be from 30 to 7200 seconds, not {hook.HeartbeatTimeout}");
            CheckResult(hook.DefaultResult, "DefaultResult");
            if (hook.NotificationTargetArn is { Length: > 0 } arn && messages.CanNotify?.Invoke(arn) == false)
                throw AwsErrorException.Validation($"Unable to publish test message to notification target {arn} using IAM role {hook.RoleArn}. Please check your target and role configuration and try to put lifecycle hook again.");
        }
        if (group.HookMap.Keys.Union(hooks.Select(hook => hook.Name)).Count() > MostHooks)
            throw new AwsErrorException("LimitExceeded", $"You have reached the limit of {MostHooks} lifecycle hooks for an Auto Scaling group");
        return () =>
        {
            foreach (var hook in hooks)
            {
                group.HookMap[hook.Name] = hook;
                if (hook.NotificationTargetArn is { Length: > 0 } target) messages.SendTest(group, target);
            }
            return hooks;
        };
    }

    /// <summary>What waits on it goes on: CONTINUE for instances that end, ABANDON for those that begin.</summary>
    internal Action PlanDeleteHook(AutoScalingGroup group, string hookName)
    {
        if (!group.HookMap.ContainsKey(hookName)) throw NoHook(hookName);
        return () =>
        {
            group.HookMap.Remove(hookName);
            var open = waiting.Values.Where(wait => wait.Member.Group == group && wait.Action.Hook.Name == hookName).ToList();
            foreach (var (member, action) in open)
                if (action.Result is null) End(member, action, action.Hook.Transition == LifecycleHook.Terminating ? "CONTINUE" : "ABANDON", "hook deleted");
        };
    }

    /// <summary>Who can be told by a hook; null for everybody.</summary>
    internal void NotifyOnly(Func<string, bool> canNotify) => messages.CanNotify = canNotify;

    private static void CheckResult(string result, string name)
    {
        if (result is not ("CONTINUE" or "ABANDON"))
            throw AwsErrorException.Validation($"{name} must be CONTINUE or ABANDON, not '{result}'");
    }

    private static AwsErrorException NoHook(string name) => AwsErrorException.Validation($"No Lifecycle Hook found with name {name}");
}
