namespace TargetDrain.Emulator.Lambda;

/// <summary>A process that waits for its next invocation.</summary>
internal sealed class RuntimePoll(string environment)
{
    public string Environment { get; } = environment;

    public TaskCompletionSource<PendingInvocation> Work { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>An invocation from its start until a process has answered it.</summary>
internal sealed class PendingInvocation(ReadOnlyMemory<byte> payload, LambdaInvocation invocation)
{
    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public LambdaInvocation Invocation { get; } = invocation;

    public string TraceId => Invocation.TraceHeader;

    /// <summary>The process that runs it.</summary>
    public string? Environment { get; set; }

    public TaskCompletionSource<ReadOnlyMemory<byte>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
