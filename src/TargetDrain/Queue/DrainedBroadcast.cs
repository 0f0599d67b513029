using System.Text.Json;
using System.Text.Json.Serialization;

namespace TargetDrain.Queue;

/// <summary>
/// A message to the other environments of the function, for one of them: these instances are out of every group, and "shutting-down" is
/// about to follow for each of them; and these groups lost instances lately. It only ever saves work: nobody waits for it, and nothing is
/// lost with it.
/// </summary>
internal sealed record DrainedBroadcast(
    [property: JsonPropertyName(DrainedBroadcast.Mark)] int Version,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("instanceIds")] IReadOnlyList<string> InstanceIds,
    [property: JsonPropertyName("busyGroups")] IReadOnlyList<string>? BusyGroups = null)
{
    /// <summary>The property that tells it from every other message; its value is the version.</summary>
    public const string Mark = "drainedBroadcast";

    public const int CurrentVersion = 1;

    public string ToJson() => JsonSerializer.Serialize(this, EventJson.Default.DrainedBroadcast);

    /// <summary>Reads one of any version: what is added or left out meanwhile saves less work, and does no harm.</summary>
    /// <exception cref="MalformedMessageException">A field is missing or wrong.</exception>
    public static DrainedBroadcast Parse(JsonElement root)
    {
        var broadcast = EventJson.Read(root, EventJson.Default.DrainedBroadcast);
        Require.Time(broadcast.At, "at");
        if (broadcast.InstanceIds is null) throw new MalformedMessageException("instanceIds", "is missing.");
        foreach (var id in broadcast.InstanceIds) Require.InstanceId(id, "instanceIds");
        foreach (var arn in broadcast.BusyGroups ?? []) Require.Text(arn, "busyGroups");
        return broadcast;
    }
}
