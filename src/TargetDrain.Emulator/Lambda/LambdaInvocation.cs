namespace TargetDrain.Emulator.Lambda;

/// <summary>The code of a function: payload in, payload out. A failure is an exception.</summary>
/// <param name="abandoned">Cancelled when the run timed out or its instance crashed; nobody waits for the result then.</param>
internal delegate Task<ReadOnlyMemory<byte>> FunctionHandler(
    ReadOnlyMemory<byte> payload, LambdaInvocation invocation, CancellationToken abandoned);

/// <summary>What a function is told about the run it is in.</summary>
internal sealed class LambdaInvocation(string requestId, string functionArn, DateTimeOffset deadline, TimeProvider clock)
{
    private static readonly AsyncLocal<LambdaInvocation?> Flowing = new();

    private volatile bool abandoned;

    /// <summary>The run that the calling code is part of, in this process; null outside of any.</summary>
    public static LambdaInvocation? Current
    {
        get => Flowing.Value;
        internal set => Flowing.Value = value;
    }

    public string RequestId { get; } = requestId;

    public string FunctionArn { get; } = functionArn;

    public DateTimeOffset Deadline { get; } = deadline;

    /// <summary>The X-Ray header of this run, with the chain of requests it is part of.</summary>
    public string TraceHeader { get; init; } = Lineage.New(deadline).ToHeader(functionArn);

    public TimeSpan RemainingTime => Deadline - clock.GetUtcNow();

    /// <summary>
    /// The run timed out or crashed. In Lambda its code would be gone. Code in this process cannot be taken away, so
    /// whoever carries its calls to AWS lets them hang, for ever, once this is true.
    /// </summary>
    public bool IsAbandoned => abandoned;

    internal void Abandon() => abandoned = true;
}

/// <summary>How a run ended.</summary>
/// <param name="Outcome">One of the constants below.</param>
/// <param name="Payload">The function's answer; for an error, its JSON with errorType and errorMessage.</param>
internal sealed record InvocationResult(string RequestId, string Outcome, ReadOnlyMemory<byte> Payload)
{
    public const string Ok = "ok";
    public const string Error = "error";
    public const string TimedOut = "timeout";
    public const string Crashed = "crash";

    /// <summary>Lambda stopped a loop: the function did not run.</summary>
    public const string Refused = "refused";

    public bool Succeeded => Outcome == Ok;
}

/// <summary>The function reported an error; <see cref="Payload"/> is its JSON.</summary>
internal sealed class FunctionErrorException(ReadOnlyMemory<byte> payload) : Exception("The function reported an error.")
{
    public ReadOnlyMemory<byte> Payload { get; } = payload;
}

/// <summary>The instance that ran the function is gone.</summary>
internal sealed class FunctionCrashedException(string message) : Exception(message);
