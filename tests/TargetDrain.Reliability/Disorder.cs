using TargetDrain.Emulator.Events;
using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Reliability;

/// <summary>Messages as a standard queue may deliver them at its worst: late, twice, and in any order.</summary>
internal static class Disorder
{
    /// <summary>An installation whose rules do not deliver; <see cref="Deliver"/> does it for them.</summary>
    public static InstallationOptions Undelivered => new() { Rules = new Dictionary<string, string>() };

    /// <param name="delays">Called for each event: one copy arrives after each of these.</param>
    public static void Deliver(Stage stage, Func<IEnumerable<TimeSpan>> delays)
    {
        foreach (var (name, pattern) in new InstalledStack(new InstallationOptions(), stage.World.Options).Rules)
            stage.World.Events.Add(new EventRule(name, EventPattern.Parse(pattern).Matches, body =>
            {
                foreach (var delay in delays()) stage.Installation.Queue.Send(body, delay);
            }));
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
}
