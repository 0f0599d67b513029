using System.Text.Json.Nodes;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.Events;

/// <summary>The rules that came in through the API, each on the bus for as long as it is enabled.</summary>
internal sealed class RuleBook(EventBus bus, EventTargets targets)
{
    private readonly SortedDictionary<string, Rule> rules = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public JsonObject PutRule(JsonObject input)
    {
        var name = Text(input, "Name");
        var pattern = input["EventPattern"] is { } text
            ? EventPattern.Parse((string?)text ?? "")
            : throw new AwsErrorException(
                "ValidationException", "Parameter EventPattern is needed: the emulated EventBridge has no schedules.");
        lock (gate)
        {
            var known = rules.GetValueOrDefault(name)?.Targets ?? [];
            rules[name] = new Rule(name, pattern, (string?)input["State"] ?? "ENABLED", (string?)input["Description"], known);
            Place(rules[name]);
        }
        return new JsonObject { ["RuleArn"] = ArnOf(name) };
    }

    public JsonObject DescribeRule(JsonObject input) => (JsonObject)ToWire(Find(Text(input, "Name")));

    public JsonObject ListRules(JsonObject input)
    {
        var prefix = (string?)input["NamePrefix"] ?? "";
        lock (gate)
            return new JsonObject
            {
                ["Rules"] = new JsonArray([.. rules.Values.Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(ToWire)]),
            };
    }

    public JsonObject DeleteRule(JsonObject input)
    {
        var name = Text(input, "Name");
        lock (gate)
        {
            if (rules.TryGetValue(name, out var rule) && rule.Targets.Count > 0)
                throw new AwsErrorException("ValidationException", "Rule can't be deleted since it has targets.");
            rules.Remove(name);
            bus.Remove(ArnOf(name));
        }
        return [];
    }

    public JsonObject PutTargets(JsonObject input)
    {
        var failed = new JsonArray();
        lock (gate)
        {
            var rule = Find(Text(input, "Rule"));
            var kept = rule.Targets.ToDictionary(target => target.Id);
            foreach (var given in (input["Targets"] as JsonArray ?? []).OfType<JsonObject>())
            {
                var target = new EventTarget(Text(given, "Id"), Text(given, "Arn"), (string?)given["Input"], (string?)given["InputPath"]);
                var refusal = given.ContainsKey("InputTransformer") ? "The emulated EventBridge has no input transformers."
                    : targets.Find(target.Arn) is null ? $"Nothing that can be a target has the ARN {target.Arn}." : null;
                if (refusal is null) kept[target.Id] = target;
                else failed.Add((JsonNode)new JsonObject
                {
                    ["TargetId"] = target.Id, ["ErrorCode"] = "InvalidArgument", ["ErrorMessage"] = refusal,
                });
            }
            Place(rules[rule.Name] = rule with { Targets = [.. kept.Values] });
        }
        return new JsonObject { ["FailedEntryCount"] = failed.Count, ["FailedEntries"] = failed };
    }

    public JsonObject ListTargets(JsonObject input) =>
        new() { ["Targets"] = new JsonArray([.. Find(Text(input, "Rule")).Targets.Select(ToWire)]) };

    public JsonObject RemoveTargets(JsonObject input)
    {
        var ids = (input["Ids"] as JsonArray ?? []).Select(id => (string?)id).ToHashSet();
        lock (gate)
        {
            var rule = Find(Text(input, "Rule"));
            Place(rules[rule.Name] = rule with { Targets = [.. rule.Targets.Where(target => !ids.Contains(target.Id))] });
        }
        return new JsonObject { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    private void Place(Rule rule)
    {
        bus.Remove(ArnOf(rule.Name));
        if (rule.State != "DISABLED" && rule.Targets.Count > 0)
            bus.Add(new EventRule(ArnOf(rule.Name), rule.Pattern.Matches, body => Deliver(rule, body)));
    }

    private void Deliver(Rule rule, string body)
    {
        foreach (var target in rule.Targets) targets.Find(target.Arn)?.Invoke(target.InputFor(body));
    }

    private Rule Find(string name)
    {
        lock (gate)
            return rules.GetValueOrDefault(name)
                ?? throw new AwsErrorException("ResourceNotFoundException", $"Rule {name} does not exist on EventBus default.");
    }

    private JsonNode ToWire(Rule rule)
    {
        var json = new JsonObject
        {
            ["Name"] = rule.Name,
            ["Arn"] = ArnOf(rule.Name),
            ["EventPattern"] = rule.Pattern.Text,
            ["State"] = rule.State,
            ["EventBusName"] = "default",
        };
        if (rule.Description is not null) json["Description"] = rule.Description;
        return json;
    }

    private static JsonNode ToWire(EventTarget target)
    {
        var json = new JsonObject { ["Id"] = target.Id, ["Arn"] = target.Arn };
        if (target.Input is not null) json["Input"] = target.Input;
        if (target.InputPath is not null) json["InputPath"] = target.InputPath;
        return json;
    }

    private string ArnOf(string name) => $"arn:aws:events:{bus.Region}:{bus.Account}:rule/{name}";

    private static string Text(JsonObject input, string member) => (string?)input[member] is { Length: > 0 } text
        ? text
        : throw new AwsErrorException("ValidationException", $"Parameter {member} is not valid. Reason: Provided value is null or empty.");

    private sealed record Rule(
        string Name, EventPattern Pattern, string State, string? Description, IReadOnlyList<EventTarget> Targets);
}
