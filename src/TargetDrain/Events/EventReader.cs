using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.CloudWatchEvents;
using TargetDrain.Queue;

namespace TargetDrain.Events;

/// <summary>Decides what a message is, by its shape first and then by source and detail-type.</summary>
internal sealed class EventReader(DrainOptions options, TimeProvider clock)
{
    // SNS puts a message into a message; nothing real nests deeper.
    private const int DeepestEnvelope = 3;

    /// <exception cref="MalformedMessageException">
    /// The kind is known, its content is not understood; or it asks for an instance of elsewhere.
    /// </exception>
    public Reading Read(string body, EventHome home)
    {
        try
        {
            return Read(body, home, depth: 0);
        }
        // Half of a surrogate pair, written as an escape: good JSON to the parser, but no text.
        catch (InvalidOperationException exception)
        {
            throw new MalformedMessageException("$", "holds a string that is no Unicode text.", exception);
        }
    }

    private Reading Read(string body, EventHome home, int depth)
    {
        using var document = ParseJson(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new MalformedMessageException("$", $"is a JSON {root.ValueKind}; allowed is an object.");
        if (root.TryGetProperty(DrainTicket.Mark, out _)) return ReadTicket(root, home);
        if (root.TryGetProperty(DrainedNote.Mark, out _)) return new Reading.Note(DrainedNote.Parse(root));
        if (root.TryGetProperty("detail-type", out var detailType)) return ReadEvent(root, detailType, home);
        if (root.TryGetProperty("Message", out var message) && message.ValueKind == JsonValueKind.String)
        {
            return depth < DeepestEnvelope
                ? Read(message.GetString()!, home, depth + 1)
                : throw new MalformedMessageException("Message", $"nests deeper than {DeepestEnvelope} envelopes.");
        }
        var notification = Deserialize(root, EventJson.Default.LifecycleNotification);
        var reading = LifecycleNotification.Read(notification, options);
        if (reading is Reading.Notice) home.Admit(notification.AccountId, "AccountId", region: null, "", options);
        return reading;
    }

    // Whoever can send to the queue can write a ticket: it names nothing that our own tickets would not.
    private Reading.Ticket ReadTicket(JsonElement root, EventHome home)
    {
        var ticket = DrainTicket.Parse(root);
        foreach (var hook in ticket.Actions.Select(action => action.HookName))
            if (!options.LifecycleHookNames.Contains(hook))
                throw new MalformedMessageException("actions.hook", $"is '{Require.Quote(hook)}'; allowed are the hooks in LIFECYCLE_HOOK_NAMES.");
        foreach (var group in ticket.Groups) home.RequireOwn(group.Arn, "groups.arn");
        return new Reading.Ticket(ticket);
    }

    private Reading ReadEvent(JsonElement root, JsonElement detailType, EventHome home)
    {
        var reading = ReadKind(root, TextOf(root, "source"), detailType.ValueKind == JsonValueKind.String ? detailType.GetString() : null);
        // What nobody acts on may come from anywhere, such as an organization's AWS Health events.
        if (reading is Reading.Notice) home.Admit(TextOf(root, "account"), "account", TextOf(root, "region"), "region", options);
        return reading;
    }

    private Reading ReadKind(JsonElement root, string? source, string? kind) => (source, kind) switch
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
            DrainInstanceEvent.Read(Event(root, EventJson.Default.CloudWatchEventDrainInstanceEvent, clock.GetUtcNow().UtcDateTime)),
        (HealthEvent.Source, HealthEvent.DetailType) => HealthEvent.Ignored,
        _ => new Reading.Ignored("unknown", $"source '{Require.Quote(source ?? "")}', detail-type '{Require.Quote(kind ?? "")}' is no kind of ours."),
    };

    /// <param name="otherwise">Taken for the time when there is none; null when there must be one.</param>
    private static CloudWatchEvent<T> Event<T>(
        JsonElement root, JsonTypeInfo<CloudWatchEvent<T>> type, DateTime? otherwise = null) where T : class
    {
        var value = Deserialize(root, type);
        if (value.Detail is null) throw new MalformedMessageException("detail", "is missing; it holds what happened.");
        if (value.Time == default)
            value.Time = otherwise ?? throw new MalformedMessageException("time", "is missing; allowed is an ISO 8601 time.");
        return value;
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

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
        // The other one: half of a surrogate pair among the characters themselves.
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new MalformedMessageException("$", "is not JSON; allowed is a JSON object.", exception);
        }
    }

    private static string FieldOf(JsonException exception) =>
        exception.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "$";
}
