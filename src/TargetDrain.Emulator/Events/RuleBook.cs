namespace TargetDrain.Emulator.Events;

/// <summary>The rules of the default bus: each takes its events and keeps its schedule for as long as it is enabled.</summary>
internal sealed class RuleBook(EventBus bus, EventTargets targets, TimeProvider clock)
{
    private const int MostTargets = 5;

    private readonly SortedDictionary<string, Rule> rules = new(StringComparer.Ordinal);
    private readonly RuleSchedules schedules = new(clock, bus);
    private readonly Lock gate = new();

    public bool IsDefaultBus(string name) => name is "default" || name == bus.Arn("event-bus/default");

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
        var rule = RuleJson.ReadRule(input, bus.Arn($"rule/{name}"));
        lock (gate)
        {
            // Tags of a rule that is there already are left alone, as documented.
            if (rules.TryGetValue(name, out var known)) rule = rule with { Targets = known.Targets, Tags = known.Tags };
            Place(rule);
        }
        return new JsonObject { ["RuleArn"] = rule.Arn };
    }

    public JsonObject DescribeRule(JsonObject input) => (JsonObject)RuleJson.Write(Named(input, "Name"));

    public JsonObject ListRules(JsonObject input)
    {
        CheckBus(Optional(input, "EventBusName"));
        var prefix = Optional(input, "NamePrefix") ?? "";
        lock (gate)
            return Page(input, "Rules", rules.Values.Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(RuleJson.Write));
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
        lock (gate) Place(Named(input, "Name") with { State = to });
        return [];
    }

    public JsonObject DeleteRule(JsonObject input)
    {
        CheckBus(Optional(input, "EventBusName"));
        lock (gate)
        {
            if (!rules.TryGetValue(Text(input, "Name"), out var rule)) return [];
            if (rule.Targets.Count > 0) throw new AwsErrorException("ValidationException", "Rule can't be deleted since it has targets.");
            rules.Remove(rule.Name);
            bus.Remove(rule.Arn);
            schedules.Set(rule.Arn, null, _ => { });
        }
        return [];
    }

    public JsonObject PutTargets(JsonObject input)
    {
        var failed = new JsonArray();
        lock (gate)
        {
            var given = (input["Targets"] as JsonArray ?? []).OfType<JsonObject>().Select(RuleJson.ReadTarget).ToList();
            if (given.Select(target => target.Id).Distinct().Count() < given.Count)
                throw new AwsErrorException("ValidationException", "Target ids must be unique in a request.");
            foreach (var target in given) target.Check();
            var rule = Named(input, "Rule");
            var kept = rule.Targets.ToDictionary(target => target.Id);
            foreach (var target in given)
            {
                // Whether it exists shows when an event comes.
                if (EventTargets.CanBe(target.Arn)) kept[target.Id] = target;
                else failed.Add((JsonNode)new JsonObject
                {
                    ["TargetId"] = target.Id, ["ErrorCode"] = "InvalidArgument", ["ErrorMessage"] = $"The emulator delivers to queues and functions, not to {target.Arn}.",
                });
            }
            if (kept.Count > MostTargets)
                throw new AwsErrorException("LimitExceededException", $"The requested resource exceeds the maximum number allowed: {MostTargets} targets per rule.");
            Place(rule with { Targets = [.. kept.Values] });
        }
        return new JsonObject { ["FailedEntryCount"] = failed.Count, ["FailedEntries"] = failed };
    }

    public JsonObject ListTargets(JsonObject input) => Page(input, "Targets", Named(input, "Rule").Targets.Select(RuleJson.Write));

    public JsonObject RemoveTargets(JsonObject input)
    {
        var ids = (input["Ids"] as JsonArray ?? []).Select(id => (string?)id).ToHashSet();
        lock (gate)
        {
            var rule = Named(input, "Rule");
            Place(rule with { Targets = [.. rule.Targets.Where(target => !ids.Contains(target.Id))] });
        }
        return new JsonObject { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    public JsonObject Tag(JsonObject input) => WithTagged(input, rule => RuleTags.Add(rule, input));

    public JsonObject Untag(JsonObject input) => WithTagged(input, rule => RuleTags.Remove(rule, input));

    public JsonObject ListTags(JsonObject input) => WithTagged(input, RuleTags.List);

    private JsonObject WithTagged(JsonObject input, Func<Rule, JsonObject> work)
    {
        lock (gate) return work(ByArn(input));
    }

    private static JsonObject Page(JsonObject input, string name, IEnumerable<JsonNode> found)
    {
        var before = ListPage.Before(Optional(input, "NextToken"), () => new AwsErrorException(
            "ValidationException", "Parameter NextToken is not valid. Reason: it was not given by this list."));
        return new ListPage(input["Limit"] is { } limit ? limit.GetValue<int>() : 100, before, "NextToken").Answer(name, found);
    }

    private void Place(Rule rule)
    {
        rules[rule.Name] = rule;
        bus.Remove(rule.Arn);
        if (rule is { IsOn: true, Pattern: { } pattern, Targets.Count: > 0 }) bus.Add(new EventRule(rule.Arn, pattern.Matches, body => Deliver(rule, body)));
        schedules.Set(rule.Arn, rule.IsOn ? rule.Schedule : null, body => DeliverNow(rule.Name, body));
    }

    private void Deliver(Rule rule, string body)
    {
        foreach (var target in rule.Targets) targets.Deliver(rule.Arn, target, body);
    }

    private void DeliverNow(string name, string body)
    {
        Rule? rule;
        lock (gate) rule = rules.GetValueOrDefault(name);
        if (rule is not null) Deliver(rule, body);
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
        return rules.Values.FirstOrDefault(rule => rule.Arn == arn)
            ?? throw new AwsErrorException("ResourceNotFoundException", $"Rule {arn.Split('/')[^1]} does not exist on EventBus default.");
    }

    private static string? Optional(JsonObject input, string member) => (string?)input[member];

    private static string Text(JsonObject input, string member) => (string?)input[member] is { Length: > 0 } text
        ? text
        : throw new AwsErrorException("ValidationException", $"Parameter {member} is not valid. Reason: Provided value is null or empty.");
}
