using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;

namespace TargetDrain.Events;

/// <summary>"Drain Instance": an operator asks for it. Our own event; the detail holds one instance id or several. A person
/// who writes it by hand, straight into the queue, may leave out all but source, detail-type and detail.</summary>
internal sealed record DrainInstanceEvent(
    [property: JsonPropertyName("instance-id")] string? InstanceId,
    [property: JsonPropertyName("instance-ids")] IReadOnlyList<string?>? InstanceIds)
{
    public const string Source = "target-drain";
    public const string DetailType = "Drain Instance";

    public static IEnumerable<ParsedMessage> Read(CloudWatchEvent<DrainInstanceEvent> envelope)
    {
        var time = Require.Time(envelope.Time, "time");
        if (envelope.Detail.InstanceId is not null || envelope.Detail.InstanceIds is not { Count: > 0 } ids)
            return [Notice(envelope.Detail.InstanceId, "detail.instance-id", time)];
        return [.. ids.Select(id => Notice(id, "detail.instance-ids", time))];
    }

    private static ParsedMessage.Notice Notice(string? id, string field, DateTimeOffset time) =>
        new(new TerminationNotice(Require.InstanceId(id, field), TerminationReason.OperatorRequest, time));
}
