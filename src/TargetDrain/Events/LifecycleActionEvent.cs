using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;

namespace TargetDrain.Events;

/// <summary>
/// "EC2 Instance-terminate Lifecycle Action": a terminating hook waits. Also sent when an instance returns to a warm pool, and
/// before its root volume is replaced.
/// Schema: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
/// </summary>
internal sealed record LifecycleActionEvent(
    [property: JsonPropertyName("LifecycleActionToken")] string? LifecycleActionToken,
    [property: JsonPropertyName("AutoScalingGroupName")] string? AutoScalingGroupName,
    [property: JsonPropertyName("LifecycleHookName")] string? LifecycleHookName,
    [property: JsonPropertyName("EC2InstanceId")] string? InstanceId,
    [property: JsonPropertyName("LifecycleTransition")] string? LifecycleTransition,
    [property: JsonPropertyName("Destination")] string? Destination,
    [property: JsonPropertyName("Action")] string? Action)
{
    public const string Source = "aws.autoscaling";
    public const string DetailType = "EC2 Instance-terminate Lifecycle Action";

    public static ParsedMessage Read(CloudWatchEvent<LifecycleActionEvent> envelope, DrainOptions options)
    {
        var detail = envelope.Detail;
        return LifecycleTransitions.Read(
            new(detail.LifecycleTransition, detail.LifecycleHookName, detail.AutoScalingGroupName, detail.LifecycleActionToken,
                detail.InstanceId, detail.Destination, detail.Action, Require.Time(envelope.Time, "time")),
            fieldPrefix: "detail.",
            options);
    }
}
