namespace TargetDrain.Emulator.Events;

/// <summary>
/// An EventBridge event pattern. Objects nest as the event does and all their fields must match; a list names the
/// alternatives for one field, each a plain value or a filter; where the event has a list, one element is enough.
/// </summary>
internal sealed class EventPattern
{
    private delegate bool Condition(JsonNode? node, bool present);

    private readonly Condition matches;

    private EventPattern(Condition matches, string text) => (this.matches, Text) = (matches, text);

    /// <summary>The pattern as JSON.</summary>
    public string Text { get; }

    /// <exception cref="AwsErrorException">InvalidEventPatternException, naming the field that is wrong.</exception>
    public static EventPattern Parse(JsonObject pattern) => new(Fields(pattern, ""), pattern.ToJsonString());

    /// <inheritdoc cref="Parse(JsonObject)"/>
    public static EventPattern Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject pattern ? Parse(pattern) : throw Invalid("Filter is not an object");
        }
        catch (JsonException exception)
        {
            throw Invalid(exception.Message);
        }
    }

    public bool Matches(JsonObject envelope) => matches(envelope, true);

    internal static AwsErrorException Invalid(string reason) =>
        new("InvalidEventPatternException", $"Event pattern is not valid. Reason: {reason}");

    private static Condition Fields(JsonObject pattern, string path)
    {
        if (pattern.Count == 0) throw Invalid($"Empty objects are not allowed{(path.Length > 0 ? $": {path}" : "")}");
        var conditions = new List<Condition>();
        foreach (var (name, rule) in pattern)
        {
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (name == "$or")
            {
                var branches = (rule as JsonArray ?? throw Invalid("$or must be an array"))
                    .Select(branch => Fields(branch as JsonObject ?? throw Invalid("$or must hold objects"), path)).ToList();
                conditions.Add((node, present) => branches.Any(branch => branch(node, present)));
                continue;
            }
            var field = rule switch
            {
                JsonObject nested => Fields(nested, at),
                JsonArray { Count: > 0 } alternatives => Alternatives(alternatives, at),
                JsonArray => throw Invalid($"Empty arrays are not allowed: {at}"),
                _ => throw Invalid($"\"{at}\" must be an object or an array"),
            };
            conditions.Add((node, _) => node is JsonObject holder && holder.TryGetPropertyValue(name, out var value)
                ? field(value, true)
                : field(null, false));
        }
        // A list of objects matches when one of its objects does.
        return (node, present) => node is JsonArray list
            ? list.Any(element => conditions.All(condition => condition(element, present)))
            : conditions.All(condition => condition(node, present));
    }

    private static Condition Alternatives(JsonArray alternatives, string path)
    {
        var tests = alternatives.Select(alternative => Alternative(alternative, path)).ToList();
        return (node, present) => node is JsonArray { Count: > 0 } list
            ? list.Any(element => tests.Any(test => test(element, present)))
            : tests.Any(test => test(node, present && node is not JsonArray));
    }

    private static Condition Alternative(JsonNode? alternative, string path)
    {
        switch (alternative)
        {
            case JsonArray:
                throw Invalid($"Only a value or a filter can stand in the list of {path}");
            case not JsonObject:
                return (node, present) => present && JsonNode.DeepEquals(node, alternative);
            case JsonObject { Count: 1 } filter:
                var (name, argument) = filter.First();
                if (name == "exists")
                {
                    var wanted = argument?.GetValueKind() switch
                    {
                        JsonValueKind.True => true,
                        JsonValueKind.False => false,
                        _ => throw Invalid($"exists of {path} must be true or false"),
                    };
                    return (_, present) => present == wanted;
                }
                var test = PatternFilter.Parse(name, argument, path);
                return (node, present) => present && test(node);
            default:
                throw Invalid($"A filter has exactly one name: {path}");
        }
    }
}
