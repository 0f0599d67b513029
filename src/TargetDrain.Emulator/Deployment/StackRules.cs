using System.Globalization;
using System.Text.Json.Nodes;
using TargetDrain.Emulator.Events;

namespace TargetDrain.Emulator.Deployment;

/// <summary>
/// The rules of a template, as CloudFormation would put them: those of its own, and those that SAM makes of a function's
/// Schedule events.
/// </summary>
internal static class StackRules
{
    /// <summary>The inputs of PutRule and PutTargets.</summary>
    public static IEnumerable<(JsonObject Rule, JsonObject Targets)> Of(StackTemplate template)
    {
        foreach (var (name, properties) in template.OfType("AWS::Events::Rule")) yield return (Rule(name, properties), Targets(name, properties));
        foreach (var (function, properties) in template.OfType("AWS::Serverless::Function"))
            foreach (var (name, source) in properties["Events"] as JsonObject ?? [])
                if ((string?)source!["Type"] == "Schedule") yield return Scheduled(template.Arn(function), function, name, (JsonObject)source["Properties"]!);
    }

    /// <summary>Puts them. A rule whose targets are not there is an error, as in a stack.</summary>
    public static void Install(RuleBook rules, IEnumerable<(JsonObject Rule, JsonObject Targets)> stackRules)
    {
        foreach (var (rule, targets) in stackRules)
        {
            rules.PutRule(rule);
            if (rules.PutTargets(targets) is var answer && (int)answer["FailedEntryCount"]! > 0)
                throw new InvalidDataException($"The rule {rule["Name"]} cannot have its targets: {answer["FailedEntries"]!.ToJsonString()}");
        }
    }

    private static JsonObject Rule(string name, JsonObject properties)
    {
        var rule = new JsonObject { ["Name"] = (string?)properties["Name"] ?? name };
        foreach (var member in (string[])["ScheduleExpression", "State", "Description", "EventBusName"])
            if (properties[member] is { } value) rule[member] = value.DeepClone();
        if (properties["EventPattern"] is { } pattern) rule["EventPattern"] = pattern.ToJsonString();
        return rule;
    }

    private static JsonObject Targets(string name, JsonObject properties) => new()
    {
        ["Rule"] = (string?)properties["Name"] ?? name,
        ["Targets"] = new JsonArray([.. (properties["Targets"] as JsonArray ?? []).Select(target => Counted((JsonObject)target!.DeepClone()))]),
    };

    /// <summary>A template's numbers are read as text.</summary>
    private static JsonObject Counted(JsonObject target)
    {
        if (target["RetryPolicy"] is JsonObject policy)
            target["RetryPolicy"] = new JsonObject(policy.Select(limit => KeyValuePair.Create(limit.Key, (JsonNode?)int.Parse((string)limit.Value!, CultureInfo.InvariantCulture))));
        return target;
    }

    private static (JsonObject Rule, JsonObject Targets) Scheduled(string functionArn, string function, string name, JsonObject properties)
    {
        var rule = new JsonObject
        {
            // SAM's logical id for it.
            ["Name"] = (string?)properties["Name"] ?? $"{function}{name}",
            ["ScheduleExpression"] = properties["Schedule"]!.DeepClone(),
            ["State"] = (string?)properties["State"] ?? ((string?)properties["Enabled"] == "false" ? "DISABLED" : "ENABLED"),
        };
        var target = new JsonObject { ["Id"] = $"{function}{name}LambdaTarget", ["Arn"] = functionArn };
        foreach (var member in (string[])["Input", "DeadLetterConfig", "RetryPolicy"])
            if (properties[member] is { } value) target[member] = value.DeepClone();
        return (rule, new JsonObject { ["Rule"] = rule["Name"]!.DeepClone(), ["Targets"] = new JsonArray((JsonNode)Counted(target)) });
    }
}
