namespace TargetDrain.Local.Diagnostics;

/// <summary>One thing that was checked.</summary>
/// <param name="WhatToDo">Empty when there is nothing to do.</param>
internal sealed record Finding(Severity Severity, string Text, string WhatToDo = "")
{
    public static Finding Good(string text) => new(Severity.Good, text);

    public static Finding Note(string text) => new(Severity.Note, text);

    public static Finding Warning(string text, string whatToDo) => new(Severity.Warning, text, whatToDo);

    public static Finding Error(string text, string whatToDo) => new(Severity.Error, text, whatToDo);
}

internal enum Severity
{
    Good,
    Note,
    Warning,
    Error,
}
