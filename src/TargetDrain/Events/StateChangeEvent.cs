using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;

namespace TargetDrain.Events;

/// <summary>
/// "EC2 Instance State-change Notification": the instance entered another state, whoever caused it.
/// Schema: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html
/// </summary>
internal sealed record StateChangeEvent(
    [property: JsonPropertyName("instance-id")] string? InstanceId,
    [property: JsonPropertyName("state")] string? State)
{
    public const string Source = "aws.ec2";
    public const string DetailType = "EC2 Instance State-change Notification";

    public static ParsedMessage Read(CloudWatchEvent<StateChangeEvent> envelope, DrainOptions options)
    {
        var state = Require.Text(envelope.Detail.State, "detail.state");
        if (!options.InstanceStates.Contains(state))
            return new ParsedMessage.Ignored("other state", $"state '{Require.Quote(state)}' is not in INSTANCE_STATES.");
        return new ParsedMessage.Notice(new TerminationNotice(
            Require.InstanceId(envelope.Detail.InstanceId, "detail.instance-id"),
            TerminationReason.StateChange,
            Require.Time(envelope.Time, "time"),
            Certainty: state is "shutting-down" or "terminated" ? TerminationCertainty.Final : TerminationCertainty.Reversible));
    }
}
