using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace TargetDrain.Emulator.Traffic;

/// <summary>
/// A CloudFormation template with its functions worked out: texts, lists and dictionaries remain. Lenient: what it does
/// not know about a resource becomes "*".
/// </summary>
internal sealed partial class Template(YamlMappingNode root, TemplateContext context)
{
    private const string NoValue = "AWS::NoValue";

    private static readonly HashSet<string> Functions =
        ["Ref", "Sub", "GetAtt", "If", "Join", "Split", "Select", "Equals", "Not", "And", "Or", "Condition"];

    public Dictionary<string, YamlNode> Resources { get; } = Entries(Child(root, "Resources"));

    private Dictionary<string, YamlNode> Parameters { get; } = Entries(Child(root, "Parameters"));

    private Dictionary<string, YamlNode> Conditions { get; } = Entries(Child(root, "Conditions"));

    public static string? TypeOf(YamlNode resource) => (Child(resource, "Type") as YamlScalarNode)?.Value;

    public static YamlNode? Child(YamlNode? node, string key) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    /// <summary>A string, a List, a Dictionary, or null for AWS::NoValue.</summary>
    public object? Resolve(YamlNode? node)
    {
        if (node is null) return null;
        var tag = node.Tag.IsEmpty || node.Tag.Value[0] != '!' ? "" : node.Tag.Value[1..];
        if (Functions.Contains(tag)) return Call(tag, node);
        if (node is YamlMappingNode { Children.Count: 1 } call && Key(call) is { } name)
        {
            var argument = call.Children[0].Value;
            if (name == "Ref" || (name == "Condition" && argument is YamlScalarNode)) return Call(name, argument);
            if (name.StartsWith("Fn::", StringComparison.Ordinal)) return Call(name["Fn::".Length..], argument);
        }
        return node switch
        {
            YamlMappingNode mapping => mapping.Children
                .Select(entry => (Key: ((YamlScalarNode)entry.Key).Value!, Value: Resolve(entry.Value)))
                .Where(entry => entry.Value is not null)
                .ToDictionary(entry => entry.Key, entry => entry.Value),
            YamlSequenceNode sequence => sequence.Select(Resolve).Where(item => item is not null).ToList(),
            _ => ((YamlScalarNode)node).Value,
        };
    }

    private object? Call(string function, YamlNode argument)
    {
        var items = (argument as YamlSequenceNode)?.Children ?? [argument];
        return function switch
        {
            "Ref" => Ref(Word(items[0])),
            "Sub" => Substitute(argument),
            "GetAtt" => GetAtt(string.Join('.', items.Select(Word))),
            "If" => Resolve(items[Holds(Word(items[0])) ? 1 : 2]),
            "Join" => string.Join(Text(items[0]), List(items[1])),
            "Split" => Text(items[1]).Split(Text(items[0])).ToList<object?>(),
            "Select" => List(items[1])[int.Parse(Text(items[0]), CultureInfo.InvariantCulture)],
            "Equals" => Truth(Text(items[0]) == Text(items[1])),
            "Not" => Truth(!Holds(items[0])),
            "And" => Truth(items.All(Holds)),
            "Or" => Truth(items.Any(Holds)),
            "Condition" => Truth(Holds(Word(items[0]))),
            _ => "*",
        };
    }

    private static string Truth(bool value) => value ? "true" : "false";

    private bool Holds(string condition) => Conditions.TryGetValue(condition, out var node) && Holds(node);

    private bool Holds(YamlNode node) => Resolve(node) as string == "true";

    private string? Ref(string name) => name switch
    {
        NoValue => null,
        "AWS::AccountId" => context.Account,
        "AWS::Region" => context.Region,
        "AWS::Partition" => "aws",
        "AWS::URLSuffix" => "amazonaws.com",
        "AWS::StackName" => "target-drain",
        _ when context.Parameters.TryGetValue(name, out var given) => given,
        _ when Parameters.TryGetValue(name, out var parameter) => (Child(parameter, "Default") as YamlScalarNode)?.Value ?? "",
        _ when Resources.TryGetValue(name, out var resource) => TypeOf(resource) == "AWS::SQS::Queue"
            ? $"https://sqs.{context.Region}.amazonaws.com/{context.Account}/{PhysicalName(name)}"
            : PhysicalName(name),
        _ => "*",
    };

    private string GetAtt(string path)
    {
        var (name, attribute) = path.Split('.', 2) is [var id, var rest] ? (id, rest) : (path, "Arn");
        var type = Resources.TryGetValue(name, out var resource) ? TypeOf(resource) : null;
        var physical = PhysicalName(name);
        return (type, attribute) switch
        {
            ("AWS::SQS::Queue", "Arn") => $"arn:aws:sqs:{context.Region}:{context.Account}:{physical}",
            ("AWS::SQS::Queue", "QueueName") => physical,
            ("AWS::Serverless::Function", "Arn") => $"arn:aws:lambda:{context.Region}:{context.Account}:function:{physical}",
            _ => "*",
        };
    }

    private string PhysicalName(string logicalId)
    {
        if (context.PhysicalNames.TryGetValue(logicalId, out var name)) return name;
        var properties = Resources.TryGetValue(logicalId, out var resource) ? Child(resource, "Properties") : null;
        var named = Child(properties, "QueueName") ?? Child(properties, "FunctionName");
        return Resolve(named) as string ?? logicalId;
    }

    private string Substitute(YamlNode argument)
    {
        var own = argument is YamlSequenceNode { Children.Count: 2 } pair ? Entries(pair[1]) : new Dictionary<string, YamlNode>();
        var text = argument is YamlSequenceNode sequence ? Text(sequence[0]) : ((YamlScalarNode)argument).Value!;
        return Variable().Replace(text, match =>
        {
            var name = match.Groups[1].Value;
            if (name.StartsWith('!')) return $"${{{name[1..]}}}";
            if (own.TryGetValue(name, out var value)) return Text(value);
            return (name.Contains('.') ? GetAtt(name) : Ref(name)) ?? "";
        });
    }

    /// <summary>What a function names; its own tag is on the same node.</summary>
    private static string Word(YamlNode node) => ((YamlScalarNode)node).Value!;

    private string Text(YamlNode node) => Resolve(node) as string ?? "";

    private List<string> List(YamlNode node) =>
        Resolve(node) switch
        {
            List<object?> list => [.. list.OfType<string>()],
            string text => [.. text.Split(',')],
            _ => [],
        };

    private static string? Key(YamlMappingNode mapping) => (mapping.Children[0].Key as YamlScalarNode)?.Value;

    private static Dictionary<string, YamlNode> Entries(YamlNode? node) => node is YamlMappingNode mapping
        ? mapping.Children.ToDictionary(entry => ((YamlScalarNode)entry.Key).Value!, entry => entry.Value)
        : [];

    [GeneratedRegex(@"\$\{([^}]+)\}")]
    private static partial Regex Variable();
}
