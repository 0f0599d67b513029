using TargetDrain.Emulator.Events;

namespace TargetDrain.Emulator.Deployment;

/// <summary>
/// The rules of a template, as CloudFormation would put them: those of its own, and those that SAM makes of a function's
/// Schedule events.
/// </summary>
internal static class StackRules
{
    public static IEnumerable<StackRule> Of(StackTemplate template)
    {
        foreach (var (name, properties) in template.OfType("AWS::Events::Rule")) yield return Own(template, name, properties);
        foreach (var (function, properties) in template.OfType("AWS::Serverless::Function"))
            foreach (var (name, source) in properties["Events"] as JsonObject ?? [])
                if ((string?)source!["Type"] == "Schedule") yield return Scheduled(template, function, name, (JsonObject)source["Properties"]!);
    }

    /// <summary>Puts them. A target that cannot be one is an error, as in a stack.</summary>
    public static void Install(EventBridgeApi bus, IEnumerable<StackRule> rules)
    {
        foreach (var rule in rules)
        {
            bus.Book.PutRule(rule.PutRule);
            if (bus.Book.PutTargets(rule.PutTargets) is var answer && (int)answer["FailedEntryCount"]! > 0)
                throw new InvalidDataException($"The rule {rule.RuleName} cannot have its targets: {answer["FailedEntries"]!.ToJsonString()}");
        }
    }

    private static StackRule Own(StackTemplate template, string logicalId, JsonObject properties)
    {
        var name = (string?)properties["Name"] ?? template.PhysicalName(logicalId);
        var rule = new JsonObject { ["Name"] = name };
        foreach (var member in (string[])["ScheduleExpression", "State", "Description", "EventBusName", "RoleArn"])
            if (properties[member] is { } value) rule[member] = value.DeepClone();
        if (properties["EventPattern"] is { } pattern) rule["EventPattern"] = pattern.ToJsonString();
        return new StackRule(logicalId, rule, ToTargets(name, [.. (properties["Targets"] as JsonArray ?? []).Select(target => Counted((JsonObject)target!.DeepClone()))]));
    }

    private static StackRule Scheduled(StackTemplate template, string function, string source, JsonObject properties)
    {
        // SAM's logical id for it.
        var logicalId = $"{function}{source}";
        var name = (string?)properties["Name"] ?? template.PhysicalName(logicalId);
        var rule = new JsonObject
        {
            ["Name"] = name, ["ScheduleExpression"] = properties["Schedule"]!.DeepClone(),
            ["State"] = (string?)properties["State"] ?? ((string?)properties["Enabled"] == "false" ? "DISABLED" : "ENABLED"),
        };
        if (properties["Description"] is { } description) rule["Description"] = description.DeepClone();
        var target = new JsonObject { ["Id"] = $"{logicalId}LambdaTarget", ["Arn"] = template.Arn(function) };
        foreach (var member in (string[])["Input", "DeadLetterConfig", "RetryPolicy"])
            if (properties[member] is { } value) target[member] = value.DeepClone();
        return new StackRule(logicalId, rule, ToTargets(name, Counted(target)));
    }

    private static JsonObject ToTargets(string rule, params JsonNode[] targets) => new() { ["Rule"] = rule, ["Targets"] = new JsonArray(targets) };

    private static JsonObject Counted(JsonObject target)
    {
        if (target["RetryPolicy"] is JsonObject policy)
            target["RetryPolicy"] = new JsonObject(policy.Select(limit => KeyValuePair.Create(limit.Key, (JsonNode?)StackTemplate.Whole(limit.Value))));
        return target;
    }
}
