namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>Sends what comes in on the port to the target groups.</summary>
internal sealed record Listener(
    string Arn, string LoadBalancerArn, string? Protocol, int? Port, IReadOnlyList<string> TargetGroupArns)
{
    public Dictionary<string, string> Tags { get; init; } = [];

    /// <summary>Certificates, policies and the like, as they came, to be given back.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Kept { get; init; } = [];

    internal IReadOnlyList<ListenerAction> Actions { get; init; } = [];

    internal string DefaultRuleArn => $"{Arn.Replace(":listener/", ":listener-rule/", StringComparison.Ordinal)}/{Arn[^16..]}";
}

/// <summary>A rule besides the default one. Conditions are kept, not worked: no request comes through here.</summary>
internal sealed record ListenerRule(
    string Arn, string ListenerArn, int Priority, IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> Conditions, IReadOnlyList<ListenerAction> Actions)
{
    public Dictionary<string, string> Tags { get; init; } = [];
}

/// <summary>An action as it came, by parameter names below it, and the groups it names.</summary>
internal sealed record ListenerAction(IReadOnlyList<KeyValuePair<string, string>> Members, IReadOnlyList<string> TargetGroupArns);
