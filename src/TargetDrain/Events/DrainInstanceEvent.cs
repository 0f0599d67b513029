using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;

namespace TargetDrain.Events;

/// <summary>"Drain Instance": an operator asks for it. Our own event; the detail holds the instance id alone. A person
/// who writes it by hand, straight into the queue, may leave out all but source, detail-type and detail.</summary>
internal sealed record DrainInstanceEvent(
    [property: JsonPropertyName("instance-id")] string? InstanceId)
{
    public const string Source = "target-drain";
    public const string DetailType = "Drain Instance";

    public static Reading Read(CloudWatchEvent<DrainInstanceEvent> envelope) =>
        new Reading.Notice(new TerminationNotice(
            Require.InstanceId(envelope.Detail.InstanceId, "detail.instance-id"),
            TerminationReason.OperatorRequest,
            EventTime.Of(envelope.Time)));
}
