using System.Collections.Concurrent;

namespace TargetDrain.Emulator.Faults;

/// <summary>One Allow statement. Wildcards * and ? work as in IAM.</summary>
internal sealed record PolicyStatement(IReadOnlyList<string> Actions, IReadOnlyList<string> Resources)
{
    /// <summary>Tags the resource must carry (aws:ResourceTag/key), each with one of the values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ResourceTags { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>Who may do what. A principal without a policy may do everything.</summary>
internal sealed class Permissions(Func<string, IReadOnlyDictionary<string, string>?> tagsOf)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<PolicyStatement>> policies = [];

    /// <param name="principal">The access key id it signs with.</param>
    public void Grant(string principal, params IReadOnlyList<PolicyStatement> statements) => policies[principal] = statements;

    /// <summary>SendMessageBatch needs sqs:SendMessage; otherwise an operation is its own action.</summary>
    internal static string ActionOf(ApiCall call) =>
        call.Service == "sqs" && call.Operation.EndsWith("Batch", StringComparison.Ordinal)
            ? $"sqs:{call.Operation[..^"Batch".Length]}"
            : $"{call.Service}:{call.Operation}";

    /// <summary>What only describes has no resource-level permissions in these services.</summary>
    internal static string ResourceOf(ApiCall call) => call.ReadsOnly || call.Resource.Length == 0 ? "*" : call.Resource;

    internal bool Allow(ApiCall call)
    {
        if (!policies.TryGetValue(call.Principal, out var statements)) return true;
        var (action, resource) = (ActionOf(call), ResourceOf(call));
        return statements.Any(statement =>
            statement.Actions.Any(pattern => Wildcard.Matches(pattern, action, ignoreCase: true))
            && statement.Resources.Any(pattern => Wildcard.Matches(pattern, resource))
            && HasTags(statement, resource));
    }

    private bool HasTags(PolicyStatement statement, string resource)
    {
        if (statement.ResourceTags.Count == 0) return true;
        return tagsOf(resource) is { } tags && statement.ResourceTags.All(condition =>
            tags.TryGetValue(condition.Key, out var value) && condition.Value.Any(pattern => Wildcard.Matches(pattern, value)));
    }
}
