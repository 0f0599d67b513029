namespace TargetDrain.Local.History;

/// <summary>One target in one group, from its registration to its end. Registered anew, it is another span.</summary>
/// <param name="Target">Id:Port, or the id alone.</param>
/// <param name="Delay">The group's deregistration delay.</param>
internal sealed record RegistrationSpan(string GroupArn, string Group, string Target, TimeSpan Delay, DateTimeOffset From)
{
    /// <summary>The instance id or address without the port.</summary>
    public string Id => TargetName.IdOf(Target);

    public DateTimeOffset? DrainingFrom { get; init; }

    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>Who took it out: a principal, "autoscaling", "ec2" or "test".</summary>
    public string By { get; init; } = "";

    public bool IsTouched => DrainingFrom is not null || GoneAt is not null;

    /// <summary>From 0 to 1: how much of its drain is over.</summary>
    public double Progress(DateTimeOffset now) =>
        GoneAt is not null ? 1
        : DrainingFrom is not { } from ? 0
        : Delay <= TimeSpan.Zero ? 1
        : Math.Clamp((now - from) / Delay, 0, 1);
}

/// <summary>One instance waiting on one lifecycle hook.</summary>
internal sealed record HookSpan(string Group, string Hook, string InstanceId, string Token, DateTimeOffset From)
{
    public IReadOnlyList<DateTimeOffset> Heartbeats { get; init; } = [];

    public DateTimeOffset? To { get; init; }

    /// <summary>CONTINUE or ABANDON; null while it waits.</summary>
    public string? Result { get; init; }

    /// <summary>"caller" or what else ended it.</summary>
    public string By { get; init; } = "";

    /// <summary>The same for a person; empty while it waits.</summary>
    public string EndedBy => By == "caller" ? "TargetDrain" : By;
}

/// <summary>One run of the function.</summary>
internal sealed record InvocationSpan(string RequestId, int Messages, DateTimeOffset From)
{
    public DateTimeOffset? To { get; init; }

    public TimeSpan Billed { get; init; }

    /// <summary>"ok", "error", "timeout" or "crash"; null while it runs.</summary>
    public string? Outcome { get; init; }

    public int Failed { get; init; }
}

/// <summary>A target as the journal names it: Id:Port, or the id alone.</summary>
internal static class TargetName
{
    public static string IdOf(string target) => PortAt(target) is { } colon ? target[..colon] : target;

    /// <summary>":8080", or nothing.</summary>
    public static string PortOf(string target) => PortAt(target) is { } colon ? target[colon..] : "";

    // An IPv6 address has colons of its own; the port is behind the last one.
    private static int? PortAt(string target) =>
        target.LastIndexOf(':') is var colon and > 0 && colon < target.Length - 1 && target.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0
            ? colon
            : null;
}
