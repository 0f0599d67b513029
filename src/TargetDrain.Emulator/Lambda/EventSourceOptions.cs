namespace TargetDrain.Emulator.Lambda;

/// <summary>How an event source takes from its queue.</summary>
public enum PollerScaling
{
    /// <summary>One poller that takes all there is at once: the largest batches that can be.</summary>
    Ideal,

    /// <summary>
    /// As documented: five pollers at first, more by the minute while there is a backlog, each with calls of ten messages
    /// and a batch of its own.
    /// </summary>
    Documented,
}

/// <summary>How a queue feeds a function.</summary>
internal sealed record EventSourceOptions
{
    /// <summary>1 to 10,000 messages.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>0 to 300 s; at least 1 s when a batch is larger than 10.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>How many batches run at a time: 2 to 1,000 in AWS; 1 is allowed here.</summary>
    public int MaximumConcurrency { get; init; } = 10;

    /// <summary>The function answers which messages failed; without it, all or none did.</summary>
    public bool ReportBatchItemFailures { get; init; }

    /// <summary>How many pollers take from the queue; each gathers a batch of its own.</summary>
    public PollerScaling Pollers { get; init; } = PollerScaling.Ideal;

    internal void Validate(bool isFifo)
    {
        if (isFifo && BatchSize > 10) throw Wrong(nameof(BatchSize), BatchSize, "1 to 10 from a FIFO queue");
        if (isFifo && Window != TimeSpan.Zero) throw Wrong(nameof(Window), Window, "none from a FIFO queue");
        if (BatchSize is < 1 or > 10_000) throw Wrong(nameof(BatchSize), BatchSize, "1 to 10,000");
        if (Window < TimeSpan.Zero || Window > TimeSpan.FromSeconds(300)) throw Wrong(nameof(Window), Window, "0 to 300 s");
        if (BatchSize > 10 && Window < TimeSpan.FromSeconds(1)) throw Wrong(nameof(Window), Window, "at least 1 s when BatchSize is above 10");
        if (MaximumConcurrency is < 1 or > 1000) throw Wrong(nameof(MaximumConcurrency), MaximumConcurrency, "1 to 1,000");
    }

    private static ArgumentException Wrong(string name, object value, string allowed) =>
        new($"{name} of the event source is {value}; allowed: {allowed}.");
}
