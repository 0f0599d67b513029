using TargetDrain.Local.History;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Local.Demo;

/// <summary>Did it hold? Each statement with its answer and, where it is no, with what is left and why.</summary>
internal sealed record Verdict(IReadOnlyList<Statement> Statements)
{
    public bool Holds => Statements.All(statement => statement.Holds);

    public static Verdict Of(DemoWorld demo, Installation installation)
    {
        var journal = demo.World.Journal.Entries;
        var dying = demo.Dying.ToHashSet();
        bool IsTheirs(TargetChanged change) => change.TargetGroupArn != demo.Elsewhere.Arn && dying.Contains(TargetName.IdOf(change.Target));

        var changes = journal.OfType<TargetChanged>().ToList();
        var touched = changes.Where(change => change.State is "draining" or "gone" && !IsTheirs(change))
            .Select(change => $"{change.TargetGroupName} {change.Target} is {change.State}, by {DisplayNames.By(change.By)}").ToList();
        var lastGone = changes.Where(change => TargetName.IdOf(change.Target) == demo.Scaled.Id && change.State == "gone").Select(change => change.At).DefaultIfEmpty().Max();
        var ended = journal.OfType<LifecycleActionEnded>().ToList();
        var failed = journal.OfType<InvocationEnded>().Where(run => run is not { Outcome: "ok", Failed: 0 })
            .Select(run => run.Outcome == "ok" ? $"one sent {run.Failed} messages back" : $"one ended with {run.Outcome}").ToList();
        if (failed.Count == 0 && !journal.OfType<InvocationEnded>().Any()) failed.Add("there was none");
        var dead = installation.DeadLetters.Counts.All;
        return new Verdict(
        [
            Statement.Of("every registration of the three instances is gone", Leftover.Find(demo, dying, journal)),
            Statement.Of("nobody else's registration was touched", touched),
            Statement.Of("the hook got CONTINUE from the function, once", Hook(ended, journal)),
            Statement.Of("and only after the last of its drains", Order(ended, lastGone)),
            Statement.Of("no invocation failed", failed),
            Statement.Of("nothing is in the dead-letter queue", dead == 0 ? [] : [$"{dead} messages are"]),
        ]);
    }

    private static List<string> Hook(List<LifecycleActionEnded> ended, IReadOnlyList<JournalEntry> journal) => ended switch
    {
        [{ Result: "CONTINUE", By: "caller" }] => [],
        [] when journal.OfType<LifecycleActionStarted>().Any() => ["it still waits"],
        [] => ["it was never called"],
        _ => [.. ended.Select(end => $"it ended with {end.Result} by {(end.By == "caller" ? "TargetDrain" : end.By)}")],
    };

    private static List<string> Order(List<LifecycleActionEnded> ended, DateTimeOffset lastGone) =>
        ended.Count != 1 ? [$"it ended {ended.Count} times"]
        : lastGone == default ? ["none of its drains has ended"]
        : ended[0].At < lastGone ? [$"it ended {(lastGone - ended[0].At).TotalSeconds:0.0} s before"]
        : [];
}

/// <summary>One thing that was to hold.</summary>
/// <param name="Why">What is left or what happened instead; empty when it held.</param>
internal sealed record Statement(string Text, bool Holds, string Why)
{
    /// <summary>Holds when nothing speaks against it.</summary>
    public static Statement Of(string text, IReadOnlyCollection<string> against) => new(text, against.Count == 0, string.Join("; ", against));

    public override string ToString() => Holds ? Text : $"{Text}: {Why}";
}
