using TargetDrain.Emulator.Queues;

namespace TargetDrain.Emulator.Lambda;

/// <summary>How a queue feeds a function.</summary>
public sealed record EventSourceOptions
{
    /// <summary>1 to 10,000 messages.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>0 to 300 s; at least 1 s when a batch is larger than 10.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>How many batches run at a time: 2 to 1,000 in AWS; 1 is allowed here.</summary>
    public int MaximumConcurrency { get; init; } = 10;

    /// <summary>The function answers which messages failed; without it, all or none did.</summary>
    public bool ReportBatchItemFailures { get; init; }

    internal void Validate()
    {
        if (BatchSize is < 1 or > 10_000) throw Wrong(nameof(BatchSize), BatchSize, "1 to 10,000");
        if (Window < TimeSpan.Zero || Window > TimeSpan.FromSeconds(300)) throw Wrong(nameof(Window), Window, "0 to 300 s");
        if (BatchSize > 10 && Window < TimeSpan.FromSeconds(1)) throw Wrong(nameof(Window), Window, "at least 1 s when BatchSize is above 10");
        if (MaximumConcurrency is < 1 or > 1000) throw Wrong(nameof(MaximumConcurrency), MaximumConcurrency, "1 to 1,000");
    }

    private static ArgumentException Wrong(string name, object value, string allowed) =>
        new($"{name} of the event source is {value}; allowed: {allowed}.");
}

/// <summary>
/// The event source mapping: gathers messages into batches, invokes the function with them, and deletes what it has
/// done. What failed becomes visible again after the queue's visibility timeout. Rests without a timer while the queue
/// has nothing to give.
/// </summary>
public sealed class SqsEventSource : IDisposable
{
    private readonly SqsQueue queue;
    private readonly LambdaFunction function;
    private readonly EventSourceOptions options;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private TaskCompletionSource? slot;
    private int running;

    /// <exception cref="ArgumentException">Options out of range, or a function that may run longer than messages stay hidden.</exception>
    public SqsEventSource(SqsQueue queue, LambdaFunction function, EventSourceOptions options, TimeProvider clock)
    {
        options.Validate();
        if (function.Settings.Timeout > queue.Attributes.VisibilityTimeout)
            throw new ArgumentException(
                $"The visibility timeout of queue {queue.Name} ({queue.Attributes.VisibilityTimeout.TotalSeconds} s) is less than "
                + $"the timeout of function {function.Settings.Name} ({function.Settings.Timeout.TotalSeconds} s).");
        (this.queue, this.function, this.options, this.clock) = (queue, function, options, clock);
    }

    public void Start() => _ = PollAsync();

    /// <summary>No more batches; those that run go on to their end. A batch still being gathered returns to the queue in time.</summary>
    public void Dispose() => stop.Cancel();

    private async Task PollAsync()
    {
        try
        {
            while (true)
            {
                await SlotAsync();
                await queue.WaitAsync(null, stop.Token);
                var batch = await GatherAsync();
                if (batch.Messages.Count > 0) _ = RunAsync(batch);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private async Task SlotAsync()
    {
        Task free;
        lock (gate)
        {
            if (running < options.MaximumConcurrency) return;
            slot = new TaskCompletionSource();
            free = slot.Task;
        }
        await free;
    }

    private async Task<SqsBatch> GatherAsync()
    {
        var batch = new SqsBatch(queue, options.BatchSize);
        var until = clock.GetUtcNow() + options.Window;
        while (true)
        {
            batch.Fill();
            var left = until - clock.GetUtcNow();
            if (batch.IsFull || left <= TimeSpan.Zero) return batch;
            // All that was visible may have gone to the dead-letter queue; the window opens with a message.
            if (batch.Messages.Count == 0) return batch;
            await queue.WaitAsync(left, stop.Token);
        }
    }

    private async Task RunAsync(SqsBatch batch)
    {
        lock (gate) running++;
        try
        {
            IReadOnlySet<string>? failed = null;
            await function.InvokeAsync(
                SqsEventJson.Write(batch.Messages, queue.Arn),
                batch.Messages.Count,
                result =>
                {
                    failed = BatchAnswer.Failed(result, batch.Messages, options.ReportBatchItemFailures);
                    return failed.Count;
                });
            foreach (var message in batch.Messages)
                if (!failed!.Contains(message.MessageId)) queue.Delete(message.ReceiptHandle);
        }
        finally
        {
            TaskCompletionSource? next;
            lock (gate)
            {
                running--;
                (next, slot) = (slot, null);
            }
            next?.TrySetResult();
        }
    }
}
