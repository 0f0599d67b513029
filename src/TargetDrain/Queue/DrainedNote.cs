using System.Text.Json;
using System.Text.Json.Serialization;
using TargetDrain.Events;

namespace TargetDrain.Queue;

/// <summary>
/// A message to the other environments of the function: these instances have drained, and "shutting-down" is about to
/// follow for each of them. The one that gets it need not sweep for them again. Only ever saves work: nobody waits for it,
/// and nothing is lost with it.
/// </summary>
internal sealed record DrainedNote(
    [property: JsonPropertyName(DrainedNote.Mark)] int Version,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("instanceIds")] IReadOnlyList<string> InstanceIds)
{
    /// <summary>The property that tells a note from every other message; its value is the version.</summary>
    public const string Mark = "drainedNote";

    public const int CurrentVersion = 1;

    public string ToJson() => JsonSerializer.Serialize(this, EventJson.Default.DrainedNote);

    /// <exception cref="MalformedMessageException">Another version, or a field missing or wrong.</exception>
    public static DrainedNote Parse(JsonElement root)
    {
        DrainedNote note;
        try
        {
            note = root.Deserialize(EventJson.Default.DrainedNote)!;
        }
        catch (JsonException exception)
        {
            throw new MalformedMessageException(exception.Path ?? "$", "has the wrong JSON type or format for a note.", exception);
        }
        if (note.Version != CurrentVersion) throw new MalformedMessageException(Mark, $"is version {note.Version}; allowed is {CurrentVersion}.");
        Require.Time(note.At, "at");
        if (note.InstanceIds is null) throw new MalformedMessageException("instanceIds", "is missing.");
        foreach (var id in note.InstanceIds) Require.InstanceId(id, "instanceIds");
        return note;
    }
}
