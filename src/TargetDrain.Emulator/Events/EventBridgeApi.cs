namespace TargetDrain.Emulator.Events;

/// <summary>
/// EventBridge as its JSON protocol has it, version 2015-10-07, on the default bus. Unlike the live service it takes
/// events of any source, "aws.*" included: this is how a test plays AWS.
/// </summary>
internal sealed class EventBridgeApi(EventBus bus, EventTargets targets, TimeProvider clock)
{
    private const int EntriesLimit = 1_048_576;

    internal RuleBook Book { get; } = new(bus, targets, clock);

    public Task<JsonObject> InvokeAsync(string operation, JsonObject input, CancellationToken cancellationToken) => Task.FromResult(operation switch
    {
        "PutEvents" => PutEvents(input),
        "PutRule" => Book.PutRule(input),
        "DescribeRule" => Book.DescribeRule(input),
        "ListRules" => Book.ListRules(input),
        "DeleteRule" => Book.DeleteRule(input),
        "EnableRule" => Book.SetState(input, "ENABLED"),
        "DisableRule" => Book.SetState(input, "DISABLED"),
        "ListRuleNamesByTarget" => Book.ListNamesByTarget(input),
        "ListEventBuses" => ListBuses(input),
        "DescribeEventBus" => DescribeBus(input),
        "TagResource" => Book.Tag(input),
        "UntagResource" => Book.Untag(input),
        "ListTagsForResource" => Book.ListTags(input),
        "PutTargets" => Book.PutTargets(input),
        "ListTargetsByRule" => Book.ListTargets(input),
        "RemoveTargets" => Book.RemoveTargets(input),
        "TestEventPattern" => TestEventPattern(input),
        _ => throw new AwsErrorException("UnknownOperationException", $"The emulated EventBridge has no operation {operation}."),
    });

    private JsonObject ListBuses(JsonObject input)
    {
        var isShown = "default".StartsWith((string?)input["NamePrefix"] ?? "", StringComparison.Ordinal);
        return new JsonObject { ["EventBuses"] = isShown ? new JsonArray(Bus()) : [] };
    }

    private JsonObject DescribeBus(JsonObject input)
    {
        Book.CheckBus((string?)input["Name"]);
        return Bus();
    }

    private JsonObject Bus() => new() { ["Name"] = "default", ["Arn"] = bus.Arn("event-bus/default") };

    private JsonObject PutEvents(JsonObject input)
    {
        if (input["EndpointId"] is not null) throw Violations.NotEmulated("EndpointId", "PutEvents");
        var entries = (input["Entries"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (entries.Count is < 1 or > 10)
            throw new AwsErrorException(
                "ValidationException",
                $"1 validation error detected: Value at 'entries' failed to satisfy constraint: it must have 1 to 10 members, not {entries.Count}");
        if (entries.Sum(Size) > EntriesLimit)
            throw new AwsErrorException("ValidationException", "Total size of the entries in the request is over the limit.");
        foreach (var entry in entries) _ = Time(entry["Time"]);
        if (entries.Exists(entry => entry["TraceHeader"] is not null)) throw Violations.NotEmulated("Entries.TraceHeader", "PutEvents");
        var results = entries.Select(Put).ToList();
        return new JsonObject
        {
            ["FailedEntryCount"] = results.Count(result => result.ContainsKey("ErrorCode")),
            ["Entries"] = new JsonArray([.. results]),
        };
    }

    private JsonObject Put(JsonObject entry)
    {
        foreach (var member in (string[])["Source", "DetailType", "Detail"])
            if (string.IsNullOrEmpty((string?)entry[member]))
                return Failed("InvalidArgument", $"Parameter {member} is not valid. Reason: {member} is a required argument.");
        if ((string?)entry["EventBusName"] is { } name && !Book.IsDefaultBus(name))
            return Failed("InvalidArgument", $"Parameter EventBusName is not valid. Reason: Event bus {name} does not exist.");
        if (ParseDetail((string)entry["Detail"]!) is not { } detail) return Failed("MalformedDetail", "Detail is malformed.");
        var id = bus.Publish(
            (string)entry["Source"]!, (string)entry["DetailType"]!, detail,
            (entry["Resources"] as JsonArray ?? []).Select(resource => (string?)resource ?? ""), Time(entry["Time"]));
        return new JsonObject { ["EventId"] = id };
    }

    /// <summary>Seconds since 1970 by the protocol; some clients send text.</summary>
    private DateTimeOffset Time(JsonNode? time) => time?.GetValueKind() switch
    {
        JsonValueKind.Number when time.GetValue<double>() is >= 0 and < 253_402_300_800 => DateTimeOffset.UnixEpoch.AddSeconds(time.GetValue<double>()),
        JsonValueKind.String when DateTimeOffset.TryParse(
            time.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) => parsed,
        null => clock.GetUtcNow(),
        _ => throw new AwsErrorException("SerializationException", $"'{time}' is no time."),
    };

    private static JsonObject TestEventPattern(JsonObject input)
    {
        var pattern = EventPattern.Parse((string?)input["EventPattern"] ?? "");
        var envelope = ParseDetail((string?)input["Event"] ?? "")
            ?? throw new AwsErrorException("ValidationException", "Parameter Event is not valid. Reason: it must be a JSON object.");
        foreach (var member in (string[])["id", "detail-type", "source", "account", "time", "region", "resources"])
            if (!envelope.ContainsKey(member))
                throw new AwsErrorException("ValidationException", $"Parameter Event is not valid. Reason: {member} is a required field.");
        return new JsonObject { ["Result"] = pattern.Matches(envelope) };
    }

    private static JsonObject? ParseDetail(string json)
    {
        try { return JsonNode.Parse(json) as JsonObject; }
        catch (JsonException) { return null; }
    }

    private static long Size(JsonObject entry)
    {
        var texts = ((string?[])[(string?)entry["Source"], (string?)entry["DetailType"], (string?)entry["Detail"]])
            .Concat((entry["Resources"] as JsonArray ?? []).Select(resource => (string?)resource));
        return texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text ?? "")) + (entry.ContainsKey("Time") ? 14 : 0);
    }

    private static JsonObject Failed(string code, string message) => new() { ["ErrorCode"] = code, ["ErrorMessage"] = message };
}
