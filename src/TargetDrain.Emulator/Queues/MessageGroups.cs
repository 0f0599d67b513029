namespace TargetDrain.Emulator.Queues;

/// <summary>
/// The order of a FIFO queue: within a group as the messages were sent, and nothing of a group while somebody has one of
/// its messages. Groups take turns by the age of their first message. Not safe for several threads.
/// </summary>
internal sealed class MessageGroups
{
    private static readonly Comparer<QueueMessage> BySequence = Comparer<QueueMessage>.Create((a, b) => a.Sent.Sequence.CompareTo(b.Sent.Sequence));

    private readonly Dictionary<string, Group> groups = new(StringComparer.Ordinal);
    private readonly SortedSet<(long Sequence, string GroupId)> ready = [];

    public bool AnyReady => ready.Count > 0;

    /// <param name="last">Taken just before by the same receive, which may go on with its group.</param>
    public QueueMessage? Next(QueueMessage? last)
    {
        if (last is not null && groups.TryGetValue(last.Sent.GroupId!, out var same) && same.First is { State: MessageState.Visible } next) return next;
        return ready.Count > 0 ? groups[ready.Min.GroupId].First : null;
    }

    public void Add(QueueMessage message) => Settle(message, group => group.Waiting.Add(message));

    /// <summary>To be called before the message's state is changed.</summary>
    public void Leave(QueueMessage message) => Settle(message, group =>
    {
        if (message.State == MessageState.InFlight) group.InFlight--;
        else group.Waiting.Remove(message);
    });

    /// <summary>To be called when the message's state has been changed.</summary>
    public void Enter(QueueMessage message) => Settle(message, group =>
    {
        if (message.State == MessageState.InFlight) group.InFlight++;
        else if (message.State != MessageState.Deleted) group.Waiting.Add(message);
    });

    public void Clear()
    {
        groups.Clear();
        ready.Clear();
    }

    private void Settle(QueueMessage message, Action<Group> change)
    {
        var id = message.Sent.GroupId!;
        if (!groups.TryGetValue(id, out var group)) groups.Add(id, group = new Group());
        if (group.Ready is { } before) ready.Remove((before, id));
        change(group);
        group.Ready = group is { InFlight: 0, First: { State: MessageState.Visible } first } ? first.Sent.Sequence : null;
        if (group.Ready is { } now) ready.Add((now, id));
        if (group.InFlight == 0 && group.Waiting.Count == 0) groups.Remove(id);
    }

    private sealed class Group
    {
        public SortedSet<QueueMessage> Waiting { get; } = new(BySequence);

        public int InFlight { get; set; }

        /// <summary>Under which it stands among those that can be received from.</summary>
        public long? Ready { get; set; }

        public QueueMessage? First => Waiting.Min;
    }
}
