namespace TargetDrain.Local.Accounts;

// What Lambda, EventBridge and CloudWatch answer, as far as it is looked at. Members that AWS may leave out are null.

/// <summary>GetFunctionConfiguration, docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html.</summary>
/// <param name="Timeout">In seconds.</param>
/// <param name="State">Pending, Active, Inactive or Failed.</param>
/// <param name="LastUpdateStatus">Successful, InProgress or Failed.</param>
internal sealed record FunctionConfiguration(
    [property: JsonPropertyName("FunctionName")] string FunctionName,
    [property: JsonPropertyName("Timeout")] int? Timeout,
    [property: JsonPropertyName("State")] string? State,
    [property: JsonPropertyName("StateReason")] string? StateReason,
    [property: JsonPropertyName("LastUpdateStatus")] string? LastUpdateStatus,
    [property: JsonPropertyName("LastUpdateStatusReason")] string? LastUpdateStatusReason,
    [property: JsonPropertyName("Environment")] FunctionEnvironment? Environment);

internal sealed record FunctionEnvironment([property: JsonPropertyName("Variables")] Dictionary<string, string>? Variables);

internal sealed record FunctionConcurrency([property: JsonPropertyName("ReservedConcurrentExecutions")] int? Reserved);

internal sealed record RecursionSetting([property: JsonPropertyName("RecursiveLoop")] string? RecursiveLoop);

internal sealed record EventSourceList(
    [property: JsonPropertyName("EventSourceMappings")] List<EventSource>? Sources, [property: JsonPropertyName("NextMarker")] string? Next);

internal sealed record EventSource(
    [property: JsonPropertyName("UUID")] string Id,
    [property: JsonPropertyName("EventSourceArn")] string? QueueArn,
    [property: JsonPropertyName("FunctionArn")] string? FunctionArn,
    [property: JsonPropertyName("State")] string? State);

internal sealed record RuleList([property: JsonPropertyName("Rules")] List<DeployedRule>? Rules, [property: JsonPropertyName("NextToken")] string? Next);

internal sealed record DeployedRule(
    [property: JsonPropertyName("Name")] string Name,
    [property: JsonPropertyName("State")] string? State,
    [property: JsonPropertyName("EventPattern")] string? EventPattern)
{
    [JsonIgnore]
    public bool IsEnabled => State?.StartsWith("ENABLED", StringComparison.Ordinal) == true;
}

internal sealed record RuleTargetList([property: JsonPropertyName("Targets")] List<RuleTarget>? Targets);

internal sealed record RuleTarget([property: JsonPropertyName("Arn")] string Arn);

internal sealed record AlarmList([property: JsonPropertyName("MetricAlarms")] List<DeployedAlarm>? Alarms, [property: JsonPropertyName("NextToken")] string? Next);

/// <param name="State">OK, ALARM or INSUFFICIENT_DATA.</param>
internal sealed record DeployedAlarm(
    [property: JsonPropertyName("AlarmName")] string Name,
    [property: JsonPropertyName("AlarmDescription")] string? Description,
    [property: JsonPropertyName("StateValue")] string State,
    [property: JsonPropertyName("StateReason")] string? Reason,
    [property: JsonPropertyName("AlarmActions")] List<string>? Actions);

internal sealed record ErrorBody(
    [property: JsonPropertyName("__type")] string? Type,
    [property: JsonPropertyName("message")] string? Message,
    [property: JsonPropertyName("Message")] string? CapitalMessage);

/// <summary>A request: what is not said is left out.</summary>
internal sealed record ListRequest
{
    [JsonPropertyName("Rule")]
    public string? Rule { get; init; }

    [JsonPropertyName("AlarmNames")]
    public IReadOnlyList<string>? AlarmNames { get; init; }

    [JsonPropertyName("MaxRecords")]
    public int? MaxRecords { get; init; }

    [JsonPropertyName("NextToken")]
    public string? NextToken { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FunctionConfiguration))]
[JsonSerializable(typeof(FunctionConcurrency))]
[JsonSerializable(typeof(RecursionSetting))]
[JsonSerializable(typeof(EventSourceList))]
[JsonSerializable(typeof(RuleList))]
[JsonSerializable(typeof(RuleTargetList))]
[JsonSerializable(typeof(AlarmList))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ListRequest))]
internal sealed partial class InstallationJson : JsonSerializerContext;
