namespace TargetDrain.Emulator.Journal;

/// <summary>All that happened, in order. Safe to write and read from several threads.</summary>
public sealed class WorldJournal(TimeProvider clock)
{
    private readonly List<JournalEntry> entries = [];
    private readonly Lock gate = new();

    /// <summary>Raised after an entry was written, on the writer's thread.</summary>
    public event Action<JournalEntry>? Written;

    /// <summary>A copy of what is written so far.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get { lock (gate) return [.. entries]; }
    }

    public void Write(JournalEntry entry)
    {
        var stamped = entry with { At = clock.GetUtcNow() };
        lock (gate) entries.Add(stamped);
        Written?.Invoke(stamped);
    }

    public IEnumerable<T> Of<T>() where T : JournalEntry => Entries.OfType<T>();
}
