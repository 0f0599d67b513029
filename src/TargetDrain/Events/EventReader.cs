using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.CloudWatchEvents;
using TargetDrain.Queue;

namespace TargetDrain.Events;

/// <summary>Decides what a message is, by its shape first and then by source and detail-type.</summary>
internal sealed class EventReader(DrainOptions options)
{
    // SNS puts a message into a message; nothing real nests deeper.
    private const int DeepestEnvelope = 3;

    /// <exception cref="MalformedMessageException">The kind is known, its content is not understood.</exception>
    public Reading Read(string body) => Read(body, depth: 0);

    private Reading Read(string body, int depth)
    {
        using var document = ParseJson(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new MalformedMessageException("$", $"is a JSON {root.ValueKind}; allowed is an object.");
        if (root.TryGetProperty(DrainTicket.Mark, out _)) return new Reading.Ticket(DrainTicket.Parse(root));
        if (root.TryGetProperty(DrainedNote.Mark, out _)) return new Reading.Note(DrainedNote.Parse(root));
        if (root.TryGetProperty("detail-type", out var detailType)) return ReadEvent(root, detailType);
        if (root.TryGetProperty("Message", out var message) && message.ValueKind == JsonValueKind.String)
        {
            return depth < DeepestEnvelope
                ? Read(message.GetString()!, depth + 1)
                : throw new MalformedMessageException("Message", $"nests deeper than {DeepestEnvelope} envelopes.");
        }
        return LifecycleNotification.Read(Deserialize(root, EventJson.Default.LifecycleNotification), options);
    }

    private Reading ReadEvent(JsonElement root, JsonElement detailType)
    {
        var source = root.TryGetProperty("source", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        var kind = detailType.ValueKind == JsonValueKind.String ? detailType.GetString() : null;
        return (source, kind) switch
        {
            (LifecycleActionEvent.Source, LifecycleActionEvent.DetailType) =>
                LifecycleActionEvent.Read(Event(root, EventJson.Default.CloudWatchEventLifecycleActionEvent), options),
            (StateChangeEvent.Source, StateChangeEvent.DetailType) =>
                StateChangeEvent.Read(Event(root, EventJson.Default.CloudWatchEventStateChangeEvent), options),
            (SpotInterruptionEvent.Source, SpotInterruptionEvent.DetailType) =>
                SpotInterruptionEvent.Read(Event(root, EventJson.Default.CloudWatchEventSpotInterruptionEvent)),
            (RebalanceRecommendationEvent.Source, RebalanceRecommendationEvent.DetailType) =>
                RebalanceRecommendationEvent.Read(Event(root, EventJson.Default.CloudWatchEventRebalanceRecommendationEvent), options),
            (TerminateSuccessfulEvent.Source, TerminateSuccessfulEvent.DetailType) =>
                TerminateSuccessfulEvent.Read(Event(root, EventJson.Default.CloudWatchEventTerminateSuccessfulEvent), options),
            (DrainInstanceEvent.Source, DrainInstanceEvent.DetailType) =>
                DrainInstanceEvent.Read(Event(root, EventJson.Default.CloudWatchEventDrainInstanceEvent)),
            (HealthEvent.Source, HealthEvent.DetailType) => HealthEvent.Ignored,
            _ => new Reading.Ignored("unknown", $"source '{source}', detail-type '{kind}' is no kind of ours."),
        };
    }

    private static CloudWatchEvent<T> Event<T>(JsonElement root, JsonTypeInfo<CloudWatchEvent<T>> type) where T : class
    {
        var value = Deserialize(root, type);
        if (value.Detail is null) throw new MalformedMessageException("detail", "is missing; it holds what happened.");
        if (value.Time == default) throw new MalformedMessageException("time", "is missing; allowed is an ISO 8601 time.");
        return value;
    }

    private static T Deserialize<T>(JsonElement root, JsonTypeInfo<T> type)
    {
        try
        {
            return root.Deserialize(type)!;
        }
        catch (JsonException exception)
        {
            throw new MalformedMessageException(FieldOf(exception), "has the wrong JSON type or format.", exception);
        }
    }

    private static JsonDocument ParseJson(string body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            throw new MalformedMessageException("$", "is not JSON; allowed is a JSON object.", exception);
        }
    }

    private static string FieldOf(JsonException exception) =>
        exception.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "$";
}
