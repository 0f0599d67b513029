using YamlDotNet.RepresentationModel;

namespace TargetDrain.Emulator.Deployment;

/// <summary>
/// The part of CloudFormation's language that the template speaks, with every function worked out. Strict: what it does
/// not know is an error, so that nothing rests on a guess.
/// </summary>
internal sealed partial class StackTemplate
{
    // SAM adds it under this name.
    private const string ImpliedRole = "DrainFunctionRole";

    /// <returns>Null for AWS::NoValue.</returns>
    public JsonNode? Resolve(YamlNode node)
    {
        if (!node.Tag.IsEmpty && node.Tag.Value.StartsWith('!')) return Call(node.Tag.Value[1..], node);
        switch (node)
        {
            case YamlScalarNode scalar:
                return scalar.Value;
            case YamlSequenceNode list:
                return new JsonArray([.. list.Select(Resolve).OfType<JsonNode>()]);
            case YamlMappingNode mapping:
                var result = new JsonObject();
                foreach (var (key, value) in mapping)
                    if (Resolve(value) is { } resolved) result[Word(key)] = resolved;
                return result;
            default:
                throw new NotSupportedException($"YAML node {node.NodeType}");
        }
    }

    private bool Holds(string condition) => Truth(Section("Conditions")[condition]);

    private JsonNode? Call(string function, YamlNode argument) => function switch
    {
        "Ref" => Value(Word(argument)),
        "GetAtt" => GetAtt(Word(argument)),
        "Sub" => Substitute(argument),
        "If" => Resolve(Item(argument, Holds(Word(Item(argument, 0))) ? 1 : 2)),
        "Join" => string.Join(Word(Item(argument, 0)), Texts(Item(argument, 1))),
        "Split" => new JsonArray([.. Text(Item(argument, 1)).Split(Word(Item(argument, 0))).Select(item => JsonValue.Create(item))]),
        "Select" => Texts(Item(argument, 1))[int.Parse(Word(Item(argument, 0)), null)],
        "FindInMap" => Word(((YamlMappingNode)Section("Mappings")[Word(Item(argument, 0))])[Text(Item(argument, 1))][Text(Item(argument, 2))]),
        _ => throw new NotSupportedException($"!{function}"),
    };

    private bool Truth(YamlNode node) => node.Tag.Value switch
    {
        "!Equals" => Text(Item(node, 0)) == Text(Item(node, 1)),
        "!Not" => !Truth(Item(node, 0)),
        "!And" => ((YamlSequenceNode)node).All(Truth),
        "!Or" => ((YamlSequenceNode)node).Any(Truth),
        "!Condition" => Holds(Word(node)),
        var other => throw new NotSupportedException($"{other} in a condition"),
    };

    /// <summary>What the stack calls it.</summary>
    public string PhysicalName(string resource) => context.PhysicalNames.GetValueOrDefault(resource, resource);

    private JsonNode? Value(string name)
    {
        switch (name)
        {
            case "AWS::NoValue": return null;
            case "AWS::AccountId": return context.Account;
            case "AWS::Region": return context.Region;
            case "AWS::Partition": return "aws";
            case "AWS::StackName": return context.StackName;
        }
        if (Section("Parameters").Children.TryGetValue(name, out var parameter))
        {
            var value = context.Parameters.TryGetValue(name, out var chosen) ? chosen : Word(parameter["Default"]);
            return Word(parameter["Type"]) == "CommaDelimitedList"
                ? new JsonArray([.. value.Split(',', StringSplitOptions.TrimEntries).Select(item => JsonValue.Create(item))])
                : value;
        }
        var physical = PhysicalName(name);
        return TypeOf(name) == "AWS::SQS::Queue" ? $"https://sqs.{context.Region}.amazonaws.com/{context.Account}/{physical}" : physical;
    }

    private string GetAtt(string path)
    {
        var (name, attribute) = path.Split('.', 2) is [var first, var second] ? (first, second) : throw new FormatException(path);
        var type = TypeOf(name);
        if (attribute is "QueueName") return PhysicalName(name);
        // Without a physical name there is no ARN: what was asked for stands for it.
        return (type, attribute, context.PhysicalNames.GetValueOrDefault(name)) switch
        {
            ("AWS::SQS::Queue", "Arn", { } queue) => $"arn:aws:sqs:{context.Region}:{context.Account}:{queue}",
            ("AWS::Serverless::Function", "Arn", { } function) => $"arn:aws:lambda:{context.Region}:{context.Account}:function:{function}",
            _ => $"{name}.{attribute}",
        };
    }

    private string TypeOf(string resource) =>
        resource == ImpliedRole ? "" :
        Section("Resources").Children.TryGetValue(resource, out var found) ? Word(found["Type"]) :
        throw new KeyNotFoundException($"Neither a parameter nor a resource: {resource}");

    private string Substitute(YamlNode argument)
    {
        var own = argument is YamlSequenceNode { Children: [_, YamlMappingNode more] } ? more : [];
        var text = argument is YamlSequenceNode sequence ? Word(sequence[0]) : Word(argument);
        return Variable().Replace(text, match =>
        {
            var name = match.Groups[1].Value;
            if (own.Children.TryGetValue(name, out var value)) return Text(value);
            return name.Contains('.', StringComparison.Ordinal) ? GetAtt(name) : Value(name)!.GetValue<string>();
        });
    }

    private string Text(YamlNode node) => Resolve(node)!.GetValue<string>();

    private List<string> Texts(YamlNode node) => [.. ((JsonArray)Resolve(node)!).Select(item => item!.GetValue<string>())];

    private static YamlNode Item(YamlNode node, int index) => ((YamlSequenceNode)node)[index];

    [GeneratedRegex(@"\$\{([^!}][^}]*)\}")]
    private static partial Regex Variable();
}
