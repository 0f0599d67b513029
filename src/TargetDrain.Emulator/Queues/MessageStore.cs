namespace TargetDrain.Emulator.Queues;

/// <summary>
/// The messages of one queue: first in, first out when visible, by due time while delayed or in flight. Nothing here
/// is slower than the logarithm of their number. Not safe for several threads; the queue holds its lock.
/// </summary>
internal sealed class MessageStore(bool isFifo)
{
    // A standard queue has no groups, a FIFO queue no other order than theirs.
    private readonly MessageGroups? groups = isFifo ? new MessageGroups() : null;
    private readonly Dictionary<string, QueueMessage> byId = [];
    private readonly Queue<QueueMessage> visible = new();
    private readonly DueHeap<(QueueMessage Message, int Version)> hidden =
        new(entry => entry.Version == entry.Message.Version && entry.Message.State is MessageState.Delayed or MessageState.InFlight);
    private readonly DueHeap<QueueMessage> bySent = new(message => message.State != MessageState.Deleted);
    private readonly int[] counts = new int[4];

    public int Visible => Count(MessageState.Visible);

    public bool AnyReceivable => groups?.AnyReady ?? Visible > 0;

    public int Delayed => Count(MessageState.Delayed);

    public int InFlight => Count(MessageState.InFlight);

    public QueueMessage? Find(string messageId) => byId.GetValueOrDefault(messageId);

    /// <param name="due">When it can be received.</param>
    public void Add(QueueMessage message, DateTimeOffset due, DateTimeOffset now)
    {
        byId.Add(message.Sent.MessageId, message);
        counts[(int)message.State]++;
        groups?.Add(message);
        bySent.Add(message, message.Sent.At.UtcTicks, byId.Count);
        if (due > now) Hide(message, MessageState.Delayed, due);
        else Show(message);
    }

    public void Hide(QueueMessage message, MessageState state, DateTimeOffset due)
    {
        Change(message, state);
        message.Version++;
        hidden.Add((message, message.Version), due.UtcTicks, Delayed + InFlight);
    }

    public void Remove(QueueMessage message)
    {
        Change(message, MessageState.Deleted);
        byId.Remove(message.Sent.MessageId);
    }

    /// <summary>Lets go of what is older than <paramref name="retention"/>, and shows what is due.</summary>
    public void Advance(DateTimeOffset now, TimeSpan retention)
    {
        while (bySent.TryTake((now - retention).UtcTicks, out var old)) Remove(old);
        while (hidden.TryTake(now.UtcTicks, out var entry)) Show(entry.Message);
    }

    /// <summary>The message that is next to be received, or null.</summary>
    /// <param name="last">Taken just before by the same receive.</param>
    public QueueMessage? Peek(QueueMessage? last)
    {
        if (groups is not null) return groups.Next(last);
        while (visible.TryPeek(out var message))
        {
            if (message.State == MessageState.Visible) return message;
            visible.Dequeue();
        }
        return null;
    }

    /// <summary>Takes what was peeked at out of the order; its state is for the caller to change.</summary>
    public void Skip()
    {
        if (groups is null) visible.Dequeue();
    }

    /// <summary>When the next hidden message becomes visible.</summary>
    public DateTimeOffset? NextDue() => hidden.TryPeek(out var due) ? new DateTimeOffset(due, TimeSpan.Zero) : null;

    public void Clear()
    {
        foreach (var message in byId.Values) message.State = MessageState.Deleted;
        byId.Clear();
        visible.Clear();
        groups?.Clear();
        hidden.Clear();
        bySent.Clear();
        Array.Clear(counts);
    }

    private int Count(MessageState state) => counts[(int)state];

    private void Show(QueueMessage message)
    {
        Change(message, MessageState.Visible);
        message.Version++;
        if (groups is null) visible.Enqueue(message);
    }

    private void Change(QueueMessage message, MessageState state)
    {
        groups?.Leave(message);
        counts[(int)message.State]--;
        counts[(int)state]++;
        message.State = state;
        groups?.Enter(message);
    }
}
