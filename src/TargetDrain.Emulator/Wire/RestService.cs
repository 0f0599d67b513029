namespace TargetDrain.Emulator.Wire;

/// <summary>One call of a REST service, as its method and path tell.</summary>
internal sealed record RestOperation(string Name, string Resource, Func<JsonObject> Run);

/// <summary>A service whose operations are methods and paths, with JSON bodies.</summary>
/// <param name="Find">The operation of a request; null when there is none.</param>
internal sealed record RestService(string Name, Func<WireRequest, RestOperation?> Find)
{
    public static WireResponse Answer(RestOperation operation, string requestId) => Response(200, operation.Run(), requestId, null);

    public static WireResponse Error(AwsErrorException error, string requestId) =>
        Response(error.Status, new JsonObject { ["Type"] = error.Status < 500 ? "User" : "Service", ["Message"] = error.Message }, requestId, error.Code);

    private static WireResponse Response(int status, JsonObject body, string requestId, string? error)
    {
        var headers = new Dictionary<string, string> { ["x-amzn-RequestId"] = requestId };
        if (error is not null) headers["x-amzn-ErrorType"] = error;
        return new WireResponse(status, "application/json", Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = headers };
    }
}
