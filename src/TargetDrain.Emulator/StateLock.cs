using TargetDrain.Emulator.Journal;

namespace TargetDrain.Emulator;

/// <summary>
/// One change at a time. What a change tells the outside (events, notifications, journal listeners) goes out after the
/// lock is released: a listener may call straight back into the world, and must find it at rest.
/// </summary>
internal sealed class StateLock(WorldJournal journal)
{
    private readonly Lock gate = new();
    private List<Action> outbox = [];
    private int depth;

    public void Change(Action change) => Change<object?>(() =>
    {
        change();
        return null;
    });

    public T Change<T>(Func<T> change)
    {
        List<Action>? outgoing = null;
        try
        {
            lock (gate)
            {
                depth++;
                try
                {
                    return change();
                }
                finally
                {
                    depth--;
                    if (depth == 0 && outbox.Count > 0) (outgoing, outbox) = (outbox, []);
                }
            }
        }
        finally
        {
            if (outgoing is not null)
                foreach (var send in outgoing) send();
        }
    }

    /// <summary>Does it when the change under way is complete. Only from within one.</summary>
    public void Later(Action send) => outbox.Add(send);

    /// <summary>Records now, so that the order is true; listeners hear of it when the change is complete.</summary>
    public void Write(JournalEntry entry)
    {
        if (journal.Record(entry) is { } written) Later(() => journal.Announce(written));
    }
}
