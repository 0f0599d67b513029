using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;

namespace TargetDrain.Events;

/// <summary>
/// "EC2 Instance Terminate Successful": Auto Scaling is done with the instance. A safety net for groups without a hook.
/// Schema: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
/// </summary>
internal sealed record TerminateSuccessfulEvent(
    [property: JsonPropertyName("EC2InstanceId")] string? InstanceId)
{
    public const string Source = "aws.autoscaling";
    public const string DetailType = "EC2 Instance Terminate Successful";

    public static ParsedMessage Read(CloudWatchEvent<TerminateSuccessfulEvent> envelope, DrainOptions options)
    {
        var id = Require.InstanceId(envelope.Detail.InstanceId, "detail.EC2InstanceId");
        return options.DrainOnTerminateSuccessful
            ? new ParsedMessage.Notice(new TerminationNotice(
                id, TerminationReason.TerminateSuccessful, Require.Time(envelope.Time, "time"), Certainty: TerminationCertainty.Final))
            : new ParsedMessage.Ignored("terminate successful", "DRAIN_ON_TERMINATE_SUCCESSFUL is off.");
    }
}
