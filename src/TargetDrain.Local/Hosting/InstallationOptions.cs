using TargetDrain.Emulator.Lambda;

namespace TargetDrain.Local.Hosting;

/// <summary>What an installer chooses; everything else is as template.yaml says.</summary>
internal sealed record InstallationOptions
{
    /// <summary>Variables of the function. Each is set through the template parameter of the same name.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Path of another template than the one that ships.</summary>
    public string? Template { get; init; }

    /// <summary>Name and event pattern, in place of the template's rules.</summary>
    public IReadOnlyDictionary<string, string>? Rules { get; init; }

    /// <summary>Whether what comes by the clock comes, too; without, the function is run by events alone.</summary>
    public bool Scheduled { get; init; } = true;

    /// <summary>Of an invocation, in place of the template's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Of the queue, in place of the template's; at least the timeout.</summary>
    public TimeSpan? VisibilityTimeout { get; init; }

    /// <summary>In place of the template's event source mapping.</summary>
    public EventSourceOptions? EventSource { get; init; }
}
