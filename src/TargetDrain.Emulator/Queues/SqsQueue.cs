namespace TargetDrain.Emulator.Queues;

/// <summary>
/// A queue: standard, at least once and roughly in order; or FIFO, in the order of its message groups. Safe for several
/// threads. A consumer that waits costs one timer, set for the moment the next message becomes visible, and none while
/// the queue is empty.
/// </summary>
internal sealed partial class SqsQueue
{
    /// <summary>How many messages of a queue can be in flight.</summary>
    public const int InFlightLimit = 120_000;

    private static readonly TimeSpan LongestInFlight = TimeSpan.FromHours(12);

    private readonly TimeProvider clock;
    private readonly WorldJournal journal;
    private readonly Func<string, SqsQueue?> findByArn;
    // There are no users here; all senders are one.
    private readonly string senderId;
    private readonly Lock gate = new();
    private readonly MessageStore store;
    private readonly Deduplication<SentMessage> sentBefore = new();
    private readonly LongPollWaiters waiting;
    private QueueAttributes attributes;
    private DateTimeOffset? purged;
    private long lastSequence;

    internal SqsQueue(
        string name, string arn, QueueAttributes attributes, TimeProvider clock, WorldJournal journal, Func<string, SqsQueue?> findByArn)
    {
        (Name, Arn, this.attributes, this.clock, this.journal, this.findByArn) = (name, arn, attributes, clock, journal, findByArn);
        store = new MessageStore(attributes.IsFifo);
        senderId = $"AIDA{arn.Split(':')[4]}";
        waiting = new LongPollWaiters(clock, gate, () => Advance().AnyReceivable, store.NextDue);
        Created = Modified = clock.GetUtcNow();
    }

    public string Name { get; }

    public string Arn { get; }

    public DateTimeOffset Created { get; }

    public DateTimeOffset Modified { get; private set; }

    public bool IsFifo => Attributes.IsFifo;

    public QueueAttributes Attributes
    {
        get { lock (gate) return attributes; }
        set
        {
            lock (gate)
            {
                attributes = value;
                Modified = clock.GetUtcNow();
            }
        }
    }

    public System.Collections.Concurrent.ConcurrentDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public QueueCounts Counts
    {
        get
        {
            lock (gate)
            {
                Advance();
                return new QueueCounts(store.Visible, store.Delayed, store.InFlight);
            }
        }
    }

    /// <param name="delay">0 to 900 s; null for the queue's own, which is the only one that a FIFO queue has.</param>
    /// <param name="groupId">A FIFO queue needs it; a standard queue passes it on.</param>
    /// <param name="deduplicationId">Of a FIFO queue; null where the content decides.</param>
    /// <exception cref="Wire.AwsErrorException">A FIFO queue lacks one of the two.</exception>
    public SentMessage Send(
        string body,
        TimeSpan? delay = null,
        IReadOnlyDictionary<string, MessageAttribute>? messageAttributes = null,
        string? traceHeader = null,
        string? groupId = null,
        string? deduplicationId = null)
    {
        var now = clock.GetUtcNow();
        SentMessage sent;
        TimeSpan held;
        lock (gate)
        {
            var once = attributes.IsFifo ? FifoRules.DeduplicationIdOf(body, groupId, deduplicationId, attributes) : null;
            var key = attributes.IsDeduplicatedByGroup ? $"{groupId} {once}" : once;
            // Accepted and thrown away: the sender learns what became of the first one.
            if (key is not null && sentBefore.Find(key, now) is { } before) return before;
            sent = new SentMessage(Guid.NewGuid().ToString(), body, messageAttributes ?? new Dictionary<string, MessageAttribute>(), now)
            {
                TraceHeader = traceHeader, GroupId = groupId, DeduplicationId = once, Sequence = NextSequence(),
            };
            held = delay ?? attributes.Delay;
            store.Add(new QueueMessage(sent), now + held, now);
            if (key is not null) sentBefore.Add(key, sent, now);
            waiting.Rearm();
        }
        journal.Write(new MessageSent(Name, sent.MessageId, body, held));
        return sent;
    }

    /// <summary>
    /// Deletes; what is gone already is no error. A message that was received again since stays: a standard queue says
    /// nothing of it, a FIFO queue refuses.
    /// </summary>
    /// <exception cref="Wire.AwsErrorException">ReceiptHandleIsInvalid or InvalidParameterValue.</exception>
    public void Delete(string receiptHandle)
    {
        var handle = ReceiptHandle.Parse(Name, receiptHandle);
        lock (gate)
        {
            Advance();
            if (store.Find(handle.MessageId) is not { } message) return;
            if (attributes.IsFifo && (message.State != MessageState.InFlight || message.ReceiveCount != handle.ReceiveCount))
                throw SqsError.InvalidParameter(receiptHandle, "ReceiptHandle", "The receipt handle has expired.");
            if (message.ReceiveCount != handle.ReceiveCount) return;
            store.Remove(message);
            waiting.Rearm();
        }
        journal.Write(new MessageDeleted(Name, handle.MessageId));
    }

    /// <summary>Hides the message for <paramref name="visibility"/> from now on; zero shows it at once.</summary>
    /// <exception cref="Wire.AwsErrorException">ReceiptHandleIsInvalid, MessageNotInflight or InvalidParameterValue.</exception>
    public void ChangeVisibility(string receiptHandle, TimeSpan visibility)
    {
        var handle = ReceiptHandle.Parse(Name, receiptHandle);
        lock (gate)
        {
            var now = clock.GetUtcNow();
            Advance();
            // An older handle will do, as long as somebody has the message; a FIFO queue wants the last one.
            if (store.Find(handle.MessageId) is not { } message || (attributes.IsFifo && message.ReceiveCount != handle.ReceiveCount))
                throw SqsError.InvalidParameter(
                    receiptHandle, "ReceiptHandle", "Message does not exist or is not available for visibility timeout change.");
            if (message.State != MessageState.InFlight) throw SqsError.MessageNotInflight();
            if (now + visibility > message.Received + LongestInFlight)
                throw SqsError.InvalidParameter(
                    $"{visibility.TotalSeconds}",
                    "VisibilityTimeout",
                    "Total VisibilityTimeout for the message is beyond the limit [43200 seconds].");
            store.Hide(message, MessageState.InFlight, now + visibility);
            waiting.Rearm();
        }
    }

    /// <exception cref="Wire.AwsErrorException">PurgeQueueInProgress within a minute of the last purge.</exception>
    public void Purge()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now - purged < TimeSpan.FromSeconds(60)) throw SqsError.PurgeInProgress(Name);
            purged = now;
            store.Clear();
        }
    }

    private long NextSequence() => attributes.IsFifo ? ++lastSequence : 0;

    private MessageStore Advance()
    {
        store.Advance(clock.GetUtcNow(), attributes.Retention);
        return store;
    }
}
