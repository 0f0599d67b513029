using System.Text.Json;
using Amazon.EventBridge.Model;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.EventBridge;

/// <summary>Each operation's request members and answer fields.</summary>
internal static class EventBridgeOperations
{
    public static readonly InvokeOptions PutEvents = JsonOperation.Define<PutEventsRequest, PutEventsResponse>(
        AmazonEventBridgeConfig.Traits, "AWSEvents.PutEvents",
        static (json, request) => json.List("Entries", request.Entries, Entry),
        static (json, response) =>
        {
            response.FailedEntryCount = json.Member("FailedEntryCount")?.GetInt32();
            if (json.Member("Entries") is { } entries) response.Entries = [.. entries.EnumerateArray().Select(Result)];
        },
        new ErrorTable(static (m, e, t, c, r, s) => new AmazonEventBridgeException(m, e, t, c, r, s)));

    private static void Entry(Utf8JsonWriter json, PutEventsRequestEntry entry)
    {
        json.Text("Detail", entry.Detail);
        json.Text("DetailType", entry.DetailType);
        json.Text("EventBusName", entry.EventBusName);
        json.List("Resources", entry.Resources);
        json.Text("Source", entry.Source);
    }

    private static PutEventsResultEntry Result(JsonElement json) => new()
    {
        ErrorCode = json.Text("ErrorCode"), ErrorMessage = json.Text("ErrorMessage"), EventId = json.Text("EventId"),
    };
}
