namespace TargetDrain.Emulator.Journal;

/// <summary>All that happened, in order. Safe to write and read from several threads.</summary>
internal sealed class WorldJournal(TimeProvider clock)
{
    private readonly List<JournalEntry> entries = [];
    private readonly Lock gate = new();

    /// <summary>Raised after an entry was written, on the writer's thread.</summary>
    public event Action<JournalEntry>? Written;

    /// <summary>While true, nothing is recorded. For setting up worlds of millions of targets.</summary>
    public bool Paused { get; set; }

    /// <summary>A copy of what is written so far.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get { lock (gate) return [.. entries]; }
    }

    public void Write(JournalEntry entry)
    {
        if (Record(entry) is { } written) Announce(written);
    }

    public IEnumerable<T> Of<T>() where T : JournalEntry => Entries.OfType<T>();

    internal JournalEntry? Record(JournalEntry entry)
    {
        if (Paused) return null;
        var stamped = entry with { At = clock.GetUtcNow() };
        lock (gate) entries.Add(stamped);
        return stamped;
    }

    internal void Announce(JournalEntry written) => Written?.Invoke(written);
}
