using System.Text;
using TargetDrain.Emulator.Journal;

namespace TargetDrain.Emulator.Queues;

/// <summary>
/// A standard queue: at-least-once, roughly in order. Safe for several threads. A consumer that waits costs one timer,
/// set for the moment the next message becomes visible, and none while the queue is empty.
/// </summary>
public sealed class SqsQueue
{
    /// <summary>How many messages of a standard queue can be in flight.</summary>
    public const int InFlightLimit = 120_000;

    private static readonly TimeSpan LongestInFlight = TimeSpan.FromHours(12);

    private readonly TimeProvider clock;
    private readonly WorldJournal journal;
    private readonly Func<string, SqsQueue?> findByArn;
    // There are no users here; all senders are one.
    private readonly string senderId;
    private readonly Lock gate = new();
    private readonly MessageStore store = new();
    private readonly WaitingRoom waiting;
    private QueueAttributes attributes;
    private DateTimeOffset? purged;

    internal SqsQueue(
        string name, string arn, QueueAttributes attributes, TimeProvider clock, WorldJournal journal, Func<string, SqsQueue?> findByArn)
    {
        (Name, Arn, this.attributes, this.clock, this.journal, this.findByArn) = (name, arn, attributes, clock, journal, findByArn);
        senderId = $"AIDA{arn.Split(':')[4]}";
        waiting = new WaitingRoom(clock, gate, () => Advance().Visible > 0, store.NextDue);
        Created = Modified = clock.GetUtcNow();
    }

    public string Name { get; }

    public string Arn { get; }

    public DateTimeOffset Created { get; }

    public DateTimeOffset Modified { get; private set; }

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

    public IReadOnlyDictionary<string, string> Tags => TagMap;

    internal System.Collections.Concurrent.ConcurrentDictionary<string, string> TagMap { get; } = new(StringComparer.Ordinal);

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

    /// <param name="delay">0 to 900 s; null for the queue's own.</param>
    public SentMessage Send(
        string body,
        TimeSpan? delay = null,
        IReadOnlyDictionary<string, MessageAttribute>? messageAttributes = null,
        string? traceHeader = null)
    {
        var now = clock.GetUtcNow();
        var sent = new QueueMessage(
            Guid.NewGuid().ToString(), body, Digest.Md5(Encoding.UTF8.GetBytes(body)),
            messageAttributes ?? new Dictionary<string, MessageAttribute>(), traceHeader, now);
        TimeSpan held;
        lock (gate)
        {
            held = delay ?? attributes.Delay;
            store.Add(sent, now + held, now);
            waiting.Rearm();
        }
        journal.Write(new MessageSent(Name, sent.Id, body, held));
        return new SentMessage(sent.Id, sent.Md5OfBody, sent.Md5OfAttributes);
    }

    /// <summary>Takes what is visible now; each message is hidden for the visibility timeout.</summary>
    /// <param name="visibility">0 to 12 h; null for the queue's own.</param>
    /// <param name="fits">Asked for each message in turn; the first that does not fit stays, with all after it.</param>
    public IReadOnlyList<ReceivedMessage> Receive(int max, TimeSpan? visibility = null, Func<ReceivedMessage, bool>? fits = null)
    {
        var taken = new List<ReceivedMessage>();
        var dead = new List<QueueMessage>();
        var redrive = Attributes.Redrive;
        var deadLetters = redrive is null ? null : findByArn(redrive.DeadLetterTargetArn);
        lock (gate)
        {
            var now = clock.GetUtcNow();
            Advance();
            while (taken.Count < max && store.InFlight < InFlightLimit && store.Peek() is { } message)
            {
                if (deadLetters is not null && message.ReceiveCount >= redrive!.MaxReceiveCount)
                {
                    store.Skip();
                    store.Remove(message);
                    dead.Add(message);
                    continue;
                }
                message.ReceiveCount++;
                message.FirstReceived ??= now;
                message.Received = now;
                var received = message.Snapshot(ReceiptHandle.Of(Name, message), senderId);
                if (fits?.Invoke(received) == false)
                {
                    message.ReceiveCount--;
                    break;
                }
                store.Skip();
                store.Hide(message, MessageState.InFlight, now + (visibility ?? attributes.VisibilityTimeout));
                taken.Add(received);
            }
        }
        foreach (var message in dead) deadLetters!.Bury(message, this);
        foreach (var message in taken) journal.Write(new MessageReceived(Name, message.MessageId, message.ReceiveCount));
        return taken;
    }

    /// <summary>Takes what is visible; when that is nothing, waits for the first message up to <paramref name="wait"/>.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
        int max, TimeSpan? visibility, TimeSpan wait, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + wait;
        while (true)
        {
            var taken = Receive(max, visibility);
            var left = until - clock.GetUtcNow();
            if (taken.Count > 0 || left <= TimeSpan.Zero) return taken;
            await WaitAsync(left, cancellationToken);
        }
    }

    /// <summary>Ends when a message is visible, or after <paramref name="limit"/>.</summary>
    /// <param name="limit">Null to wait for as long as it takes.</param>
    public Task WaitAsync(TimeSpan? limit, CancellationToken cancellationToken) => waiting.WaitAsync(limit, cancellationToken);

    /// <summary>Deletes, unless the message was received again since; a message that is gone already is no error.</summary>
    /// <exception cref="Wire.AwsErrorException">ReceiptHandleIsInvalid.</exception>
    public void Delete(string receiptHandle)
    {
        var handle = ReceiptHandle.Parse(Name, receiptHandle);
        lock (gate)
        {
            Advance();
            if (store.Find(handle.MessageId) is not { } message || message.ReceiveCount != handle.ReceiveCount) return;
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
            // An older handle will do, as long as somebody has the message.
            if (store.Find(handle.MessageId) is not { } message)
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

    private MessageStore Advance()
    {
        store.Advance(clock.GetUtcNow(), attributes.Retention);
        return store;
    }

    private void Bury(QueueMessage message, SqsQueue source)
    {
        // Keeps its id and its age: retention in a dead-letter queue counts from the first send.
        var buried = new QueueMessage(message.Id, message.Body, message.Md5OfBody, message.Attributes, message.TraceHeader, message.Sent)
        {
            FirstReceived = message.FirstReceived,
            ReceiveCount = message.ReceiveCount,
            DeadLetterSourceArn = source.Arn,
        };
        lock (gate)
        {
            var now = clock.GetUtcNow();
            store.Add(buried, now, now);
            waiting.Rearm();
        }
        journal.Write(new MessageDeadLettered(source.Name, message.Id, message.Body));
    }
}
