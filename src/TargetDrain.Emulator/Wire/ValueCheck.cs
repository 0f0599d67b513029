namespace TargetDrain.Emulator.Wire;

/// <summary>Holds a request against its operation's model, in the form of either protocol.</summary>
internal sealed class ValueCheck(ServiceModel model, string service, string operation)
{
    // Deeper than any input AWS has.
    private const int LongestIndex = 6;
    private readonly Violations violations = new(service);

    public static void Query(ServiceModel model, string service, string operation, QueryParameters parameters)
    {
        var check = new ValueCheck(model, service, operation);
        check.Structure(model.Operation(operation)!, parameters.Tree(), "", isTop: true);
        check.violations.Throw();
    }

    public static void Json(ServiceModel model, string service, string operation, JsonObject input)
    {
        var check = new ValueCheck(model, service, operation);
        check.Structure(model.Operation(operation)!, input, "");
        check.violations.Throw();
    }

    private void Structure(ShapeRule shape, QueryNode node, string path, bool isTop = false)
    {
        foreach (var (name, child) in node.Children)
        {
            if (isTop && QueryParameters.IsEnvelope(name)) continue;
            if (shape.Members.TryGetValue(name, out var member)) Value(member.Value, child, $"{path}{name}");
            else violations.Unknown($"{path}{name}", operation, shape.NotEmulated.Contains(name));
        }
        foreach (var member in shape.Members.Values)
            if (member.IsRequired && !IsThere(node, member.Name)) violations.Missing($"{path}{member.Name}");
    }

    // EC2 takes an empty text for none.
    private bool IsThere(QueryNode node, string name) =>
        node.Children.TryGetValue(name, out var child) && !(service == "ec2" && child.Text is "" && child.Children.Count == 0);

    private void Value(ValueRule rule, QueryNode node, string path)
    {
        if (rule.Type == ValueType.Structure)
        {
            if (node.Text is { Length: > 0 } text) violations.Malformed(text, path, "a structure");
            Structure(model.Structure(rule.Structure!), node, $"{path}.");
        }
        else if (rule.Type is ValueType.List)
        {
            Items(rule, node, path);
        }
        else if (rule.Type is ValueType.Map)
        {
            Entries(rule, node, path);
        }
        else if (node.Children.Count > 0 || node.Text is null)
        {
            violations.Malformed(node.Text ?? "", path, "a single value");
        }
        else
        {
            Text(rule, node.Text, path);
        }
    }

    /// <summary>Items are numbered from 1 without a gap; an empty list is sent as an empty text.</summary>
    private void Items(ValueRule rule, QueryNode node, string path)
    {
        if (node.Text is { Length: > 0 } text) violations.Malformed(text, path, "a list");
        if (service != "ec2")
        {
            if (node.Children.Count == 0)
            {
                violations.Outside(rule, "[]", 0, path);
                return;
            }
            if (node.Children.Count > 1 || !node.Children.TryGetValue("member", out var members))
            {
                violations.Malformed(node.Children.Keys.First(), path, "a list of members");
                return;
            }
            (node, path) = (members, $"{path}.member");
        }
        for (var number = 1; number <= node.Children.Count; number++)
        {
            var index = number.ToString(CultureInfo.InvariantCulture);
            if (node.Children.TryGetValue(index, out var item)) Value(rule.Item!, item, $"{path}.{index}");
            else
            {
                var odd = node.Children.Keys.First(key => key.Length > LongestIndex || !int.TryParse(key, out var at) || at < 1 || at > node.Children.Count);
                violations.Malformed(odd, path, "numbered from 1 without a gap");
                return;
            }
        }
        violations.Outside(rule, $"{node.Children.Count} items", node.Children.Count, path);
    }

    /// <summary>Map.entry.1.key and Map.entry.1.value.</summary>
    private void Entries(ValueRule rule, QueryNode node, string path)
    {
        if (node.Text is { Length: > 0 } text) violations.Malformed(text, path, "a map");
        if (!node.Children.TryGetValue("entry", out var entries)) return;
        foreach (var (number, entry) in entries.Children)
        {
            if (!entry.Children.ContainsKey("key") || !entry.Children.TryGetValue("value", out var value))
                violations.Malformed(number, path, "entries of a key and a value");
            else
                Value(rule.Item!, value, $"{path}.entry.{number}.value");
        }
    }

