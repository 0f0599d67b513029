namespace TargetDrain.Emulator.Queues;

/// <summary>
/// What a FIFO queue remembers for five minutes, whatever becomes of the message meanwhile: which ids were sent, and what
/// the attempts to receive got.
/// </summary>
internal sealed class Deduplication<T>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, T> known = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, DateTimeOffset At)> byAge = new();

    public T? Find(string id, DateTimeOffset now)
    {
        while (byAge.TryPeek(out var oldest) && now - oldest.At >= Interval) known.Remove(byAge.Dequeue().Id);
        return known.GetValueOrDefault(id);
    }

    /// <param name="id">Not found just before.</param>
    public void Add(string id, T what, DateTimeOffset now)
    {
        known.Add(id, what);
        byAge.Enqueue((id, now));
    }
}
