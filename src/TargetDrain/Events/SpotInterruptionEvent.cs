using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;

namespace TargetDrain.Events;

/// <summary>
/// "EC2 Spot Instance Interruption Warning": two minutes are left (none for hibernate). The instance id is taken from
/// the detail; the ARN in resources names a zone where the region belongs.
/// Schema: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
/// </summary>
internal sealed record SpotInterruptionEvent(
    [property: JsonPropertyName("instance-id")] string? InstanceId,
    [property: JsonPropertyName("instance-action")] string? InstanceAction)
{
    public const string Source = "aws.ec2";
    public const string DetailType = "EC2 Spot Instance Interruption Warning";

    private const string Terminate = "terminate";

    // Stop and hibernate end its service as well, but it can come back.
    public static ParsedMessage Read(CloudWatchEvent<SpotInterruptionEvent> envelope) =>
        new ParsedMessage.Notice(new TerminationNotice(
            Require.InstanceId(envelope.Detail.InstanceId, "detail.instance-id"),
            TerminationReason.SpotInterruption,
            Require.Time(envelope.Time, "time"),
            Certainty: envelope.Detail.InstanceAction == Terminate ? TerminationCertainty.Announced : TerminationCertainty.Reversible));
}
