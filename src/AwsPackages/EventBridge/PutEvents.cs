using System.Text.Json;
using Amazon.EventBridge.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.EventBridge
{
    public partial interface IAmazonEventBridge
    {
        Task<PutEventsResponse> PutEventsAsync(PutEventsRequest request, CancellationToken cancellationToken = default);
    }

    public partial class AmazonEventBridgeClient
    {
        public virtual Task<PutEventsResponse> PutEventsAsync(PutEventsRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<PutEventsResponse>(request, PutEvents.Operation, cancellationToken);
    }

    internal static class PutEvents
    {
        public static readonly InvokeOptions Operation = JsonOperation.Define<PutEventsRequest, PutEventsResponse>(
            AmazonEventBridgeConfig.Traits, "AWSEvents.PutEvents",
            static (json, request) => json.List("Entries", request.Entries, Entry),
            static (json, response) =>
            {
                response.FailedEntryCount = json.Member("FailedEntryCount")?.GetInt32();
                if (json.Member("Entries") is { } entries) response.Entries = [.. entries.EnumerateArray().Select(Result)];
            });

        private static void Entry(Utf8JsonWriter json, PutEventsRequestEntry entry)
        {
            json.Text("Detail", entry.Detail);
            json.Text("DetailType", entry.DetailType);
            json.Text("Source", entry.Source);
        }

        private static PutEventsResultEntry Result(JsonElement json) =>
            new() { ErrorCode = json.Text("ErrorCode"), ErrorMessage = json.Text("ErrorMessage") };
    }
}

namespace Amazon.EventBridge.Model
{
    public class PutEventsRequest : AmazonEventBridgeRequest
    {
        /// <summary>1 to 10.</summary>
        public List<PutEventsRequestEntry> Entries { get; set; }
    }

    public class PutEventsRequestEntry
    {
        /// <summary>A JSON object, as text.</summary>
        public string Detail { get; set; }

        public string DetailType { get; set; }

        public string Source { get; set; }
    }

    public class PutEventsResponse : AmazonWebServiceResponse
    {
        /// <summary>One for each entry of the request, in its order.</summary>
        public List<PutEventsResultEntry> Entries { get; set; }

        public int? FailedEntryCount { get; set; }
    }

    public class PutEventsResultEntry
    {
        /// <summary>Set when the entry was not taken.</summary>
        public string ErrorCode { get; set; }

        public string ErrorMessage { get; set; }
    }
}