    private void Text(ValueRule rule, string text, string path)
    {
        switch (rule.Type)
        {
            case ValueType.Whole:
                // An empty number counts as left out, as everywhere in the Query protocol.
                if (text.Length == 0) return;
                if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) violations.Outside(rule, text, whole, path);
                else violations.Malformed(text, path, "a whole number");
                break;
            case ValueType.Decimal:
                if (!double.TryParse(text, CultureInfo.InvariantCulture, out _)) violations.Malformed(text, path, "a number");
                break;
            case ValueType.Flag:
                if (text.Length > 0 && text.ToLowerInvariant() is not ("true" or "false")) violations.Malformed(text, path, "true or false");
                break;
            case ValueType.Time:
                if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _)) violations.Malformed(text, path, "a time");
                break;
            default:
                if (rule.OneOf is { } values && !values.Contains(text)) violations.NotOneOf(rule, text, path);
                else if (rule.Pattern is { } pattern && !pattern.IsMatch(text)) violations.NotLike(rule, text, path);
                else violations.Outside(rule, text, text.Length, path);
                break;
        }
    }

    private void Structure(ShapeRule shape, JsonObject node, string path)
    {
        foreach (var (name, child) in node)
        {
            if (shape.Members.TryGetValue(name, out var member)) { if (child is not null) Value(member.Value, child, $"{path}{name}"); }
            else violations.Unknown($"{path}{name}", operation, shape.NotEmulated.Contains(name));
        }
        foreach (var member in shape.Members.Values)
            if (member.IsRequired && node[member.Name] is null) violations.Missing($"{path}{member.Name}");
    }

    private void Value(ValueRule rule, JsonNode node, string path)
    {
        var kind = node.GetValueKind();
        switch (rule.Type)
        {
            case ValueType.Structure when node is JsonObject structure:
                Structure(model.Structure(rule.Structure!), structure, $"{path}.");
                break;
            case ValueType.List when node is JsonArray list:
                for (var at = 0; at < list.Count; at++)
                {
                    if (list[at] is { } item) Value(rule.Item!, item, $"{path}.{at + 1}");
                    else violations.Malformed("null", $"{path}.{at + 1}", "a value");
                }
                violations.Outside(rule, $"{list.Count} items", list.Count, path);
                break;
            case ValueType.Map when node is JsonObject map:
                foreach (var (name, item) in map)
                {
                    if (item is not null) Value(rule.Item!, item, $"{path}.{name}");
                    else violations.Malformed("null", $"{path}.{name}", "a value");
                }
                break;
            case ValueType.Whole when kind == JsonValueKind.Number && node.AsValue().TryGetValue<int>(out var whole):
                violations.Outside(rule, node.ToString(), whole, path);
                break;
            case ValueType.Decimal when kind == JsonValueKind.Number:
            case ValueType.Flag when kind is JsonValueKind.True or JsonValueKind.False:
            // Seconds since 1970 by the protocol; some clients send text.
            case ValueType.Time when kind is JsonValueKind.Number or JsonValueKind.String:
                break;
            case ValueType.Bytes when kind == JsonValueKind.String:
                if (!IsBase64(node.GetValue<string>())) violations.Malformed("(bytes)", path, "base64");
                break;
            case ValueType.Text when kind == JsonValueKind.String:
                Text(rule, node.GetValue<string>(), path);
                break;
            default:
                violations.Malformed(kind.ToString(), path, Wanted(rule.Type));
                break;
        }
    }

    private static bool IsBase64(string text)
    {
        Span<byte> bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out _);
    }

    private static string Wanted(ValueType type) => type switch
    {
        ValueType.Structure or ValueType.Map => "an object",
        ValueType.List => "a list",
        ValueType.Whole => "a whole number",
        ValueType.Decimal => "a number",
        ValueType.Flag => "true or false",
        _ => "text",
    };
}
