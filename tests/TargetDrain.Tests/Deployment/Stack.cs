using System.Globalization;
using System.Text.Json.Nodes;
using TargetDrain.Emulator.Deployment;
using YamlDotNet.RepresentationModel;

namespace TargetDrain.Tests.Deployment;

/// <summary>template.yaml as a stack with these parameters would be.</summary>
internal sealed class Stack
{
    public const string Account = "123456789012";
    public const string Region = "eu-central-1";

    private static readonly StackTemplate Default = Load([]);

    private readonly StackTemplate template;

    public Stack(params (string Name, string Value)[] parameters) => template = Load(parameters);

    public Stack(string name, params (string Name, string Value)[] parameters) => template = Load(parameters, name);

    /// <summary>A stack that listens for everything.</summary>
    public static Stack WithAllEvents { get; } = new(
        ("LifecycleEvents", "true"), ("SpotInterruptions", "true"), ("StateChanges", "true"),
        ("DrainOnRebalance", "true"), ("DrainOnTerminateSuccessful", "true"), ("OperatorRequests", "true"));

    public static IEnumerable<string> ParameterNames => ((YamlMappingNode)Default.Root["Parameters"]).Select(entry => StackTemplate.Word(entry.Key));

    public JsonObject Function => Properties("DrainFunction");

    public IReadOnlyDictionary<string, string> Environment =>
        Function[nameof(Environment)]!["Variables"]!.AsObject().ToDictionary(entry => entry.Key, entry => entry.Value!.GetValue<string>());

    public DrainOptions Options => DrainOptions.FromEnvironment(Environment.GetValueOrDefault);

    public static JsonObject Parameter(string name) => Default.Resolve(Default.Root["Parameters"][name])!.AsObject();

    public static JsonObject Interface => Default.Resolve(Default.Root["Metadata"]["AWS::CloudFormation::Interface"])!.AsObject();

    /// <summary>What CloudFormation answers to these parameters, from the template's Rules; nothing when it goes ahead.</summary>
    public IEnumerable<string> Refusals =>
        from rule in (YamlMappingNode)Default.Root["Rules"]
        let body = (YamlMappingNode)rule.Value
        where !body.Children.TryGetValue("RuleCondition", out var condition) || Holds(condition)
        from assertion in (YamlSequenceNode)body["Assertions"]
        where !Holds(assertion["Assert"])
        select StackTemplate.Word(assertion["AssertDescription"]);

    public static string Version => StackTemplate.Word(Default.Root["Metadata"]["TargetDrain"]["Version"]);

    public static string Description => StackTemplate.Word(Default.Root[nameof(Description)]);

    /// <summary>An attribute beside Properties, such as DeletionPolicy.</summary>
    public static string Attribute(string resource, string name) => StackTemplate.Word(Default.Root["Resources"][resource][name]);

    /// <summary>Raw text of everything but parameters and their labels.</summary>
    public static IEnumerable<string> Words =>
        ((IEnumerable<string>)["Conditions", "Resources", "Outputs"]).SelectMany(section => Default.Root[section].AllNodes).OfType<YamlScalarNode>().Select(StackTemplate.Word);

    public bool Has(string resource) => template.Has(resource);

    public JsonObject Properties(string resource) => template.Properties(resource);

    public IEnumerable<(string Name, JsonObject Properties)> OfType(string type) => template.OfType(type);

    public string Output(string name) => template.Resolve(Default.Root["Outputs"][name]["Value"])!.GetValue<string>();

    public static IEnumerable<string> OutputNames => ((YamlMappingNode)Default.Root["Outputs"]).Select(entry => StackTemplate.Word(entry.Key));

    // The functions that CloudFormation knows in rules, as far as the template uses them.
    private bool Holds(YamlNode node) => node switch
    {
        YamlSequenceNode { Tag.Value: "!Equals" } pair => template.Resolve(pair[0]).Text() == template.Resolve(pair[1]).Text(),
        YamlSequenceNode { Tag.Value: "!Not" } one => !Holds(one[0]),
        YamlMappingNode { Children: [{ Key: YamlScalarNode { Value: "Fn::EachMemberEquals" }, Value: YamlSequenceNode pair }] } =>
            template.Resolve(pair[0]).Texts().All(member => member == template.Resolve(pair[1]).Text()),
        _ => throw new NotSupportedException($"{node} in a rule"),
    };

    private static StackTemplate Load((string Name, string Value)[] parameters, string name = "target-drain") => new(Repository.At("template.yaml"), new StackContext
    {
        Account = Account, Region = Region, StackName = name, Parameters = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
    });
}

internal static class StackValues
{
    public static int Whole(this JsonNode? value) => int.Parse(value!.GetValue<string>(), CultureInfo.InvariantCulture);

    public static string Text(this JsonNode? value) => value!.GetValue<string>();

    /// <summary>One text, or each of a list.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? value) =>
        value is JsonArray list ? [.. list.Select(item => item.Text())] : [value.Text()];
}
