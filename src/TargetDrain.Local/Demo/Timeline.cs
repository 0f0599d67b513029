using System.Globalization;
using Spectre.Console;
using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Local.Demo;

/// <summary>Tells the journal line by line, as it is written.</summary>
internal sealed class Timeline(IAnsiConsole console, DemoWorld demo)
{
    private readonly DateTimeOffset start = demo.World.Clock.GetUtcNow();
    private readonly Lock writing = new();

    public void Tell(JournalEntry entry)
    {
        var (color, text) = Line(entry);
        if (text.Length == 0) return;
        var time = (entry.At - start).TotalSeconds.ToString("00.0", CultureInfo.InvariantCulture);
        lock (writing) console.MarkupLine($"[grey]{time}s[/]  [{color}]{Markup.Escape(text)}[/]");
    }

    private (string Color, string Text) Line(JournalEntry entry) => entry switch
    {
        InstanceStateChanged { State: "shutting-down" or "terminated" } change => ("white", $"EC2           {Name(change.InstanceId)} is {change.State}"),
        EventPublished { DetailType: "EC2 Spot Instance Interruption Warning" } => ("yellow", "EC2           Spot interruption warning: two minutes left"),
        LifecycleActionStarted started => ("yellow", $"Auto Scaling  {Name(started.InstanceId)} waits on hook {started.HookName}"),
        TargetChanged { State: "draining" } change => ("blue", $"ELB           {change.TargetGroupName,-14} {Target(change.Target)} draining (by {By(change.By)})"),
        TargetChanged { State: "gone" } change => ("green", $"ELB           {change.TargetGroupName,-14} {Target(change.Target)} gone"),
        HeartbeatRecorded beat => ("grey", $"Auto Scaling  heartbeat for {Name(beat.InstanceId)}"),
        LifecycleActionEnded ended => ("green", $"Auto Scaling  {Name(ended.InstanceId)} completed with {ended.Result} by {(ended.By == "caller" ? "TargetDrain" : ended.By)}"),
        MessageSent { Delay.Ticks: > 0 } sent => ("grey", $"SQS           a ticket comes back in {sent.Delay.TotalSeconds:0} s"),
        InvocationEnded run => (run.Outcome == "ok" ? "grey" : "red", $"Lambda        invocation {run.Outcome}, billed {run.Billed.TotalMilliseconds:0} ms"),
        _ => ("", ""),
    };

    private string Name(string instanceId) =>
        demo.World.Compute.Find(instanceId).Tags.TryGetValue("Name", out var name) ? $"{instanceId} ({name})" : instanceId;

    private string Target(string target)
    {
        var id = target.Split(':')[0];
        return demo.Roles.TryGetValue(id, out var role) ? $"{target} ({role})" : target;
    }

    private static string By(string principal) => principal == Installation.FunctionAccessKeyId ? "TargetDrain" : principal;
}
