using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Serialization.SystemTextJson.Converters;
using Amazon.Lambda.SNSEvents;
using Amazon.Lambda.SQSEvents;
using TargetDrain.Reconcile;

namespace TargetDrain.Events;

/// <summary>Every JSON shape that comes in or goes out, compiled.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    // Messages may carry binary attributes, as base64.
    Converters = [typeof(MemoryStreamConverter)])]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SNSEvent))]
[JsonSerializable(typeof(SNSEvent.MessageAttribute), TypeInfoPropertyName = "SnsMessageAttribute")]
[JsonSerializable(typeof(SQSBatchResponse))]
[JsonSerializable(typeof(CloudWatchEvent<EventDetail>))]
[JsonSerializable(typeof(EventDetail))]
[JsonSerializable(typeof(DrainTicket))]
[JsonSerializable(typeof(Bulletin))]
[JsonSerializable(typeof(Baton))]
internal sealed partial class EventJson : JsonSerializerContext
{
    /// <param name="field">Where the text stands, for errors.</param>
    /// <exception cref="MalformedMessageException">It is not JSON.</exception>
    public static JsonDocument Parse(string text, string field)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        // The other one: half of a surrogate pair among the characters.
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new MalformedMessageException(field, "is not JSON; allowed is a JSON object.", exception);
        }
    }

    /// <exception cref="MalformedMessageException">Names the field that is of another type.</exception>
    public static T Read<T>(JsonElement root, JsonTypeInfo<T> type)
    {
        try
        {
            return root.Deserialize(type)!;
        }
        catch (JsonException exception)
        {
            var path = exception.Path is { Length: > 2 } known && known.StartsWith("$.", StringComparison.Ordinal) ? known[2..] : "$";
            throw new MalformedMessageException(path, "has the wrong JSON type or format.", exception);
        }
    }
}
