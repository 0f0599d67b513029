namespace TargetDrain.Emulator.Queues;

/// <summary>
/// The X-Ray header of messages: sent as a system attribute, or taken over from the header of the HTTP request. Lambda
/// follows chains of requests by it, tracing or not.
/// </summary>
internal static class TraceHeaders
{
    /// <exception cref="AwsErrorException">Another system attribute, or one that is no text.</exception>
    public static string? Read(JsonObject? given)
    {
        string? header = null;
        foreach (var (name, value) in given ?? [])
        {
            if (name != "AWSTraceHeader")
                throw SqsError.InvalidParameter($"Message system attribute name '{name}' is invalid. Only AWSTraceHeader can be sent.");
            if ((string?)value?["DataType"] != "String" || (string?)value["StringValue"] is not { Length: > 0 } text)
                throw SqsError.InvalidParameter("The message system attribute 'AWSTraceHeader' must be a non-empty String.");
            header = text;
        }
        return header;
    }

    /// <summary>Gives a request's own header to the messages it sends, unless they bring one.</summary>
    public static void Carry(string operation, JsonObject input, WireRequest request)
    {
        if (request.Header("X-Amzn-Trace-Id") is not { Length: > 0 } header) return;
        if (operation == "SendMessage") Stamp(input, header);
        else if (operation == "SendMessageBatch")
            foreach (var entry in (input["Entries"] as JsonArray ?? []).OfType<JsonObject>()) Stamp(entry, header);
    }

    private static void Stamp(JsonObject entry, string header)
    {
        if (entry["MessageSystemAttributes"] is not null) return;
        entry["MessageSystemAttributes"] = new JsonObject
        {
            ["AWSTraceHeader"] = new JsonObject { ["DataType"] = "String", ["StringValue"] = header },
        };
    }
}
