using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using TargetDrain.Emulator.Journal;

namespace TargetDrain.Emulator.Events;

/// <summary>
/// The default event bus: wraps what the services tell in the EventBridge envelope and hands it to every rule that matches.
/// </summary>
/// <param name="newId">Where event ids come from; random ones when null.</param>
public sealed class EventBus(
    TimeProvider clock, WorldJournal journal, string account, string region, Func<string>? newId = null)
{
    private ImmutableArray<EventRule> rules = [];

    public void Add(EventRule rule) => ImmutableInterlocked.Update(ref rules, added => added.Add(rule));

    public void Publish(string source, string detailType, JsonObject detail, params IEnumerable<string> resources)
    {
        var envelope = new JsonObject
        {
            ["version"] = "0",
            ["id"] = newId?.Invoke() ?? Guid.NewGuid().ToString(),
            ["detail-type"] = detailType,
            ["source"] = source,
            ["account"] = account,
            ["time"] = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["region"] = region,
            ["resources"] = new JsonArray([.. resources.Select(resource => JsonValue.Create(resource))]),
            ["detail"] = detail.DeepClone(),
        };
        var body = envelope.ToJsonString();
        journal.Write(new EventPublished(source, detailType, body));
        foreach (var rule in rules)
            if (rule.Matches(envelope)) rule.Deliver(body);
    }
}

/// <summary>A rule: which events, and where their JSON goes.</summary>
public sealed record EventRule(string Name, Func<JsonObject, bool> Matches, Action<string> Deliver);
