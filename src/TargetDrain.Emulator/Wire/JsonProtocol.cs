namespace TargetDrain.Emulator.Wire;

/// <summary>Does one operation of a JSON service.</summary>
internal delegate Task<JsonObject> JsonOperation(string operation, JsonObject input, CancellationToken cancellationToken);

/// <summary>A service that speaks AWS JSON; SQS 1.0 with errors old Query clients can read, the others 1.1.</summary>
internal sealed record JsonService(string TargetPrefix, string Name, JsonOperation Invoke)
{
    private bool IsQueryCompatible => Name == "sqs";

    /// <summary>What inputs are held against; null lets everything through.</summary>
    public ServiceModel? Model { get; init; }

    private string ContentType => IsQueryCompatible ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";

    public static JsonObject Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            if (body.IsEmpty) return [];
            var input = JsonNode.Parse(body.Span) as JsonObject ?? throw Malformed("The body must be a JSON object.");
            // Names twice in one object come to light when it is first looked into.
            Visit(input);
            return input;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            throw Malformed(exception.Message);
        }
    }

    /// <summary>Takes over into the input what the request has elsewhere.</summary>
    public Action<string, JsonObject, WireRequest>? Carry { get; init; }

    public Task<JsonObject> RunAsync(string operation, JsonObject input, WireRequest request, CancellationToken cancellationToken)
    {
        // An operation the model does not have is refused by the service itself, in its own words.
        if (Model?.Operation(operation) is not null) ValueCheck.Json(Model, Name, operation, input);
        Carry?.Invoke(operation, input, request);
        return Invoke(operation, input, cancellationToken);
    }

    /// <summary>The ARN of the queue that a call to SQS names by its URL.</summary>
    public string ResourceOf(JsonObject input, WorldOptions options)
    {
        if (Name == "events") return options.Arn("events", "event-bus/default");
        var queue = Text(input["QueueUrl"])?.Split('/')[^1] ?? Text(input["QueueName"]);
        return queue is null ? "" : options.Arn(Name, queue);
    }

    public WireResponse Answer(JsonObject output, string requestId) => Response(200, output, requestId, []);

    public WireResponse Error(AwsErrorException error, string requestId)
    {
        var type = IsQueryCompatible ? $"com.amazonaws.sqs#{error.Code}" : error.Code;
        var body = new JsonObject { ["__type"] = type, ["message"] = error.Message };
        return IsQueryCompatible
            ? Response(error.Status, body, requestId, [new("x-amzn-query-error", $"{error.QueryCode};{error.Fault}")])
            : Response(error.Status, body, requestId, []);
    }

    private static AwsErrorException Malformed(string message) => new("SerializationException", message);

    private static void Visit(JsonNode? node)
    {
        if (node is JsonObject fields)
            foreach (var (_, value) in fields) Visit(value);
        else if (node is JsonArray list)
            foreach (var value in list) Visit(value);
        else if (node?.GetValueKind() == JsonValueKind.String)
            _ = node.GetValue<string>();
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private WireResponse Response(int status, JsonObject body, string requestId, IEnumerable<KeyValuePair<string, string>> headers) =>
        new(status, ContentType, Encoding.UTF8.GetBytes(body.ToJsonString()))
        {
            Headers = new Dictionary<string, string>(headers) { ["x-amzn-RequestId"] = requestId },
        };
}
