namespace TargetDrain.Events;

/// <summary>The facts of a lifecycle action, whichever way they were told.</summary>
internal sealed record LifecycleFacts(
    string? Transition, string? HookName, string? GroupName, string? Token, string? InstanceId, string? Destination, DateTimeOffset Time);

/// <summary>From the facts of a lifecycle action to what it means for us.</summary>
internal static class LifecycleTransitions
{
    private const string Terminating = "autoscaling:EC2_INSTANCE_TERMINATING";
    private const string WarmPool = "WarmPool";

    /// <param name="fieldPrefix">Where the facts stand in the message, for error texts.</param>
    public static Reading Read(LifecycleFacts facts, string fieldPrefix, DrainOptions options)
    {
        var transition = Require.Text(facts.Transition, fieldPrefix + "LifecycleTransition");
        if (transition != Terminating)
            return new Reading.Ignored("other transition", $"'{Require.Quote(transition)}' takes no instance out of service.");
        var hook = Require.Text(facts.HookName, fieldPrefix + "LifecycleHookName");
        if (!options.LifecycleHookNames.Contains(hook))
            return new Reading.Ignored("other hook", $"hook '{Require.Quote(hook)}' is not in LIFECYCLE_HOOK_NAMES; it is not ours to end.");
        var action = new LifecycleAction(
            Require.Text(facts.GroupName, fieldPrefix + "AutoScalingGroupName"),
            hook,
            Require.ActionToken(facts.Token, fieldPrefix + "LifecycleActionToken"),
            facts.Time);
        var returns = facts.Destination == WarmPool;
        return new Reading.Notice(new TerminationNotice(
            Require.InstanceId(facts.InstanceId, fieldPrefix + "EC2InstanceId"),
            returns ? TerminationReason.WarmPoolReturn : TerminationReason.LifecycleHook,
            facts.Time,
            action,
            returns ? InstanceEnd.Unknown : InstanceEnd.Announced));
    }
}
