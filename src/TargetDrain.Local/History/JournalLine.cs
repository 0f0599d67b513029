namespace TargetDrain.Local.History;

/// <summary>One entry of the journal as a person reads it.</summary>
/// <param name="Source">Who acts: at most 12 letters.</param>
internal sealed record JournalLine(DateTimeOffset At, Tone Tone, string Source, string Text)
{
    /// <returns>Null for what only a machine cares about.</returns>
    public static JournalLine? Of(JournalEntry entry, DisplayNames names) => entry switch
    {
        InstanceStateChanged { State: "shutting-down" or "terminated" or "stopping" } change =>
            Line(Tone.Plain, "EC2", $"{names.NameOf(change.InstanceId)} is {change.State}"),
        InstanceStateChanged { State: "running" or "stopped" } change => Line(Tone.Quiet, "EC2", $"{names.NameOf(change.InstanceId)} is {change.State}"),
        EventPublished { DetailType: "EC2 Spot Instance Interruption Warning" } => Line(Tone.Warning, "EC2", "Spot interruption warning: two minutes left"),
        LifecycleActionStarted started => Line(Tone.Warning, "Auto Scaling", $"{names.NameOf(started.InstanceId)} waits on hook {started.HookName}"),
        HeartbeatRecorded beat => Line(Tone.Quiet, "Auto Scaling", $"heartbeat for {names.NameOf(beat.InstanceId)}"),
        LifecycleActionEnded ended => Line(
            ended.By == "caller" ? Tone.Done : Tone.Bad, "Auto Scaling",
            $"{names.NameOf(ended.InstanceId)}: {ended.Result} {(ended.By == "caller" ? "from TargetDrain" : $"by {ended.By}")}"),
        TargetChanged { State: "draining" } change => Line(Tone.Moving, DisplayNames.By(change.By), Target("draining", change, names)),
        TargetChanged { State: "gone" } change => Line(Tone.Done, "ELB", Target("gone", change, names)),
        TargetChanged { State: "registered" } change => Line(Tone.Quiet, DisplayNames.By(change.By), Target("registered", change, names)),
        MessageSent { Delay.Ticks: > 0 } sent => Line(Tone.Quiet, "SQS", $"a ticket comes back in {sent.Delay.TotalSeconds:0} s"),
        MessageDeadLettered => Line(Tone.Bad, "SQS", "a message went to the dead-letter queue"),
        InvocationEnded run => Line(
            run is { Outcome: "ok", Failed: 0 } ? Tone.Quiet : Tone.Bad, "Lambda",
            $"run {run.Outcome}, {run.Billed.TotalMilliseconds:0} ms billed{(run.Failed > 0 ? $", {run.Failed} messages go back" : "")}"),
        ApiCalled { ErrorCode: { } code } call when IsWorthTelling(code) => Line(Tone.Bad, "AWS", $"{call.Operation} answered {code}"),
        _ => null,
    } is { } line ? line with { At = entry.At } : null;

    /// <summary>How a world came to be, which everybody can see, rather than what happens in it.</summary>
    public static bool IsBeginning(JournalEntry entry) =>
        entry is InstanceStateChanged { State: "pending" or "running" } or TargetChanged { State: "registered" };

    private static JournalLine Line(Tone tone, string source, string text) => new(default, tone, source, text);

    // "Already over" is part of normal life.
    private static bool IsWorthTelling(string code) => code is not ("ValidationError" or "(no answer)");

    // In columns: what happens, the group, the port or address, whose it is.
    private static string Target(string what, TargetChanged change, DisplayNames names)
    {
        var id = TargetName.IdOf(change.Target);
        var who = names.OwnerOf(change.TargetGroupArn, id);
        var target = who == id ? TargetName.PortOf(change.Target) : change.Target;
        return $"{what,-8}  {change.TargetGroupName,-13}  {target,-17}  {(who is null ? "" : names.NameOf(who))}".TrimEnd();
    }
}

internal enum Tone
{
    Plain,
    Quiet,
    Moving,
    Warning,
    Done,
    Bad,
}
