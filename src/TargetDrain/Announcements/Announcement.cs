namespace TargetDrain.Announcements;

/// <summary>An event of our own for the default bus, so that whoever wants to be told is one rule away. It may be sent twice.</summary>
/// <param name="Detail">A JSON object.</param>
internal sealed record Announcement(string DetailType, string Detail)
{
    /// <summary>The same as of what operators send to us, which has other detail-types.</summary>
    public const string Source = "target-drain";

    private const string Completed = "Drain Completed";
    private const string GaveUp = "Drain Gave Up";
    private const string Orphan = "Orphan Found";

    /// <summary>None of them is acted on, wherever it is routed: what we say must never make us act.</summary>
    public static IReadOnlyList<string> DetailTypes { get; } = [Completed, GaveUp, Orphan];

    public static Announcement Of(DrainEnd end) =>
        new(end.IsGood ? Completed : GaveUp, JsonSerializer.Serialize(end, AnnouncementJson.Default.DrainEnd));

    public static Announcement Of(FoundOrphan orphan) => new(Orphan, JsonSerializer.Serialize(orphan, AnnouncementJson.Default.FoundOrphan));
}

/// <summary>Our events are only ever written: without what reading needs, the function is smaller.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DrainEnd))]
[JsonSerializable(typeof(FoundOrphan))]
internal sealed partial class AnnouncementJson : JsonSerializerContext;
