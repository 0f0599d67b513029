using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace TargetDrain.Emulator.Deployment;

/// <summary>A CloudFormation template as a stack would be.</summary>
internal sealed class StackTemplate
{
    private static readonly ConcurrentDictionary<string, YamlMappingNode> Loaded = new(StringComparer.Ordinal);

    private readonly YamlMappingNode root;
    private readonly CloudFormation language;

    public StackTemplate(string path, StackContext context)
    {
        root = Loaded.GetOrAdd(path, Load);
        language = new CloudFormation(root, context);
    }

    public YamlMappingNode Root => root;

    /// <summary>The queues that a template can have, and which of them are FIFO: what their names are made from.</summary>
    public static IEnumerable<(string Resource, bool IsFifo)> QueuesIn(string path) =>
        ((YamlMappingNode)Loaded.GetOrAdd(path, Load)["Resources"])
            .Where(entry => Word(entry.Value["Type"]) == "AWS::SQS::Queue")
            .Select(entry => (Word(entry.Key), entry.Value["Properties"] is YamlMappingNode properties
                && properties.Children.TryGetValue("FifoQueue", out var fifo) && Word(fifo) == "true"));

    /// <returns>Null for AWS::NoValue.</returns>
    public JsonNode? Resolve(YamlNode node) => language.Resolve(node);

    /// <summary>Whether its condition, where it has one, holds.</summary>
    public bool Has(string resource) =>
        !Resource(resource).Children.TryGetValue("Condition", out var condition) || language.Holds(Word(condition));

    public JsonObject Properties(string resource) =>
        Has(resource)
            ? Resolve(Resource(resource)["Properties"])!.AsObject()
            : throw new InvalidOperationException($"The stack has no {resource} with these parameters.");

    public IEnumerable<(string Name, JsonObject Properties)> OfType(string type) =>
        ((YamlMappingNode)root["Resources"])
            .Where(entry => Word(entry.Value["Type"]) == type && Has(Word(entry.Key)))
            .Select(entry => (Word(entry.Key), Properties(Word(entry.Key))));

    public string Arn(string resource) => language.GetAtt($"{resource}.Arn");

    public static string Word(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    private YamlMappingNode Resource(string name) => (YamlMappingNode)root["Resources"][name];

    private static YamlMappingNode Load(string path)
    {
        using var text = File.OpenText(path);
        var stream = new YamlStream();
        stream.Load(text);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}
