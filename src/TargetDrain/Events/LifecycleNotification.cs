using System.Text.Json.Serialization;

namespace TargetDrain.Events;

/// <summary>
/// What a hook sends to its own notification target (SQS, SNS, Lambda): the same facts as the event, flat.
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
    [property: JsonPropertyName("AccountId")] string? AccountId,
    [property: JsonPropertyName("Time")] DateTimeOffset? Time)
{
    private const string Test = "autoscaling:TEST_NOTIFICATION";

    public static Reading Read(LifecycleNotification message, DrainOptions options)
    {
        if (message.Event == Test || message.LifecycleTransition == Test)
            return new Reading.Ignored("test notification", "Auto Scaling announces that the hook can reach its target.");
        if (message.Event is not null)
            return new Reading.Ignored("group notification", "a notification configuration's message has no lifecycle action to complete.");
        if (message.LifecycleTransition is null)
            return new Reading.Ignored("unknown", "neither an EventBridge event nor a lifecycle notification.");
        return LifecycleTransitions.Read(
            new(message.LifecycleTransition, message.LifecycleHookName, message.AutoScalingGroupName, message.LifecycleActionToken,
                message.InstanceId, message.Destination,
                message.Time ?? throw new MalformedMessageException("Time", "is missing; allowed is an ISO 8601 time.")),
            fieldPrefix: "",
            options);
    }
}
