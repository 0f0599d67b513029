using System.IO.Enumeration;

namespace TargetDrain.Local.Diagnostics;

/// <summary>Whether EventBridge sends the stack what it is meant to hear, and whether somebody else hears it too.</summary>
/// <param name="resources">Logical and physical names of the stack's rules; empty when no stack is known.</param>
/// <param name="parameters">What the stack was deployed with.</param>
internal sealed class RuleCheck(
    InstallationCalls calls, DrainOptions options, IReadOnlyDictionary<string, string> resources, IReadOnlyDictionary<string, string> parameters)
{
    private const string LifecycleRule = "LifecycleRule";

    // Which parameter turns a rule on.
    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        [LifecycleRule] = "LifecycleEvents", ["SpotRule"] = "SpotInterruptions", ["StateChangeRule"] = "StateChanges", ["RebalanceRule"] = "DrainOnRebalance",
        ["TerminateSuccessfulRule"] = "DrainOnTerminateSuccessful", ["OperatorRule"] = "OperatorRequests", ["ReconcileRule"] = "ReconcileMinutes",
    };

    private string Hooks => string.Join(", ", options.LifecycleHookNames);

    /// <param name="ownArns">Where our rules send to: the queues, and the function itself.</param>
    public async IAsyncEnumerable<Finding> RunAsync(
        IReadOnlyList<string> ownArns, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (rules, problem) = await Reading.TryAsync("events:ListRules", () => calls.RulesAsync(cancellation));
        if (rules is null)
        {
            yield return problem!;
            yield break;
        }
        await foreach (var finding in OwnAsync(rules, ownArns, cancellation)) yield return finding;
        await foreach (var finding in SharedAsync(rules, ownArns, cancellation)) yield return finding;
    }

    private async IAsyncEnumerable<Finding> OwnAsync(
        List<DeployedRule> rules, IReadOnlyList<string> ownArns, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (on, off) = (new List<string>(), new List<string>());
        foreach (var (logical, name) in resources.OrderBy(resource => resource.Key, StringComparer.Ordinal))
        {
            var isWanted = !Switches.TryGetValue(logical, out var parameter) || parameters.GetValueOrDefault(parameter) is not ("false" or "0");
            if (rules.Find(rule => rule.Name == name) is not { } rule)
                yield return Finding.Error($"The stack's rule {name} has been deleted.", "Deploy the stack again, after a change that makes CloudFormation put it back.");
            else if (rule.IsEnabled != isWanted)
                yield return isWanted
                    ? Finding.Error($"The rule {name} is disabled although {parameter}={parameters.GetValueOrDefault(parameter!, "true")}: nothing of it is heard.", $"aws events enable-rule --name {name}")
                    : Finding.Warning($"The rule {name} is enabled although {parameter}={parameters[parameter!]}.", $"aws events disable-rule --name {name}, or deploy with {parameter}=true.");
            else if (!rule.IsEnabled) off.Add(logical);
            else
            {
                var (targets, problem) = await Reading.TryAsync("events:ListTargetsByRule", () => calls.TargetsAsync(name, cancellation));
                if (problem is not null) yield return problem;
                else if (!targets!.Exists(ownArns.Contains))
                    yield return Finding.Error($"The rule {name} does not send to the stack, but to {(targets.Count == 0 ? "nobody" : string.Join(", ", targets))}.", "Deploy the stack again.");
                else on.Add(logical);
            }
        }
        if (on.Count > 0) yield return Finding.Good($"{on.Count} rules send to the stack: {string.Join(", ", on)}.");
        if (off.Count > 0) yield return Finding.Note($"Off, as the stack's parameters say: {string.Join(", ", off)}.");
    }

    private async IAsyncEnumerable<Finding> SharedAsync(
        List<DeployedRule> rules, IReadOnlyList<string> ownArns, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var delivers = false;
        foreach (var rule in rules.Where(rule => rule.IsEnabled))
        {
            var shared = HooksOf(rule).Where(pattern => options.LifecycleHookNames.Any(ours => CanBeOne(ours, pattern))).ToList();
            if (shared.Count == 0) continue;
            var (targets, problem) = await Reading.TryAsync("events:ListTargetsByRule", () => calls.TargetsAsync(rule.Name, cancellation));
            if (problem is not null) yield return problem;
            else if (targets!.Exists(ownArns.Contains)) delivers = true;
            else
                yield return Finding.Warning(
                    $"The rule {rule.Name} listens for the hook {string.Join(", ", shared)} too, and sends to {string.Join(", ", targets)}. If that is another TargetDrain, the one whose scope holds nothing of an instance ends the other one's drain.",
                    "Give each stack a hook name of its own (LifecycleHookNames).");
        }
        if (delivers) yield return Finding.Good($"A rule sends actions of the hook {Hooks} to the queue.");
        else if (!resources.ContainsKey(LifecycleRule) || parameters.GetValueOrDefault(Switches[LifecycleRule]) == "false")
            yield return Finding.Warning(
                $"No enabled rule sends actions of the hook {Hooks} to the queue.",
                "Set LifecycleEvents=true, unless your hooks notify the queue or a topic. LIFECYCLE_HOOK_NAMES must be what the stack has.");
    }

    // A name, or an object such as {"wildcard":"web-*"} or {"prefix":"web-"}.
    private static IEnumerable<string> HooksOf(DeployedRule rule)
    {
        if (rule.EventPattern is not { Length: > 0 } text) return [];
        using var pattern = JsonDocument.Parse(text);
        if (!pattern.RootElement.TryGetProperty("detail", out var detail) || !detail.TryGetProperty("LifecycleHookName", out var names)) return [];
        return [.. names.EnumerateArray().Select(name => name switch
        {
            { ValueKind: JsonValueKind.String } => name.GetString(),
            { ValueKind: JsonValueKind.Object } when name.TryGetProperty("wildcard", out var wildcard) => wildcard.GetString(),
            { ValueKind: JsonValueKind.Object } when name.TryGetProperty("prefix", out var prefix) => $"{prefix.GetString()}*",
            _ => null,
        }).OfType<string>()];
    }

    private static bool CanBeOne(string one, string other) =>
        FileSystemName.MatchesSimpleExpression(one, other, ignoreCase: false) || FileSystemName.MatchesSimpleExpression(other, one, ignoreCase: false);
}
