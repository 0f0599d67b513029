using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace TargetDrain.Tests.Deployment;

/// <summary>template.yaml as a stack with these parameters would be.</summary>
internal sealed class Stack
{
    private static readonly YamlMappingNode Template = Load();

    private readonly CloudFormation language;

    public Stack(params (string Name, string Value)[] parameters) =>
        language = new CloudFormation(Template, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));

    /// <summary>A stack that listens for everything.</summary>
    public static Stack WithAllEvents { get; } = new(
        ("LifecycleEvents", "true"), ("SpotInterruptions", "true"), ("StateChanges", "true"),
        ("DrainOnRebalance", "true"), ("DrainOnTerminateSuccessful", "true"), ("OperatorRequests", "true"));

    public static IEnumerable<string> ParameterNames => ((YamlMappingNode)Template["Parameters"]).Select(entry => Word(entry.Key));

    public JsonObject Function => Properties("DrainFunction");

    public IReadOnlyDictionary<string, string> Environment =>
        Function[nameof(Environment)]!["Variables"]!.AsObject().ToDictionary(entry => entry.Key, entry => entry.Value!.GetValue<string>());

    public DrainOptions Options => DrainOptions.FromEnvironment(Environment.GetValueOrDefault);

    public static JsonObject Parameter(string name) => Plain(Template["Parameters"][name]);

    public static JsonObject Interface => Plain(Template["Metadata"]["AWS::CloudFormation::Interface"]);

    /// <summary>Raw text of everything but parameters and their labels.</summary>
    public static IEnumerable<string> Words =>
        ((IEnumerable<string>)["Conditions", "Resources", "Outputs"]).SelectMany(section => Template[section].AllNodes).OfType<YamlScalarNode>().Select(Word);

    public bool Has(string resource) =>
        !((YamlMappingNode)Template["Resources"][resource]).Children.TryGetValue("Condition", out var condition) || language.Holds(Word(condition));

    public JsonObject Properties(string resource) =>
        Has(resource)
            ? language.Resolve(Template["Resources"][resource]["Properties"])!.AsObject()
            : throw new InvalidOperationException($"The stack has no {resource} with these parameters.");

    public IEnumerable<(string Name, JsonObject Properties)> OfType(string type) =>
        ((YamlMappingNode)Template["Resources"])
            .Where(entry => Word(entry.Value["Type"]) == type && Has(Word(entry.Key)))
            .Select(entry => (Word(entry.Key), Properties(Word(entry.Key))));

    public string Output(string name) => language.Resolve(Template["Outputs"][name]["Value"])!.GetValue<string>();

    public static IEnumerable<string> OutputNames => ((YamlMappingNode)Template["Outputs"]).Select(entry => Word(entry.Key));

    private static JsonObject Plain(YamlNode node) =>
        new CloudFormation(Template, new Dictionary<string, string>()).Resolve(node)!.AsObject();

    private static string Word(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    private static YamlMappingNode Load()
    {
        using var text = File.OpenText(Repository.At("template.yaml"));
        var stream = new YamlStream();
        stream.Load(text);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}

internal static class StackValues
{
    public static int Whole(this JsonNode? value) => int.Parse(value!.GetValue<string>(), CultureInfo.InvariantCulture);

    public static string Text(this JsonNode? value) => value!.GetValue<string>();

    /// <summary>One text, or each of a list.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? value) =>
        value is JsonArray list ? [.. list.Select(item => item.Text())] : [value.Text()];
}
