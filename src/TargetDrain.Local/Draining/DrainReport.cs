using TargetDrain.Local.Planning;

namespace TargetDrain.Local.Draining;

/// <summary>What "drain" did, for programs.</summary>
/// <param name="MessageId">Of the request; null when none was sent.</param>
/// <param name="Drained">Whether everything has left; null when nobody waited for it.</param>
/// <param name="Undo">Commands that register again what was taken out.</param>
internal sealed record DrainReport(
    [property: JsonPropertyName("plan")] DrainPlan Plan,
    [property: JsonPropertyName("queueUrl")] string QueueUrl,
    [property: JsonPropertyName("messageId")] string? MessageId,
    [property: JsonPropertyName("drained")] bool? Drained,
    [property: JsonPropertyName("terminated")] bool Terminated,
    [property: JsonPropertyName("undo")] IReadOnlyList<string> Undo);
