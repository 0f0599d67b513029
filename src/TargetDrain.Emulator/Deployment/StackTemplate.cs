using System.Collections.Concurrent;
using YamlDotNet.RepresentationModel;

namespace TargetDrain.Emulator.Deployment;

/// <summary>A CloudFormation template as a stack would be.</summary>
internal sealed partial class StackTemplate(string path, StackContext context)
{
    private static readonly ConcurrentDictionary<string, YamlMappingNode> Loaded = new(StringComparer.Ordinal);

    public YamlMappingNode Root { get; } = Loaded.GetOrAdd(path, Load);

    /// <summary>What a stack calls everything that a template can make, by logical ids.</summary>
    public static Dictionary<string, string> PhysicalNames(string path, string stack) => ((YamlMappingNode)Loaded.GetOrAdd(path, Load)["Resources"])
        .ToDictionary(entry => Word(entry.Key), entry => $"{stack}-{Word(entry.Key)}{(IsFifo(entry.Value) ? Queues.FifoRules.Suffix : "")}");

    /// <summary>Whether its condition, where it has one, holds.</summary>
    public bool Has(string resource) =>
        !Resource(resource).Children.TryGetValue("Condition", out var condition) || Holds(Word(condition));

    public JsonObject Properties(string resource) =>
        Has(resource)
            ? Resolve(Resource(resource)["Properties"])!.AsObject()
            : throw new InvalidOperationException($"The stack has no {resource} with these parameters.");

    public IEnumerable<(string Name, JsonObject Properties)> OfType(string type) =>
        Section("Resources")
            .Where(entry => Word(entry.Value["Type"]) == type && Has(Word(entry.Key)))
            .Select(entry => (Word(entry.Key), Properties(Word(entry.Key))));

    public string Arn(string resource) => GetAtt($"{resource}.Arn");

    /// <summary>What !Ref gives: a queue's URL, the name of most others.</summary>
    public string Ref(string resource) => Value(resource)!.GetValue<string>();

    /// <summary>Logical id and type of every resource that the stack has.</summary>
    public IEnumerable<(string Name, string Type)> Resources =>
        Section("Resources").Select(entry => (Word(entry.Key), Word(entry.Value["Type"]))).Where(resource => Has(resource.Item1));

    /// <summary>The outputs that the stack has.</summary>
    public IEnumerable<(string Name, string Value)> Outputs => Section("Outputs")
        .Where(entry => !((YamlMappingNode)entry.Value).Children.TryGetValue("Condition", out var condition) || Holds(Word(condition)))
        .Select(entry => (Word(entry.Key), Resolve(entry.Value["Value"])!.GetValue<string>()));

    /// <summary>Value of every parameter, the template's own where nothing else was chosen.</summary>
    public IEnumerable<(string Name, string Value)> Parameters(IReadOnlyDictionary<string, string> chosen) => Section("Parameters")
        .Select(entry => (Word(entry.Key), chosen.GetValueOrDefault(Word(entry.Key)) ?? Word(entry.Value["Default"])));

    /// <summary>A template's numbers are read as text; null where there is none.</summary>
    public static int? Whole(JsonNode? value) => value is null ? null : int.Parse((string)value!, CultureInfo.InvariantCulture);

    public static string Word(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    private YamlMappingNode Section(string name) => (YamlMappingNode)Root[name];

    private YamlMappingNode Resource(string name) => (YamlMappingNode)Section("Resources")[name];

    private static bool IsFifo(YamlNode resource) =>
        ((YamlMappingNode)resource).Children.TryGetValue("Properties", out var properties)
        && ((YamlMappingNode)properties).Children.TryGetValue("FifoQueue", out var fifo) && Word(fifo) == "true";

    private static YamlMappingNode Load(string path)
    {
        using var text = File.OpenText(path);
        var stream = new YamlStream();
        stream.Load(text);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}
