namespace TargetDrain.Reconcile;

/// <summary>
/// The one message in the reconciler's queue. Whoever holds it runs, and passes it on with what the next run must know. Lost, it costs an
/// interval: what was seen once is to be seen twice anew.
/// </summary>
/// <param name="StartedAt">When the last run began; null before the first.</param>
/// <param name="Position">The ARN of the group that was looked into last; null when the last run came to the end of the list.</param>
/// <param name="Sightings">Targets that nothing answered for when their group was last looked into.</param>
/// <param name="Idle">Instances that wait for us and are in no group, and since when they have been seen so.</param>
/// <param name="Last">What the last run found.</param>
internal sealed record Baton(
    [property: JsonPropertyName(Baton.Mark)] int Version,
    [property: JsonPropertyName("startedAt")] DateTimeOffset? StartedAt = null,
    [property: JsonPropertyName("position")] string? Position = null,
    [property: JsonPropertyName("sightings")] IReadOnlyList<Sighting>? Sightings = null,
    [property: JsonPropertyName("idle")] IReadOnlyDictionary<string, DateTimeOffset>? Idle = null,
    [property: JsonPropertyName("last")] RunSummary? Last = null)
{
    /// <summary>The property that tells a baton from every other message; its value is the version.</summary>
    public const string Mark = "reconcileBaton";

    public const int CurrentVersion = 1;

    public static Baton First { get; } = new(CurrentVersion);

    // A schedule's tick may come twice, and runs that came at once wait for each other.
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(30);

    /// <summary>Whether a run went through everything just now.</summary>
    public bool IsFresh(DateTimeOffset now) => Last?.IsWhole == true && now - StartedAt < FreshFor;

    public string ToJson() => JsonSerializer.Serialize(this, EventJson.Default.Baton);

    /// <summary>The first baton where the text is none: somebody else wrote into the queue.</summary>
    public static Baton Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, EventJson.Default.Baton) ?? First;
        }
        catch (JsonException)
        {
            return First;
        }
    }
}

/// <summary>A target that nothing answered for.</summary>
/// <param name="SeenAt">When the run began that saw it first.</param>
/// <param name="IsReported">It was told as an orphan already.</param>
internal sealed record Sighting(
    [property: JsonPropertyName("group")] string GroupArn,
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("port")] int? Port,
    [property: JsonPropertyName("seenAt")] DateTimeOffset SeenAt,
    [property: JsonPropertyName("isReported")] bool IsReported = false);

/// <param name="Groups">How many target groups were looked into.</param>
/// <param name="IsWhole">Whether these were all.</param>
/// <param name="Orphans">Seen in two runs.</param>
/// <param name="Removed">Of those, taken out.</param>
/// <param name="Recovered">Lifecycle actions that nobody answered.</param>
internal sealed record RunSummary(
    [property: JsonPropertyName("groups")] int Groups,
    [property: JsonPropertyName("isWhole")] bool IsWhole,
    [property: JsonPropertyName("orphans")] int Orphans,
    [property: JsonPropertyName("removed")] int Removed,
    [property: JsonPropertyName("recovered")] int Recovered);
