namespace TargetDrain.Emulator.Queues;

internal sealed partial class SqsQueue
{
    private readonly Deduplication<IReadOnlyList<ReceivedMessage>> attempts = new();

    /// <summary>Takes what is visible now; each message is hidden for the visibility timeout.</summary>
    /// <param name="visibility">0 to 12 h; null for the queue's own.</param>
    /// <param name="fits">Asked for each message in turn; the first that does not fit stays, with all after it.</param>
    /// <param name="attemptId">Of a FIFO queue: the same attempt gets the same messages while nobody has touched them.</param>
    public IReadOnlyList<ReceivedMessage> Receive(
        int max, TimeSpan? visibility = null, Func<ReceivedMessage, bool>? fits = null, string? attemptId = null)
    {
        var taken = new List<ReceivedMessage>();
        var dead = new List<QueueMessage>();
        var redrive = Attributes.Redrive;
        var deadLetters = redrive is null ? null : findByArn(redrive.DeadLetterTargetArn);
        lock (gate)
        {
            var now = clock.GetUtcNow();
            Advance();
            var until = now + (visibility ?? attributes.VisibilityTimeout);
            if (attemptId is not null && Again(attemptId, now, until) is { } same) return same;
            QueueMessage? last = null;
            while (taken.Count < max && store.InFlight < InFlightLimit && store.Peek(last) is { } message)
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
                var received = new ReceivedMessage(message.Sent, ReceiptHandle.Of(Name, message), message.ReceiveCount, message.FirstReceived.Value, senderId);
                if (fits?.Invoke(received) == false)
                {
                    message.ReceiveCount--;
                    break;
                }
                store.Skip();
                store.Hide(message, MessageState.InFlight, until);
                taken.Add(received);
                last = message;
            }
            if (attemptId is not null && taken.Count > 0 && attempts.Find(attemptId, now) is null) attempts.Add(attemptId, taken, now);
        }
        foreach (var message in dead) deadLetters!.MoveToDeadLetterQueue(message, this);
        foreach (var message in taken) journal.Write(new MessageReceived(Name, message.MessageId, message.ReceiveCount));
        return taken;
    }

    /// <summary>Takes what is visible; when that is nothing, waits for the first message up to <paramref name="wait"/>.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
        int max, TimeSpan? visibility, TimeSpan wait, string? attemptId, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + wait;
        while (true)
        {
            var taken = Receive(max, visibility, attemptId: attemptId);
            var left = until - clock.GetUtcNow();
            if (taken.Count > 0 || left <= TimeSpan.Zero) return taken;
            await WaitAsync(left, cancellationToken);
        }
    }

    /// <summary>Ends when a message can be received, or after <paramref name="limit"/>.</summary>
    /// <param name="limit">Null to wait for as long as it takes.</param>
    public Task WaitAsync(TimeSpan? limit, CancellationToken cancellationToken) => waiting.WaitAsync(limit, cancellationToken);

    /// <summary>What the attempt got before, hidden anew; null when there is nothing, or somebody has touched it since.</summary>
    private IReadOnlyList<ReceivedMessage>? Again(string attemptId, DateTimeOffset now, DateTimeOffset until)
    {
        if (attempts.Find(attemptId, now) is not { } got) return null;
        var kept = got.Select(received => (Message: store.Find(received.MessageId), received.ReceiveCount)).ToList();
        if (!kept.TrueForAll(pair => pair.Message is { State: MessageState.InFlight } message && message.ReceiveCount == pair.ReceiveCount)) return null;
        foreach (var (message, _) in kept) store.Hide(message!, MessageState.InFlight, until);
        waiting.Rearm();
        return got;
    }

    private void MoveToDeadLetterQueue(QueueMessage message, SqsQueue source)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            // Keeps its id and its age: retention in a dead-letter queue counts from the first send.
            var moved = new QueueMessage(message.Sent with { DeadLetterSourceArn = source.Arn, Sequence = NextSequence() })
            {
                FirstReceived = message.FirstReceived, ReceiveCount = message.ReceiveCount,
            };
            store.Add(moved, now, now);
            waiting.Rearm();
        }
        journal.Write(new MessageDeadLettered(source.Name, message.Sent.MessageId, message.Sent.Body));
    }
}
