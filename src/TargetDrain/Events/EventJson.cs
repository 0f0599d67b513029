using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Serialization.SystemTextJson.Converters;
using Amazon.Lambda.SNSEvents;
using Amazon.Lambda.SQSEvents;
using TargetDrain.Queue;

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
[JsonSerializable(typeof(CloudWatchEvent<LifecycleActionEvent>))]
[JsonSerializable(typeof(CloudWatchEvent<StateChangeEvent>))]
[JsonSerializable(typeof(CloudWatchEvent<SpotInterruptionEvent>))]
[JsonSerializable(typeof(CloudWatchEvent<RebalanceRecommendationEvent>))]
[JsonSerializable(typeof(CloudWatchEvent<TerminateSuccessfulEvent>))]
[JsonSerializable(typeof(CloudWatchEvent<DrainInstanceEvent>))]
[JsonSerializable(typeof(LifecycleNotification))]
[JsonSerializable(typeof(DrainTicket))]
[JsonSerializable(typeof(DrainedBroadcast))]
internal sealed partial class EventJson : JsonSerializerContext;
