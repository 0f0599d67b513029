namespace TargetDrain.Emulator.Queues;

/// <summary>
/// Items in the order of their due time. An item that no longer counts is not searched for: it is skipped when it comes
/// to the top, and all of those are swept out together once they outnumber the rest.
/// </summary>
internal sealed class DueHeap<T>(Func<T, bool> counts)
{
    private const int SweepFrom = 1024;

    private readonly PriorityQueue<T, (long Due, long Order)> heap = new();
    private long order;

    /// <summary>Due time in UTC ticks of the first item that counts.</summary>
    public bool TryPeek(out long due)
    {
        while (heap.TryPeek(out var item, out var key))
        {
            due = key.Due;
            if (counts(item)) return true;
            heap.Dequeue();
        }
        due = 0;
        return false;
    }

    public bool TryTake(long now, out T item)
    {
        if (TryPeek(out var due) && due <= now)
        {
            item = heap.Dequeue();
            return true;
        }
        item = default!;
        return false;
    }

    /// <param name="alive">How many items count at present.</param>
    public void Add(T item, long due, int alive)
    {
        heap.Enqueue(item, (due, order++));
        if (heap.Count > SweepFrom && heap.Count > 2 * alive) Sweep();
    }

    public void Clear() => heap.Clear();

    private void Sweep()
    {
        var kept = heap.UnorderedItems.Where(entry => counts(entry.Element)).ToArray();
        heap.Clear();
        heap.EnqueueRange(kept);
    }
}
