namespace TargetDrain.Emulator.Lambda;

/// <summary>A process that waits for its next invocation.</summary>
internal sealed record RuntimePoll(string Environment)
{
    public TaskCompletionSource<PendingInvocation> Work { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>An invocation from its start until a process has answered it.</summary>
internal sealed record PendingInvocation(ReadOnlyMemory<byte> Payload, LambdaInvocation Invocation)
{
    /// <summary>The process that runs it.</summary>
    public string? Environment { get; set; }

    public TaskCompletionSource<ReadOnlyMemory<byte>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
