using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.Events;

/// <summary>The rules that came in through the API, each on the bus for as long as it is enabled.</summary>
internal sealed class RuleBook(EventBus bus, EventTargets targets)
{
    private const int MostTargets = 5;
    private const int MostTags = 50;

    private readonly SortedDictionary<string, Rule> rules = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public bool IsDefaultBus(string name) => name is "default" || name == $"arn:aws:events:{bus.Region}:{bus.Account}:event-bus/default";

    /// <exception cref="AwsErrorException">Another bus than the default one, which is the only one there is.</exception>
    public void CheckBus(string? name)
    {
        if (name is not null && !IsDefaultBus(name))
            throw new AwsErrorException("ResourceNotFoundException", $"Event bus {name} does not exist.");
    }

    public JsonObject PutRule(JsonObject input)
    {
        CheckBus(Optional(input, "EventBusName"));
        var name = Text(input, "Name");
        if (input["ScheduleExpression"] is not null) throw Violations.NotEmulated("ScheduleExpression", "PutRule");
        var pattern = input["EventPattern"] is { } text
            ? EventPattern.Parse((string?)text ?? "")
            : throw new AwsErrorException(
                "ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
        var tags = TagsOf(input["Tags"] as JsonArray);
        lock (gate)
        {
            var known = rules.GetValueOrDefault(name);
            rules[name] = new Rule(name, pattern, Optional(input, "State") ?? "ENABLED", Optional(input, "Description"), Optional(input, "RoleArn"), known?.Targets ?? [])
            {
                // Tags of a rule that is there already are left alone, as documented.
                Tags = known?.Tags ?? tags,
            };
            Place(rules[name]);
        }
        return new JsonObject { ["RuleArn"] = ArnOf(name) };
    }

    public JsonObject DescribeRule(JsonObject input) => (JsonObject)ToWire(Named(input, "Name"));

    public JsonObject ListRules(JsonObject input)
    {
        CheckBus(Optional(input, "EventBusName"));
        var prefix = Optional(input, "NamePrefix") ?? "";
        lock (gate)
            return Page(input, "Rules", rules.Values.Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(ToWire));
    }

    public JsonObject ListNamesByTarget(JsonObject input)
    {
        CheckBus(Optional(input, "EventBusName"));
        var arn = Text(input, "TargetArn");
        lock (gate)
            return Page(input, "RuleNames", rules.Values.Where(rule => rule.Targets.Any(target => target.Arn == arn)).Select(rule => (JsonNode)rule.Name));
    }

    public JsonObject SetState(JsonObject input, string to)
    {
        lock (gate)
        {
            var rule = Named(input, "Name");
            Place(rules[rule.Name] = rule with { State = to });
        }
        return [];
    }

    public JsonObject DeleteRule(JsonObject input)
    {
        CheckBus(Optional(input, "EventBusName"));
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
            var rule = Named(input, "Rule");
            var given = (input["Targets"] as JsonArray ?? []).OfType<JsonObject>().Select(target => new EventTarget(
                Text(target, "Id"), Text(target, "Arn"), Optional(target, "Input"), Optional(target, "InputPath"))).ToList();
            if (given.Select(target => target.Id).Distinct().Count() < given.Count)
                throw new AwsErrorException("ValidationException", "Target ids must be unique in a request.");
            foreach (var target in given) Check(target);
            var kept = rule.Targets.ToDictionary(target => target.Id);
            foreach (var target in given)
            {
                if (targets.Find(target.Arn) is not null) kept[target.Id] = target;
                else failed.Add((JsonNode)new JsonObject
                {
                    ["TargetId"] = target.Id, ["ErrorCode"] = "InvalidArgument", ["ErrorMessage"] = $"Nothing that can be a target has the ARN {target.Arn}.",
                });
            }
            if (kept.Count > MostTargets)
                throw new AwsErrorException("LimitExceededException", $"The requested resource exceeds the maximum number allowed: {MostTargets} targets per rule.");
            Place(rules[rule.Name] = rule with { Targets = [.. kept.Values] });
        }
        return new JsonObject { ["FailedEntryCount"] = failed.Count, ["FailedEntries"] = failed };
    }

    public JsonObject ListTargets(JsonObject input) => Page(input, "Targets", Named(input, "Rule").Targets.Select(ToWire));

