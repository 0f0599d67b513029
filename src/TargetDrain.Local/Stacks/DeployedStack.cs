using System.Xml.Linq;

namespace TargetDrain.Local.Stacks;

/// <summary>A stack of TargetDrain as it is deployed, with its function's configuration.</summary>
/// <param name="Status">CloudFormation's, such as UPDATE_COMPLETE.</param>
/// <param name="Parameters">What it was deployed with.</param>
internal sealed record DeployedStack(
    string Name, string Status, IReadOnlyDictionary<string, string> Outputs, IReadOnlyDictionary<string, string> Parameters, FunctionConfiguration Function)
{
    public const string FunctionNameOutput = "FunctionName";
    public const string QueueUrlOutput = "QueueUrl";

    public string Version => Outputs.GetValueOrDefault("Version", "of unknown version");

    public string QueueUrl => Outputs[QueueUrlOutput];

    /// <summary>Null for a stack with one queue only.</summary>
    public string? UrgentQueueUrl => Outputs.GetValueOrDefault("UrgentQueueUrl");

    public TimeSpan? Timeout => Function.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The last change was taken back or broke off, so that it may not be what its parameters say.</summary>
    public bool IsUnsettled => Status is not ("CREATE_COMPLETE" or "UPDATE_COMPLETE" or "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" or "IMPORT_COMPLETE");

    /// <summary>What the function runs with.</summary>
    public string? Variable(string name) => Function.Environment?.Variables?.GetValueOrDefault(name);

    public static IReadOnlyDictionary<string, string> OutputsOf(XElement stack) => Pairs(stack, "Outputs", "OutputKey", "OutputValue");

    public static IReadOnlyDictionary<string, string> ParametersOf(XElement stack) => Pairs(stack, "Parameters", "ParameterKey", "ParameterValue");

    private static Dictionary<string, string> Pairs(XElement stack, string list, string key, string value) => stack.Elements(list).Elements("member")
        .ToDictionary(pair => pair.Element(key)?.Value ?? "", pair => pair.Element(value)?.Value ?? "", StringComparer.Ordinal);
}
