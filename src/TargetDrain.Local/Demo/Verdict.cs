using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Local.Demo;

/// <summary>Did it hold? Each statement with its answer, read from the end state and the journal.</summary>
internal sealed record Verdict(IReadOnlyList<(string Statement, bool Holds)> Statements)
{
    public bool Holds => Statements.All(statement => statement.Holds);

    public static Verdict Of(DemoWorld demo, Installation installation)
    {
        var journal = demo.World.Journal.Entries;
        var dying = demo.Roles.Where(entry => entry.Value != DemoWorld.SurvivorRole).Select(entry => entry.Key).ToHashSet();
        bool IsTheirs(string target) => dying.Contains(Id(target));
        bool IsElsewhere(TargetChanged change) => change.TargetGroupArn == demo.Elsewhere.Arn;

        var changes = journal.OfType<TargetChanged>().ToList();
        var left = demo.Groups.Where(group => group != demo.Elsewhere)
            .SelectMany(group => demo.World.LoadBalancing.Targets(group.Arn)).Count(target => IsTheirs(target.Target.Id));
        var touched = changes.Where(change => change.State is "draining" or "gone" && (IsElsewhere(change) || !IsTheirs(change.Target))).ToList();
        var ended = journal.OfType<LifecycleActionEnded>().ToList();
        var lastGone = changes.Where(change => Id(change.Target) == demo.Scaled.Id && change.State == "gone").Select(change => change.At).DefaultIfEmpty().Max();
        var billed = journal.OfType<InvocationEnded>().ToList();
        return new Verdict(
        [
            ("every registration of the three instances is gone", left == 0 && changes.Exists(change => change.State == "gone" && IsTheirs(change.Target))),
            ("nobody else's registration was touched", touched.Count == 0),
            ("the hook got CONTINUE from the function, once", ended is [{ Result: "CONTINUE", By: "caller" }]),
            ("and only after the last of its drains", ended.Count == 1 && lastGone != default && ended[0].At >= lastGone),
            ("no invocation failed", billed.Count > 0 && billed.All(run => run is { Outcome: "ok", Failed: 0 })),
            ("nothing is in the dead-letter queue", installation.DeadLetters.Counts.All == 0),
        ]);
    }

    private static string Id(string target) => target.Split(':')[0];
}
