using System.Collections.Concurrent;

namespace TargetDrain.Emulator.CloudWatch;

/// <summary>
/// The alarms of an account and the calls DescribeAlarms and SetAlarmState. There is no store of metrics: an alarm whose
/// metric can be measured here and now follows it, the others stay as they were set.
/// </summary>
internal sealed class AlarmBook(WorldOptions options, TimeProvider clock)
{
    private const int MostInPage = 100;
    private const int UsualPage = 50;
    private const string Ok = "OK";
    private const string Alarm = "ALARM";

    private readonly ConcurrentDictionary<string, MetricAlarm> alarms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AlarmState> states = new(StringComparer.Ordinal);
    private readonly DateTimeOffset created = clock.GetUtcNow();

    public IEnumerable<MetricAlarm> All => alarms.Values;

    public void Put(MetricAlarm alarm)
    {
        alarms[alarm.Name] = alarm;
        states[alarm.Name] = new AlarmState(Ok, "Unchecked: Initial alarm creation", clock.GetUtcNow());
    }

    public Task<JsonObject> InvokeAsync(string operation, JsonObject input, CancellationToken cancellationToken) => Task.FromResult(operation switch
    {
        "DescribeAlarms" => Describe(input),
        "SetAlarmState" => SetState(input),
        _ => throw new AwsErrorException("UnknownOperationException", $"The emulated CloudWatch has no operation {operation}."),
    });

    private JsonObject Describe(JsonObject input)
    {
        var names = (input["AlarmNames"] as JsonArray)?.Select(name => (string)name!).ToHashSet(StringComparer.Ordinal);
        var prefix = (string?)input["AlarmNamePrefix"];
        if (names is { Count: > 0 } && prefix is not null)
            throw new AwsErrorException("ValidationError", "AlarmNamePrefix and AlarmNames are mutually exclusive.");
        var types = (input["AlarmTypes"] as JsonArray)?.Select(type => (string)type!).ToHashSet(StringComparer.Ordinal) ?? [];
        var (state, action) = ((string?)input["StateValue"], (string?)input["ActionPrefix"]);
        var before = ListPage.Before((string?)input["NextToken"], () => new AwsErrorException("InvalidNextToken", "The next token specified is invalid."));
        var size = input["MaxRecords"] is { } most ? most.GetValue<int>() : names is { Count: > 0 } ? MostInPage : UsualPage;
        var found = alarms.Values.Where(_ => types.Count == 0 || types.Contains("MetricAlarm"))
            .Where(alarm => (names is not { Count: > 0 } || names.Contains(alarm.Name)) && (prefix is null || alarm.Name.StartsWith(prefix, StringComparison.Ordinal)))
            .Where(alarm => action is null || alarm.AlarmActions.Any(arn => arn.StartsWith(action, StringComparison.Ordinal)))
            .Select(alarm => (Alarm: alarm, State: StateOf(alarm))).Where(item => state is null || item.State.Value == state)
            .OrderBy(item => item.Alarm.Name, StringComparer.Ordinal);
        var answer = new ListPage(size, before, "NextToken").Answer("MetricAlarms", found.Select(item => (JsonNode)Write(item.Alarm, item.State)));
        answer["CompositeAlarms"] = new JsonArray();
        return answer;
    }

    private JsonObject SetState(JsonObject input)
    {
        var name = (string)input["AlarmName"]!;
        if (!alarms.TryGetValue(name, out var alarm)) throw new AwsErrorException("ResourceNotFound", $"Unknown alarm: {name}", 404);
        // Where the metric is measured, the next measurement sets it again, as in AWS.
        states[alarm.Name] = new AlarmState((string)input["StateValue"]!, (string)input["StateReason"]!, clock.GetUtcNow());
        return [];
    }

    private AlarmState StateOf(MetricAlarm alarm)
    {
        var state = states[alarm.Name];
        if (alarm.Measure?.Invoke() is not { } value) return state;
        var (words, isBreaching) = alarm.Comparison switch
        {
            "GreaterThanThreshold" => ("greater than", value > alarm.Threshold),
            "GreaterThanOrEqualToThreshold" => ("greater than or equal to", value >= alarm.Threshold),
            "LessThanThreshold" => ("less than", value < alarm.Threshold),
            _ => ("less than or equal to", value <= alarm.Threshold),
        };
        var now = isBreaching ? Alarm : Ok;
        if (now == state.Value) return state;
        var reason = string.Create(CultureInfo.InvariantCulture, $"Threshold Crossed: 1 datapoint [{value:0.0}] was {(isBreaching ? "" : "not ")}{words} the threshold ({alarm.Threshold:0.0}).");
        return states[alarm.Name] = new AlarmState(now, reason, clock.GetUtcNow());
    }

    private JsonObject Write(MetricAlarm alarm, AlarmState state)
    {
        var json = new JsonObject
        {
            ["AlarmName"] = alarm.Name,
            ["AlarmArn"] = options.Arn("cloudwatch", $"alarm:{alarm.Name}"),
            ["AlarmConfigurationUpdatedTimestamp"] = Seconds(created),
            ["ActionsEnabled"] = true,
            ["OKActions"] = Texts(alarm.OkActions),
            ["AlarmActions"] = Texts(alarm.AlarmActions),
            ["InsufficientDataActions"] = new JsonArray(),
            ["StateValue"] = state.Value,
            ["StateReason"] = state.Reason,
            ["StateUpdatedTimestamp"] = Seconds(state.Since),
            ["StateTransitionedTimestamp"] = Seconds(state.Since),
            ["MetricName"] = alarm.Metric.Name,
            ["Namespace"] = alarm.Metric.Namespace,
            ["Statistic"] = alarm.Statistic,
            ["Dimensions"] = new JsonArray([.. alarm.Metric.Dimensions.Select(pair => (JsonNode)new JsonObject { ["Name"] = pair.Key, ["Value"] = pair.Value })]),
            ["Period"] = alarm.Period,
            ["EvaluationPeriods"] = alarm.EvaluationPeriods,
            ["Threshold"] = alarm.Threshold,
            ["ComparisonOperator"] = alarm.Comparison,
        };
        if (alarm.Description is not null) json["AlarmDescription"] = alarm.Description;
        if (alarm.DatapointsToAlarm is { } points) json["DatapointsToAlarm"] = points;
        if (alarm.TreatMissingData is not null) json["TreatMissingData"] = alarm.TreatMissingData;
        return json;
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private static JsonArray Texts(IEnumerable<string> items) => [.. items.Select(item => (JsonNode)item)];
}
