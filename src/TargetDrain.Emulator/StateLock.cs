namespace TargetDrain.Emulator;

/// <summary>
/// One change at a time, and whole or not at all: <see cref="Perform{T}"/> has a plan that checks everything and cannot
/// change anything, and what it returns changes and cannot refuse. What a change tells the outside (events,
/// notifications, journal listeners) goes out after the lock is released: a listener may call straight back into the
/// world, and must find it at rest.
/// </summary>
internal sealed class StateLock(WorldJournal journal)
{
    private readonly Lock gate = new();
    private List<Action> outbox = [];
    private int depth;
    private bool planning;

    public T Read<T>(Func<T> read)
    {
        lock (gate) return read();
    }

    /// <summary>What nobody can refuse: the work of timers, and of AWS itself.</summary>
    public void Change(Action change) => Perform<object?>(() => () =>
    {
        change();
        return null;
    });

    /// <inheritdoc cref="Perform{T}"/>
    public void Perform(Func<Action> plan) => Perform<object?>(() =>
    {
        var change = plan();
        return () =>
        {
            change();
            return null;
        };
    });

    /// <param name="plan">Throws what AWS answers when it refuses. Changing anything within it is a defect, and fails.</param>
    /// <returns>What the change returns.</returns>
    public T Perform<T>(Func<Func<T>> plan)
    {
        List<Action>? outgoing = null;
        try
        {
            lock (gate)
            {
                if (planning) throw new InvalidOperationException("A plan must not change anything.");
                depth++;
                try
                {
                    return Apply(Plan(plan));
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
    public void Later(Action send)
    {
        if (planning || depth == 0) throw new InvalidOperationException("Only a change can tell the outside.");
        outbox.Add(send);
    }

    /// <summary>Records now, so that the order is true; listeners hear of it when the change is complete.</summary>
    public void Write(JournalEntry entry)
    {
        if (planning) throw new InvalidOperationException("A plan must not change anything.");
        if (journal.Record(entry) is { } written) Later(() => journal.Announce(written));
    }

    private Func<T> Plan<T>(Func<Func<T>> plan)
    {
        planning = true;
        try { return plan(); }
        finally { planning = false; }
    }

    private static T Apply<T>(Func<T> change)
    {
        try
        {
            return change();
        }
        catch (AwsErrorException refusal)
        {
            throw new InvalidOperationException($"A change was half done when it was refused: {refusal.Code}, {refusal.Message}", refusal);
        }
    }
}
