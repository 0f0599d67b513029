namespace TargetDrain.Events;

/// <summary>
/// From the facts of a lifecycle action, whichever way they came, to what they mean for us. EventBridge sends them as an
/// event's detail (a rule with InputPath the detail alone), and a hook sends them flat to its own notification target.
/// Schema: https://docs.aws.amazon.com/autoscaling/ec2/userguide/prepare-for-lifecycle-notifications.html
/// </summary>
internal static class LifecycleNotice
{
    private const string Terminating = "autoscaling:EC2_INSTANCE_TERMINATING";
    private const string Test = "autoscaling:TEST_NOTIFICATION";

    /// <summary>Test messages and the messages of a notification configuration look alike and carry no token.</summary>
    /// <param name="sentAt">Taken for the time when the message names none.</param>
    public static ParsedMessage ReadNotification(EventDetail message, DateTimeOffset sentAt, DrainOptions options)
    {
        if (message.Event == Test || message.LifecycleTransition == Test)
            return new ParsedMessage.Ignored("test notification", "Auto Scaling announces that the hook can reach its target.");
        if (message.Event is not null)
            return new ParsedMessage.Ignored("group notification", "a notification configuration's message has no lifecycle action to complete.");
        if (message.LifecycleTransition is null)
            throw new MalformedMessageException("$", "is neither an EventBridge event nor a lifecycle notification nor an envelope around one.");
        return Read(message, "", Require.Time(message.Time ?? sentAt, "Time"), options);
    }

    /// <param name="prefix">Where the facts stand in the message, for error texts.</param>
    public static ParsedMessage Read(EventDetail facts, string prefix, DateTimeOffset time, DrainOptions options)
    {
        var transition = Require.Text(facts.LifecycleTransition, prefix + "LifecycleTransition");
        if (transition != Terminating)
            return new ParsedMessage.Ignored("other transition", $"'{Require.Quote(transition)}' takes no instance out of service.");
        var hook = Require.Text(facts.LifecycleHookName, prefix + "LifecycleHookName");
        if (!options.IsOurs(hook))
            return new ParsedMessage.Ignored("other hook", $"hook '{Require.Quote(hook)}' is not in LIFECYCLE_HOOK_NAMES; it is not ours to end.");
        var action = new LifecycleAction(
            Require.Text(facts.AutoScalingGroupName, prefix + "AutoScalingGroupName"), hook,
            Require.ActionToken(facts.LifecycleActionToken, prefix + "LifecycleActionToken"), time);
        var reason = facts.Action == "ReplaceRootVolume" ? TerminationReason.RootVolumeReplacement
            : facts.Destination == "WarmPool" ? TerminationReason.WarmPoolReturn
            : TerminationReason.LifecycleHook;
        return new ParsedMessage.Notice(new TerminationNotice(
            Require.InstanceId(facts.ScalingInstanceId, prefix + "EC2InstanceId"), reason, time, action,
            reason == TerminationReason.LifecycleHook ? TerminationCertainty.Announced : TerminationCertainty.Reversible));
    }
}
