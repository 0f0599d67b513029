namespace TargetDrain.Queue;

/// <summary>
/// What one environment of the function tells the others: these instances are out of every group, and "shutting-down" is about to follow
/// for each of them; and these groups lost instances lately. It only ever saves work.
/// </summary>
internal sealed record Bulletin(
    [property: JsonPropertyName("bulletin")] int Version,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("instanceIds")] IReadOnlyList<string> InstanceIds,
    [property: JsonPropertyName("busyGroups")] IReadOnlyList<string> BusyGroups)
{
    public const int CurrentVersion = 1;

    public string ToJson() => JsonSerializer.Serialize(this, EventJson.Default.Bulletin);

    /// <summary>Reads one of any version: what is added or left out meanwhile saves less work, and does no harm.</summary>
    /// <exception cref="MalformedMessageException">It is no JSON object, or a field is missing or wrong.</exception>
    public static Bulletin Parse(string text)
    {
        using var document = EventJson.Parse(text, "$");
        var bulletin = EventJson.Read(document.RootElement, EventJson.Default.Bulletin) ?? throw new MalformedMessageException("$", "is empty.");
        Require.Time(bulletin.At, "at");
        foreach (var id in bulletin.InstanceIds ?? []) Require.InstanceId(id, "instanceIds");
        foreach (var arn in bulletin.BusyGroups ?? []) Require.Text(arn, "busyGroups");
        return bulletin with { InstanceIds = bulletin.InstanceIds ?? [], BusyGroups = bulletin.BusyGroups ?? [] };
    }
}
