using TargetDrain.Emulator.Queues;

namespace TargetDrain.Emulator.Lambda;

/// <summary>
/// The event source mapping: gathers messages into batches, invokes the function with them, and deletes what it has
/// done. What failed becomes visible again after the queue's visibility timeout. Of a FIFO queue's message group one batch
/// runs at a time, because the queue gives nothing more of it meanwhile. Rests without a timer while the queue has
/// nothing to give.
/// </summary>
internal sealed class SqsEventSource : IDisposable
{
    private readonly SqsQueue queue;
    private readonly LambdaFunction function;
    private readonly EventSourceOptions options;
    private readonly TimeProvider clock;
    private const int FirstPollers = 5;
    private const int MorePerMinute = 300;
    private const int MessagesPerCall = 10;
    private static readonly TimeSpan CallTime = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    // One for each poller that waits: of several awaiters of one task, .NET resumes all but one on the thread pool.
    private readonly Queue<TaskCompletionSource> waiting = new();
    private int running;

    /// <exception cref="ArgumentException">Options out of range, or a function that may run longer than messages stay hidden.</exception>
    public SqsEventSource(SqsQueue queue, LambdaFunction function, EventSourceOptions options, TimeProvider clock)
    {
        options.Validate(queue.IsFifo);
        if (function.Settings.Timeout > queue.Attributes.VisibilityTimeout)
            throw new ArgumentException(
                $"The visibility timeout of queue {queue.Name} ({queue.Attributes.VisibilityTimeout.TotalSeconds} s) is less than "
                + $"the timeout of function {function.Settings.Name} ({function.Settings.Timeout.TotalSeconds} s).");
        (this.queue, this.function, this.options, this.clock) = (queue, function, options, clock);
    }

    public void Start() => _ = UntilStoppedAsync(options.Pollers == PollerScaling.Ideal ? () => PollAsync(awaitRun: false) : ScaleAsync);

    /// <summary>No more batches; those that run go on to their end. A batch still being gathered returns to the queue in time.</summary>
    public void Dispose() => stop.Cancel();

    private async Task UntilStoppedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    /// <summary>More pollers while there is more to take; never more than batches may run, but for the five that begin.</summary>
    private async Task ScaleAsync()
    {
        var pollers = 0;
        for (var wanted = FirstPollers; ; wanted = Math.Min(wanted + MorePerMinute, Math.Max(FirstPollers, options.MaximumConcurrency)))
        {
            for (; pollers < wanted; pollers++) _ = UntilStoppedAsync(() => PollAsync(awaitRun: true));
            if (pollers >= options.MaximumConcurrency) return;
            // A poller that finds nothing waits without a timer; so does this.
            await queue.WaitAsync(null, stop.Token);
            await clock.PauseAsync(TimeSpan.FromMinutes(1), stop.Token);
            if (queue.Counts.Visible == 0) wanted -= MorePerMinute;
        }
    }

    private async Task PollAsync(bool awaitRun)
    {
        while (true)
        {
            if (!awaitRun) await SlotAsync();
            await queue.WaitAsync(null, stop.Token);
            var batch = await GatherAsync();
            if (batch.Messages.Count == 0) continue;
            if (awaitRun) await SlotAsync();
            var run = RunAsync(batch);
            if (awaitRun) await run;
        }
    }

    private async Task SlotAsync()
    {
        while (true)
        {
            var free = new TaskCompletionSource();
            lock (gate)
            {
                if (running < options.MaximumConcurrency) return;
                waiting.Enqueue(free);
            }
            await free.Task;
        }
    }

    private async Task<SqsBatch> GatherAsync()
    {
        var batch = new SqsBatch(queue, options.BatchSize);
        var until = clock.GetUtcNow() + options.Window;
        var isIdeal = options.Pollers == PollerScaling.Ideal;
        while (true)
        {
            batch.Fill(isIdeal ? int.MaxValue : MessagesPerCall);
            var left = until - clock.GetUtcNow();
            if (batch.IsFull || left <= TimeSpan.Zero) return batch;
            // All that was visible may have gone to the dead-letter queue, or to another poller; the window opens with a message.
            if (batch.Messages.Count == 0) return batch;
            if (!isIdeal) await clock.PauseAsync(CallTime < left ? CallTime : left, stop.Token);
            if (until - clock.GetUtcNow() is var rest && rest > TimeSpan.Zero) await queue.WaitAsync(rest, stop.Token);
        }
    }

    private void Delete(ReceivedMessage message)
    {
        try { queue.Delete(message.ReceiptHandle); }
        catch (AwsErrorException) { /* from a FIFO queue: somebody has shown the message again, and it runs once more */ }
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
                },
                traces: batch.Messages.Select(message => message.Sent.TraceHeader));
            foreach (var message in batch.Messages)
                if (!failed!.Contains(message.MessageId)) Delete(message);
        }
        finally
        {
            TaskCompletionSource? next;
            lock (gate)
            {
                running--;
                waiting.TryDequeue(out next);
            }
            next?.TrySetResult();
        }
    }
}
