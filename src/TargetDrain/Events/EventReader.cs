namespace TargetDrain.Events;

/// <summary>Decides what a message is, by its shape first and then by source and detail-type.</summary>
internal sealed class EventReader(DrainOptions options, TimeProvider clock)
{
    // SNS puts a message into a message, and a dead letter holds the whole invocation; nothing real nests deeper.
    private const int DeepestEnvelope = 5;
    private const char ByteOrderMark = '\uFEFF';

    /// <returns>Usually one; a request for several instances and an array of events are several.</returns>
    /// <exception cref="MalformedMessageException">
    /// The kind is known, its content is not understood; or it asks for an instance of elsewhere.
    /// </exception>
    public IReadOnlyList<ParsedMessage> Read(string body, FunctionLocation location, DateTimeOffset? sentAt = null)
    {
        try
        {
            return [.. ReadText(body, "$", new Origin(location, sentAt ?? clock.GetUtcNow()), depth: 0)];
        }
        // Half of a surrogate pair, written as an escape: good JSON to the parser, but no text.
        catch (InvalidOperationException exception)
        {
            throw new MalformedMessageException("$", "holds a string that is no Unicode text.", exception);
        }
    }

    /// <param name="field">Where the text stands, for errors.</param>
    private List<ParsedMessage> ReadText(string text, string field, Origin origin, int depth)
    {
        if (depth > DeepestEnvelope) throw new MalformedMessageException(field, $"nests deeper than {DeepestEnvelope} envelopes.");
        using var document = EventJson.Parse(text.TrimStart(ByteOrderMark), field);
        return [.. Read(document.RootElement, origin, depth)];
    }

    private List<ParsedMessage> Read(JsonElement root, Origin origin, int depth)
    {
        // EventBridge Pipes hands on its batch as an array.
        if (root.ValueKind == JsonValueKind.Array)
            return depth < DeepestEnvelope
                ? root.EnumerateArray().SelectMany(item => Read(item, origin, depth + 1)).ToList()
                : throw new MalformedMessageException("$", $"nests deeper than {DeepestEnvelope} envelopes.");
        if (root.ValueKind != JsonValueKind.Object)
            throw new MalformedMessageException("$", $"is a JSON {root.ValueKind}; allowed is an object.");
        if (root.TryGetProperty(DrainTicket.Mark, out _)) return [new ParsedMessage.Ticket(DrainTicket.Parse(root, clock.GetUtcNow()))];
        if (root.TryGetProperty("detail-type", out _)) return ReadEvent(root, origin);
        if (Subscription(root) is { } subscription) return [subscription];
        if (Contents(root) is { } contents) return contents.SelectMany(inner => ReadText(inner.Text, inner.Field, origin, depth + 1)).ToList();
        var notification = EventJson.Read(root, EventJson.Default.EventDetail);
        var parsed = LifecycleNotice.ReadNotification(notification, origin.SentAt, options);
        if (parsed is ParsedMessage.Notice) origin.Location.AdmitAccount(notification.AccountId, "AccountId", options);
        return [parsed];
    }

    /// <summary>What an envelope holds: SNS's own, a dead letter of an invocation, or an SQS record as Pipes hands it on.</summary>
    private static IEnumerable<(string Field, string Text)>? Contents(JsonElement root)
    {
        foreach (var name in (ReadOnlySpan<string>)["Message", "body"])
            if (root.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String) return [(name, text.GetString()!)];
        if (root.TryGetProperty("requestPayload", out var payload)) return [("requestPayload", payload.GetRawText())];
        return root.TryGetProperty("Records", out _)
            ? Envelope.Open(root).Select(message => ("Records[]", message.Body))
            : null;
    }

    private static ParsedMessage.Ignored? Subscription(JsonElement root) => TextOf(root, "Type") == "SubscriptionConfirmation"
        ? new("subscription", $"SNS topic {Require.Quote(TextOf(root, "TopicArn") ?? "")} wants its subscription confirmed: open {TextOf(root, "SubscribeURL")}", NeedsSomebody: true)
        : null;

    private List<ParsedMessage> ReadEvent(JsonElement root, Origin origin)
    {
        var (source, detailType) = (TextOf(root, "source"), TextOf(root, "detail-type"));
        var kind = EventKind.All.FirstOrDefault(kind => kind.Source == source && kind.DetailType == detailType);
        if (kind is null && source == Announcement.Source && Announcement.DetailTypes.Contains(detailType))
            return [new ParsedMessage.Ignored("own event", $"'{detailType}' is what this function says itself.")];
        if (kind is null)
            return [new ParsedMessage.Ignored("unknown", $"source '{Require.Quote(source ?? "")}', detail-type '{Require.Quote(detailType ?? "")}' is no kind of ours.")];
        if (kind == EventKind.Health) return [.. kind.Read(new EventDetail(), origin.SentAt, options)];
        var value = EventJson.Read(root, EventJson.Default.CloudWatchEventEventDetail);
        if (value.Detail is null) throw new MalformedMessageException("detail", "is missing; it holds what happened.");
        // A person may leave it out.
        var isTimeless = kind.Source == "target-drain" && !root.TryGetProperty("time", out _);
        var parsed = kind.Read(value.Detail, isTimeless ? origin.SentAt : Require.Time(value.Time, "time"), options).ToList();
        // What nobody acts on may come from anywhere, such as an organization's AWS Health events.
        if (parsed.Exists(message => message is ParsedMessage.Notice))
        {
            origin.Location.AdmitAccount(TextOf(root, "account"), "account", options);
            origin.Location.AdmitRegion(TextOf(root, "region"), "region", options);
        }
        return parsed;
    }

    public static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Where and when a message entered: what its text does not say itself.</summary>
    private sealed record Origin(FunctionLocation Location, DateTimeOffset SentAt);
}
