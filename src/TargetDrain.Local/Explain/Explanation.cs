namespace TargetDrain.Local.Explain;

/// <summary>What the function would do with one message, as facts in the order a person asks for them.</summary>
/// <param name="Name">The file, and the message where it holds several.</param>
internal sealed record Explanation([property: JsonPropertyName("name")] string Name)
{
    [JsonPropertyName("facts")]
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>Why the function would not understand it; null when it would.</summary>
    [JsonPropertyName("problem")]
    public string? Problem { get; init; }
}

internal sealed record Fact([property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("text")] string Text);

[JsonSourceGenerationOptions(WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<Explanation>))]
internal sealed partial class ExplanationJson : JsonSerializerContext;
