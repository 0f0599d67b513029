using TargetDrain.Benchmarks.Storms;
using TargetDrain.Emulator.Journal;

namespace TargetDrain.Benchmarks.Peers;

/// <summary>What a peer did. Seconds since the events.</summary>
internal sealed class PeerOutcome
{
    /// <param name="peaks">The most memory that each of its processes held, in MB.</param>
    public PeerOutcome(IReadOnlyList<JournalEntry> entries, DateTimeOffset start, int instances, IReadOnlyList<double> peaks)
    {
        Storm = new StormOutcome(entries, start, instances);
        Invoked = entries.OfType<InvocationStarted>().FirstOrDefault() is { } first ? (first.At - start).TotalSeconds : double.NaN;
        PeakMegabytes = peaks.Count == 0 ? double.NaN : peaks.Max();
        Processes = peaks.Count;
    }

    public StormOutcome Storm { get; }

    /// <summary>The first run began.</summary>
    public double Invoked { get; }

    /// <summary>Of the process that held most: memory is configured for each.</summary>
    public double PeakMegabytes { get; }

    public int Processes { get; }

    public double BilledMilliseconds => Storm.Billed * 1000;
}

/// <summary>A way to take instances out of their target groups.</summary>
internal sealed record Peer(string Name, string Colour, Func<PeerCase, Task<PeerOutcome>> RunAsync);
