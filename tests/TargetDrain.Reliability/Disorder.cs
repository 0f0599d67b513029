using TargetDrain.Emulator.Events;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Queues;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Reliability;

/// <summary>Messages as a standard queue may deliver them at its worst: late, twice, and in any order.</summary>
internal static class Disorder
{
    /// <summary>An installation whose rules do not deliver; <see cref="Deliver"/> does it for them.</summary>
    public static InstallationOptions Undelivered => new() { Rules = new Dictionary<string, string>() };

    /// <summary>
    /// Every message that is sent until then comes again so much later: as it was, and as a dead letter of a direct
    /// invocation that somebody moved back.
    /// </summary>
    public static void Replay(Stage stage, TimeSpan until, params TimeSpan[] later)
    {
        var end = stage.Clock.GetUtcNow() + until;
        var repeated = new HashSet<string>();
        stage.World.Journal.Written += entry =>
        {
            if (entry is not MessageSent { Body: var body } sent || sent.At > end || QueueOf(stage, sent.Queue) is not { } queue || !repeated.Add(body)) return;
            foreach (var delay in later)
            {
                queue.Send(body, delay);
                var wrapped = Samples.HandedOver(body);
                repeated.Add(wrapped);
                queue.Send(wrapped, delay);
            }
        };
    }

    /// <param name="delays">Called for each event: one copy arrives after each of these.</param>
    public static void Deliver(Stage stage, Func<IEnumerable<TimeSpan>> delays)
    {
        var stack = new InstalledStack(new InstallationOptions(), stage.World.Options);
        foreach (var rule in stack.RulesToInstall)
        {
            if (rule is not { IsEnabled: true, Pattern: { } pattern }) continue;
            var queue = stage.World.Queues.FindByArn(rule.TargetArns.Single())!;
            stage.World.Events.Add(new EventRule(rule.RuleName, EventPattern.Parse(pattern).Matches, body =>
            {
                foreach (var delay in delays()) queue.Send(body, delay);
            }));
        }
    }

    /// <summary>Every ticket comes once more, so much later.</summary>
    public static void RepeatTickets(Stage stage, TimeSpan later)
    {
        var repeated = new HashSet<string>();
        stage.World.Journal.Written += entry =>
        {
            if (entry is MessageSent { Body: var body, Delay: var delay } && body.StartsWith("{\"drainTicket\"", StringComparison.Ordinal) && repeated.Add(body))
                stage.Installation.Queue.Send(body, delay + later);
        };
    }

    /// <returns>Null for a queue that is not the function's.</returns>
    public static SqsQueue? QueueOf(Stage stage, string name) =>
        name == stage.Installation.Queue.Name ? stage.Installation.Queue
        : name == stage.Installation.UrgentQueue.Name ? stage.Installation.UrgentQueue
        : null;
}
