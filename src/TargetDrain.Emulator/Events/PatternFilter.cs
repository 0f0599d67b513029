namespace TargetDrain.Emulator.Events;

/// <summary>The filters of event patterns that look at one value that is there.</summary>
internal static class PatternFilter
{
    public static Func<JsonNode?, bool> Parse(string name, JsonNode? argument, string path) => name switch
    {
        "prefix" => Text(argument, name, path, (value, part, comparison) => value.StartsWith(part, comparison)),
        "suffix" => Text(argument, name, path, (value, part, comparison) => value.EndsWith(part, comparison)),
        "equals-ignore-case" => IgnoreCase(Required(argument, name, path)),
        "wildcard" => Wildcard(Required(argument, name, path)),
        "numeric" => Numeric(argument as JsonArray ?? throw Wrong(name, path)),
        "anything-but" => AnythingBut(argument, path),
        _ => throw EventPattern.Invalid($"Unrecognized match type {name} at {path}"),
    };

    private static Func<JsonNode?, bool> AnythingBut(JsonNode? argument, string path)
    {
        if (argument is JsonObject filter)
        {
            if (filter.Count != 1) throw Wrong("anything-but", path);
            var (name, inner) = filter.First();
            var refused = (inner as JsonArray)?.Select(one => Parse(name, one, path)).ToList() ?? [Parse(name, inner, path)];
            return node => !refused.Any(test => test(node));
        }
        var values = argument is JsonArray list ? list.ToList() : [argument];
        if (values.Count == 0) throw Wrong("anything-but", path);
        return node => !values.Any(value => JsonNode.DeepEquals(node, value));
    }

    private static Func<JsonNode?, bool> Text(
        JsonNode? argument, string name, string path, Func<string, string, StringComparison, bool> test)
    {
        if (argument is not JsonObject filter)
        {
            var part = Required(argument, name, path);
            return node => TextOf(node) is { } value && test(value, part, StringComparison.Ordinal);
        }
        var folded = filter.Count == 1 ? Required(filter["equals-ignore-case"], name, path) : throw Wrong(name, path);
        return node => TextOf(node) is { } value && test(value, folded, StringComparison.OrdinalIgnoreCase);
    }

    private static Func<JsonNode?, bool> IgnoreCase(string wanted) =>
        node => string.Equals(TextOf(node), wanted, StringComparison.OrdinalIgnoreCase);

    private static Func<JsonNode?, bool> Wildcard(string pattern)
    {
        if (pattern.Contains("**", StringComparison.Ordinal)) throw EventPattern.Invalid("Consecutive wildcard characters at pos "
            + pattern.IndexOf("**", StringComparison.Ordinal).ToString(CultureInfo.InvariantCulture));
        var expression = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*') expression.Append(".*");
            // A backslash takes a star or a backslash literally.
            else if (pattern[i] == '\\' && i + 1 < pattern.Length) expression.Append(Regex.Escape(pattern[++i].ToString()));
            else expression.Append(Regex.Escape(pattern[i].ToString()));
        }
        var regex = new Regex(
            expression.Append('$').ToString(),
            RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        return node => TextOf(node) is { } value && regex.IsMatch(value);
    }

    private static Func<JsonNode?, bool> Numeric(JsonArray argument)
    {
        var tests = new List<Func<decimal, bool>>();
        foreach (var pair in argument.Chunk(2))
        {
            if (pair.Length < 2 || NumberOf(pair[1]) is not { } bound)
                throw EventPattern.Invalid("numeric is a list of comparisons, such as [\">\", 0, \"<=\", 5]");
            tests.Add(TextOf(pair[0]) switch
            {
                "=" => value => value == bound,
                "<" => value => value < bound,
                "<=" => value => value <= bound,
                ">" => value => value > bound,
                ">=" => value => value >= bound,
                var other => throw EventPattern.Invalid($"Unrecognized numeric comparison {other}"),
            });
        }
        return node => NumberOf(node) is { } value && tests.All(test => test(value));
    }

    private static string? TextOf(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static decimal? NumberOf(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static string Required(JsonNode? argument, string name, string path) => TextOf(argument) ?? throw Wrong(name, path);

    private static AwsErrorException Wrong(string name, string path) => EventPattern.Invalid($"{name} has a wrong value at {path}");
}
