namespace TargetDrain.Emulator.Deployment;

/// <summary>A rule of a template, as the inputs of the two calls that make it.</summary>
internal sealed record StackRule(string LogicalId, JsonObject PutRule, JsonObject PutTargets)
{
    public string RuleName => (string)PutRule["Name"]!;

    /// <summary>Null for a rule with a schedule alone.</summary>
    public string? Pattern => (string?)PutRule["EventPattern"];

    public bool IsEnabled => (string?)PutRule["State"] != "DISABLED";

    public IEnumerable<string> TargetArns => ((JsonArray)PutTargets["Targets"]!).Select(target => (string)target!["Arn"]!);

    /// <summary>One that takes other events to the same targets, and is on.</summary>
    public StackRule With(string pattern) => this with { PutRule = new JsonObject { ["Name"] = RuleName, ["EventPattern"] = pattern, ["Description"] = LogicalId } };
}