    public JsonObject RemoveTargets(JsonObject input)
    {
        var ids = (input["Ids"] as JsonArray ?? []).Select(id => (string?)id).ToHashSet();
        lock (gate)
        {
            var rule = Named(input, "Rule");
            Place(rules[rule.Name] = rule with { Targets = [.. rule.Targets.Where(target => !ids.Contains(target.Id))] });
        }
        return new JsonObject { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    public JsonObject Tag(JsonObject input)
    {
        var (tags, added) = (ByArn(input).Tags, TagsOf(input["Tags"] as JsonArray));
        if (tags.Keys.Union(added.Keys).Count() > MostTags) throw new AwsErrorException("LimitExceededException", $"A resource can have {MostTags} tags.");
        foreach (var (key, value) in added) tags[key] = value;
        return [];
    }

    public JsonObject Untag(JsonObject input)
    {
        var tags = ByArn(input).Tags;
        foreach (var key in (input["TagKeys"] as JsonArray ?? []).Select(key => (string?)key).OfType<string>()) tags.Remove(key);
        return [];
    }

    public JsonObject ListTags(JsonObject input) => new()
    {
        ["Tags"] = new JsonArray([.. ByArn(input).Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]),
    };

    private static JsonObject Page(JsonObject input, string name, IEnumerable<JsonNode> found)
    {
        var after = 0;
        if (Optional(input, "NextToken") is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw new AwsErrorException("ValidationException", "Parameter NextToken is not valid. Reason: it was not given by this list.");
        var size = input["Limit"] is { } limit ? limit.GetValue<int>() : 100;
        var page = found.Skip(after).Take(size + 1).ToList();
        var answer = new JsonObject { [name] = new JsonArray([.. page.Take(size)]) };
        if (page.Count > size) answer["NextToken"] = (after + size).ToString(CultureInfo.InvariantCulture);
        return answer;
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

    private static void Check(EventTarget target)
    {
        if (target.Input is not null && target.InputPath is not null)
            throw new AwsErrorException("ValidationException", $"Only one of Input, InputPath, or InputTransformer must be provided for target {target.Id}.");
        if (target.InputPath?.StartsWith('$') == false) throw new AwsErrorException("ValidationException", $"Invalid InputPath for target {target.Id}.");
        if (!target.Arn.StartsWith("arn:", StringComparison.Ordinal))
            throw new AwsErrorException("ValidationException", $"Parameter {target.Arn} is not valid. Reason: Provided Arn is not in correct format.");
        if (target.Input is null) return;
        try { JsonNode.Parse(target.Input); }
        catch (JsonException) { throw new AwsErrorException("ValidationException", $"JSON syntax error in input for target {target.Id}."); }
    }

    private Rule Named(JsonObject input, string member)
    {
        CheckBus(Optional(input, "EventBusName"));
        var name = Text(input, member);
        lock (gate)
            return rules.GetValueOrDefault(name)
                ?? throw new AwsErrorException("ResourceNotFoundException", $"Rule {name} does not exist on EventBus default.");
    }

    private Rule ByArn(JsonObject input)
    {
        var arn = Text(input, "ResourceARN");
        lock (gate)
            return rules.Values.FirstOrDefault(rule => ArnOf(rule.Name) == arn)
                ?? throw new AwsErrorException("ResourceNotFoundException", $"Rule {arn.Split('/')[^1]} does not exist on EventBus default.");
    }

    private static Dictionary<string, string> TagsOf(JsonArray? given)
    {
        var tags = new Dictionary<string, string>();
        foreach (var tag in (given ?? []).OfType<JsonObject>())
            if (!tags.TryAdd(Text(tag, "Key"), Optional(tag, "Value") ?? ""))
                throw new AwsErrorException("ValidationException", $"The tag key {tag["Key"]} was specified more than once.");
        return tags;
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
        if (rule.RoleArn is not null) json["RoleArn"] = rule.RoleArn;
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

    private static string? Optional(JsonObject input, string member) => (string?)input[member];

    private static string Text(JsonObject input, string member) => (string?)input[member] is { Length: > 0 } text
        ? text
        : throw new AwsErrorException("ValidationException", $"Parameter {member} is not valid. Reason: Provided value is null or empty.");

    private sealed record Rule(
        string Name, EventPattern Pattern, string State, string? Description, string? RoleArn, IReadOnlyList<EventTarget> Targets)
    {
        public Dictionary<string, string> Tags { get; init; } = [];
    }
}
