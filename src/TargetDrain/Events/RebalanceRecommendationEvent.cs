using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;

namespace TargetDrain.Events;

/// <summary>
/// "EC2 Instance Rebalance Recommendation": the Spot instance is at risk, not yet dying. Acted on only when asked to.
/// Schema: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/rebalance-recommendations.html
/// </summary>
internal sealed record RebalanceRecommendationEvent(
    [property: JsonPropertyName("instance-id")] string? InstanceId)
{
    public const string Source = "aws.ec2";
    public const string DetailType = "EC2 Instance Rebalance Recommendation";

    public static ParsedMessage Read(CloudWatchEvent<RebalanceRecommendationEvent> envelope, DrainOptions options)
    {
        var id = Require.InstanceId(envelope.Detail.InstanceId, "detail.instance-id");
        return options.DrainOnRebalance
            ? new ParsedMessage.Notice(new TerminationNotice(id, TerminationReason.RebalanceRecommendation, Require.Time(envelope.Time, "time")))
            : new ParsedMessage.Ignored("rebalance", "DRAIN_ON_REBALANCE is off.");
    }
}
