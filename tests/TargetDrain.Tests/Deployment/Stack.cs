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

    /// <summary>Raw text of everything but parameters and their labels.</summary>
    public static IEnumerable<string> Words =>
        ((IEnumerable<string>)["Conditions", "Resources", "Outputs"]).SelectMany(section => Default.Root[section].AllNodes).OfType<YamlScalarNode>().Select(StackTemplate.Word);

    public bool Has(string resource) => template.Has(resource);

    public JsonObject Properties(string resource) => template.Properties(resource);

    public IEnumerable<(string Name, JsonObject Properties)> OfType(string type) => template.OfType(type);

    public string Output(string name) => template.Resolve(Default.Root["Outputs"][name]["Value"])!.GetValue<string>();

    public static IEnumerable<string> OutputNames => ((YamlMappingNode)Default.Root["Outputs"]).Select(entry => StackTemplate.Word(entry.Key));

    private static StackTemplate Load((string Name, string Value)[] parameters) => new(Repository.At("template.yaml"), new StackContext
    {
        Account = Account, Region = Region, Parameters = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
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
