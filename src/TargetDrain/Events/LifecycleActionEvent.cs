using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;

namespace TargetDrain.Events;

/// <summary>
/// "EC2 Instance-terminate Lifecycle Action": a terminating hook waits. Also sent when an instance returns to a warm pool, and
/// before its root volume is replaced. EventBridge sends these facts as an event's detail (a rule with InputPath the detail
/// alone), and a hook sends them flat to its own notification target. Test messages and the messages of a notification
/// configuration look alike and carry no token.
/// Schemas: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html and
/// https://docs.aws.amazon.com/autoscaling/ec2/userguide/prepare-for-lifecycle-notifications.html
/// </summary>
internal sealed record LifecycleActionEvent(
    string? LifecycleTransition, string? LifecycleHookName, string? AutoScalingGroupName, string? LifecycleActionToken,
    [property: JsonPropertyName("EC2InstanceId")] string? InstanceId, string? Destination, string? Action,
    string? Event, string? AccountId, DateTimeOffset? Time)
{
    public const string Source = "aws.autoscaling";
    public const string DetailType = "EC2 Instance-terminate Lifecycle Action";

    private const string Terminating = "autoscaling:EC2_INSTANCE_TERMINATING";
    private const string Test = "autoscaling:TEST_NOTIFICATION";

    public static ParsedMessage Read(CloudWatchEvent<LifecycleActionEvent> envelope, DrainOptions options) =>
        envelope.Detail.Read("detail.", Require.Time(envelope.Time, "time"), options);

    /// <param name="sentAt">Taken for the time when the message names none.</param>
    public ParsedMessage ReadNotification(DateTimeOffset sentAt, DrainOptions options) =>
        Event == Test || LifecycleTransition == Test
            ? new ParsedMessage.Ignored("test notification", "Auto Scaling announces that the hook can reach its target.")
        : Event is not null
            ? new ParsedMessage.Ignored("group notification", "a notification configuration's message has no lifecycle action to complete.")
        : LifecycleTransition is null
            ? throw new MalformedMessageException("$", "is neither an EventBridge event nor a lifecycle notification nor an envelope around one.")
        : Read("", Require.Time(Time ?? sentAt, "Time"), options);

    /// <param name="prefix">Where the facts stand in the message, for error texts.</param>
    private ParsedMessage Read(string prefix, DateTimeOffset time, DrainOptions options)
    {
        var transition = Require.Text(LifecycleTransition, prefix + "LifecycleTransition");
        if (transition != Terminating)
            return new ParsedMessage.Ignored("other transition", $"'{Require.Quote(transition)}' takes no instance out of service.");
        var hook = Require.Text(LifecycleHookName, prefix + "LifecycleHookName");
        if (!options.IsOurs(hook))
            return new ParsedMessage.Ignored("other hook", $"hook '{Require.Quote(hook)}' is not in LIFECYCLE_HOOK_NAMES; it is not ours to end.");
        var action = new LifecycleAction(
            Require.Text(AutoScalingGroupName, prefix + "AutoScalingGroupName"), hook,
            Require.ActionToken(LifecycleActionToken, prefix + "LifecycleActionToken"), time);
        var reason = Action == "ReplaceRootVolume" ? TerminationReason.RootVolumeReplacement
            : Destination == "WarmPool" ? TerminationReason.WarmPoolReturn
            : TerminationReason.LifecycleHook;
        return new ParsedMessage.Notice(new TerminationNotice(
            Require.InstanceId(InstanceId, prefix + "EC2InstanceId"), reason, time, action,
            reason == TerminationReason.LifecycleHook ? TerminationCertainty.Announced : TerminationCertainty.Reversible));
    }
}
