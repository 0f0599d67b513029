namespace TargetDrain.Local.Diagnostics;

/// <summary>One thing that was checked.</summary>
/// <param name="WhatToDo">Empty when there is nothing to do.</param>
internal sealed record Finding(
    [property: JsonPropertyName("severity")] Severity Severity,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("whatToDo")] string WhatToDo = "")
{
    /// <summary>What it is about, for programs: one of the names that docs/command-line.md lists.</summary>
    [JsonPropertyName("check"), JsonPropertyOrder(-1)]
    public string Check { get; init; } = "";

    public static Finding Good(string text) => new(Severity.Good, text);

    public static Finding Note(string text, string whatToDo = "") => new(Severity.Note, text, whatToDo);

    public static Finding Warning(string text, string whatToDo) => new(Severity.Warning, text, whatToDo);

    public static Finding Error(string text, string whatToDo) => new(Severity.Error, text, whatToDo);
}

[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
internal enum Severity
{
    [JsonStringEnumMemberName("ok")]
    Good,

    [JsonStringEnumMemberName("note")]
    Note,

    [JsonStringEnumMemberName("warning")]
    Warning,

    [JsonStringEnumMemberName("error")]
    Error,
}

/// <summary>A whole check-up, for programs.</summary>
/// <param name="Stack">Null when no stack was looked at.</param>
internal sealed record CheckUp(
    [property: JsonPropertyName("identity")] Identity Identity,
    [property: JsonPropertyName("stack")] string? Stack,
    [property: JsonPropertyName("worst")] Severity Worst,
    [property: JsonPropertyName("findings")] IReadOnlyList<Finding> Findings);
