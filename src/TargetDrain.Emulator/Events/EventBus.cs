using System.Collections.Immutable;

namespace TargetDrain.Emulator.Events;

/// <summary>
/// The default event bus: wraps what the services tell in the EventBridge envelope and hands it to every rule that matches.
/// </summary>
/// <param name="newId">Where event ids come from; random ones when null.</param>
internal sealed class EventBus(
    TimeProvider clock, WorldJournal journal, string account, string region, Func<string>? newId = null)
{
    // Replaced, never changed: an event goes to the rules of the moment it was published.
    private ImmutableArray<EventRule> rules = [];

    public string Account { get; } = account;

    /// <summary>The share of AWS's own events that get lost, 0 to 1.</summary>
    public double Lost { get; init; }

    /// <summary>The share of events that are delivered twice, 0 to 1.</summary>
    public double Doubled { get; init; }

    public Random Random { get; init; } = new(1);

    public string Region { get; } = region;

    public string Arn(string resource) => $"arn:aws:events:{Region}:{Account}:{resource}";

    public void Add(EventRule rule) => ImmutableInterlocked.Update(ref rules, present => present.Add(rule));

    /// <summary>Takes out every rule of that name.</summary>
    public void Remove(string name) =>
        ImmutableInterlocked.Update(ref rules, present => present.RemoveAll(rule => rule.Name == name));

    /// <returns>The id of the event.</returns>
    public string Publish(string source, string detailType, JsonObject detail, params IEnumerable<string> resources) =>
        Publish(source, detailType, detail, resources, clock.GetUtcNow());

    /// <param name="time">When it happened, by the word of its sender.</param>
    public string Publish(string source, string detailType, JsonObject detail, IEnumerable<string> resources, DateTimeOffset time)
    {
        var envelope = Envelope(source, detailType, detail, resources, time);
        // What an application puts itself has been accepted; only the services' own events are sent "best effort".
        Send(envelope, source.StartsWith("aws.", StringComparison.Ordinal), body =>
        {
            foreach (var rule in rules)
                if (rule.Matches(envelope)) rule.Deliver(body);
        });
        return (string)envelope["id"]!;
    }

    /// <summary>The event of a scheduled rule, which reaches that rule alone.</summary>
    internal void PublishScheduled(string ruleArn, DateTimeOffset time, Action<string> deliver) =>
        Send(Envelope("aws.events", "Scheduled Event", [], [ruleArn], time), isBestEffort: true, deliver);

    private void Send(JsonObject envelope, bool isBestEffort, Action<string> deliver)
    {
        var (source, detailType, body) = ((string)envelope["source"]!, (string)envelope["detail-type"]!, envelope.ToJsonString());
        if (isBestEffort && Strikes(Lost))
        {
            journal.Write(new EventLost(source, detailType, body));
            return;
        }
        journal.Write(new EventPublished(source, detailType, body));
        for (var times = Strikes(Doubled) ? 2 : 1; times > 0; times--) deliver(body);
    }

    private JsonObject Envelope(string source, string detailType, JsonObject detail, IEnumerable<string> resources, DateTimeOffset time) => new()
    {
        ["version"] = "0",
        ["id"] = newId?.Invoke() ?? Guid.NewGuid().ToString(),
        ["detail-type"] = detailType,
        ["source"] = source,
        ["account"] = Account,
        ["time"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["region"] = Region,
        ["resources"] = new JsonArray([.. resources.Select(resource => JsonValue.Create(resource))]),
        ["detail"] = detail.DeepClone(),
    };

    private bool Strikes(double share)
    {
        if (share <= 0) return false;
        lock (Random) return Random.NextDouble() < share;
    }
}

/// <summary>A rule: which events, and where their JSON goes.</summary>
internal sealed record EventRule(string Name, Func<JsonObject, bool> Matches, Action<string> Deliver);
