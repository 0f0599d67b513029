using System.Text.Json;

namespace TargetDrain.Local.Diagnostics;

/// <summary>Who reads the queue, whether it may send itself tickets, and who else listens for its hooks.</summary>
internal sealed class FunctionCheck(SignedCalls calls, DrainOptions options)
{
    public async IAsyncEnumerable<Finding> RunAsync(
        string queueArn, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var finding in await TryAsync("The queue's event source", () => ReadersAsync(queueArn, cancellation))) yield return finding;
        foreach (var finding in await TryAsync("EventBridge's rules", () => RulesAsync(queueArn, cancellation))) yield return finding;
    }

    private async Task<List<Finding>> ReadersAsync(string queueArn, CancellationToken cancellation)
    {
        var answer = await calls.GetAsync("lambda", "/2015-03-31/event-source-mappings", $"EventSourceArn={Uri.EscapeDataString(queueArn)}", cancellation);
        var findings = new List<Finding>();
        foreach (var source in Items(answer, "EventSourceMappings"))
        {
            // arn:aws:lambda:REGION:ACCOUNT:function:NAME, perhaps with an alias.
            var name = Text(source, "FunctionArn").Split(':').ElementAtOrDefault(6) ?? "";
            if (Text(source, "State") is "Disabled" or "Disabling")
                findings.Add(Finding.Error(
                    $"The event source of {name} is disabled: nobody reads the queue.", $"aws lambda update-event-source-mapping --uuid {Text(source, "UUID")} --enabled"));
            findings.AddRange(await TryAsync($"The recursion setting of {name}", () => LoopsAsync(name, cancellation)));
        }
        if (findings.Count == 0) findings.Add(Finding.Error("No function reads the queue.", "Give the function an event source mapping for it, as template.yaml does."));
        return findings;
    }

    private async Task<List<Finding>> LoopsAsync(string function, CancellationToken cancellation)
    {
        var answer = await calls.GetAsync("lambda", $"/2024-08-31/functions/{function}/recursion-config", "", cancellation);
        return
        [
            Text(answer, "RecursiveLoop") == "Allow"
                ? Finding.Good($"{function} may send itself tickets (recursive loops are allowed).")
                : Finding.Error(
                    $"Lambda stops {function} after 16 tickets of one drain (RecursiveLoop is {Text(answer, "RecursiveLoop")}): long drains end in the dead-letter queue, their hooks time out.",
                    $"aws lambda put-function-recursion-config --function-name {function} --recursive-loop Allow"),
        ];
    }

    private async Task<List<Finding>> RulesAsync(string queueArn, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var delivers = false;
        await foreach (var rule in EnabledRulesAsync(cancellation))
        {
            var shared = HooksOf(rule).Where(options.IsOurs).ToList();
            if (shared.Count == 0) continue;
            var name = Text(rule, "Name");
            var targets = await calls.PostAsync("events", "AWSEvents.ListTargetsByRule", Json(("Rule", name)), cancellation);
            var arns = Items(targets, "Targets").Select(target => Text(target, "Arn")).ToList();
            if (arns.Contains(queueArn)) delivers = true;
            else
                findings.Add(Finding.Warning(
                    $"The rule {name} listens for the hook {string.Join(", ", shared)} too, and sends to {string.Join(", ", arns)}. If that is another TargetDrain, the one whose scope holds nothing of an instance ends the other one's drain.",
                    "Give each stack a hook name of its own (LifecycleHookNames)."));
        }
        findings.Insert(0, delivers
            ? Finding.Good($"A rule sends actions of the hook {string.Join(", ", options.LifecycleHookNames)} to the queue.")
            : Finding.Warning(
                $"No enabled rule sends actions of the hook {string.Join(", ", options.LifecycleHookNames)} to the queue.",
                "Set LifecycleEvents=true, unless your hooks notify the queue or a topic. LIFECYCLE_HOOK_NAMES must be what the stack has."));
        return findings;
    }

    private async IAsyncEnumerable<JsonElement> EnabledRulesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var next = ""; next is not null;)
        {
            var page = await calls.PostAsync("events", "AWSEvents.ListRules", next.Length > 0 ? Json(("NextToken", next)) : "{}", cancellation);
            foreach (var rule in Items(page, "Rules"))
                if (Text(rule, "State").StartsWith("ENABLED", StringComparison.Ordinal)) yield return rule;
            next = Text(page, "NextToken") is { Length: > 0 } token ? token : null;
        }
    }

    private static IEnumerable<string> HooksOf(JsonElement rule)
    {
        if (Text(rule, "EventPattern") is not { Length: > 0 } text) return [];
        using var pattern = JsonDocument.Parse(text);
        return pattern.RootElement.TryGetProperty("detail", out var detail) && detail.TryGetProperty("LifecycleHookName", out var names)
            ? [.. names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)]
            : [];
    }

    private static async Task<List<Finding>> TryAsync(string what, Func<Task<List<Finding>>> look)
    {
        try
        {
            return await look();
        }
        catch (SignedCallException exception)
        {
            return [Finding.Note($"{what} cannot be read: {exception.Message}")];
        }
    }

    // AWS always sends the list, empty or not; an emulator may answer something else.
    private static List<JsonElement> Items(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray()]
            : throw new SignedCallException($"the answer has no {name}");

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Json(params (string Name, string Value)[] members) =>
        new System.Text.Json.Nodes.JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (System.Text.Json.Nodes.JsonNode?)member.Value))).ToJsonString();
}
