using System.Text.Json.Serialization;

namespace TargetDrain.Events;

/// <summary>
/// What a hook sends to its own notification target (SQS, SNS, Lambda): the same facts as the event, flat. The detail
/// of the event alone, as a rule with InputPath hands it on, is the same without a time.
/// Test messages and the notifications of a notification configuration look alike and carry no token.
/// Schema: https://docs.aws.amazon.com/autoscaling/ec2/userguide/prepare-for-lifecycle-notifications.html
/// </summary>
internal sealed record LifecycleNotification(
    [property: JsonPropertyName("LifecycleTransition")] string? LifecycleTransition,
    [property: JsonPropertyName("Event")] string? Event,
    [property: JsonPropertyName("LifecycleActionToken")] string? LifecycleActionToken,
    [property: JsonPropertyName("AutoScalingGroupName")] string? AutoScalingGroupName,
    [property: JsonPropertyName("LifecycleHookName")] string? LifecycleHookName,
    [property: JsonPropertyName("EC2InstanceId")] string? InstanceId,
    [property: JsonPropertyName("Destination")] string? Destination,
    [property: JsonPropertyName("Action")] string? Action,
    [property: JsonPropertyName("AccountId")] string? AccountId,
    [property: JsonPropertyName("Time")] DateTimeOffset? Time)
{
    private const string Test = "autoscaling:TEST_NOTIFICATION";

    /// <param name="sentAt">Taken for the time when the message names none.</param>
    public static ParsedMessage Read(LifecycleNotification message, DateTimeOffset sentAt, DrainOptions options)
    {
        if (message.Event == Test || message.LifecycleTransition == Test)
            return new ParsedMessage.Ignored("test notification", "Auto Scaling announces that the hook can reach its target.");
        if (message.Event is not null)
            return new ParsedMessage.Ignored("group notification", "a notification configuration's message has no lifecycle action to complete.");
        if (message.LifecycleTransition is null)
            throw new MalformedMessageException("$", "is neither an EventBridge event nor a lifecycle notification nor an envelope around one.");
        return LifecycleTransitions.Read(
            new(message.LifecycleTransition, message.LifecycleHookName, message.AutoScalingGroupName, message.LifecycleActionToken,
                message.InstanceId, message.Destination, message.Action, Require.Time(message.Time ?? sentAt, "Time")),
            fieldPrefix: "",
            options);
    }
}
