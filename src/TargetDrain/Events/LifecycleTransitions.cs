namespace TargetDrain.Events;

/// <summary>The facts of a lifecycle action, whichever way they were told.</summary>
internal sealed record LifecycleFacts(
    string? Transition, string? HookName, string? GroupName, string? Token, string? InstanceId, string? Destination, string? Action,
    DateTimeOffset Time);

/// <summary>From the facts of a lifecycle action to what it means for us.</summary>
internal static class LifecycleTransitions
{
    private const string Terminating = "autoscaling:EC2_INSTANCE_TERMINATING";
    private const string WarmPool = "WarmPool";
    private const string ReplaceRootVolume = "ReplaceRootVolume";

    /// <param name="fieldPrefix">Where the facts stand in the message, for error texts.</param>
    public static ParsedMessage Read(LifecycleFacts facts, string fieldPrefix, DrainOptions options)
    {
        var transition = Require.Text(facts.Transition, fieldPrefix + "LifecycleTransition");
        if (transition != Terminating)
            return new ParsedMessage.Ignored("other transition", $"'{Require.Quote(transition)}' takes no instance out of service.");
        var hook = Require.Text(facts.HookName, fieldPrefix + "LifecycleHookName");
        if (!options.IsOurs(hook))
            return new ParsedMessage.Ignored("other hook", $"hook '{Require.Quote(hook)}' is not in LIFECYCLE_HOOK_NAMES; it is not ours to end.");
        var action = new LifecycleAction(
            Require.Text(facts.GroupName, fieldPrefix + "AutoScalingGroupName"),
            hook,
            Require.ActionToken(facts.Token, fieldPrefix + "LifecycleActionToken"),
            facts.Time);
        var reason = facts.Action == ReplaceRootVolume ? TerminationReason.RootVolumeReplacement
            : facts.Destination == WarmPool ? TerminationReason.WarmPoolReturn
            : TerminationReason.LifecycleHook;
        return new ParsedMessage.Notice(new TerminationNotice(
            Require.InstanceId(facts.InstanceId, fieldPrefix + "EC2InstanceId"), reason, facts.Time, action,
            reason == TerminationReason.LifecycleHook ? TerminationCertainty.Announced : TerminationCertainty.Reversible));
    }
}
