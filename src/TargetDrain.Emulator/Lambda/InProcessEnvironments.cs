namespace TargetDrain.Emulator.Lambda;

/// <summary>
/// Lambda environments within this process. As in Lambda, each has its own state, runs one invocation at a time, serves
/// again when it is free, and is never seen again when a run in it was abandoned.
/// </summary>
/// <param name="create">Composes the function anew: a cold start.</param>
internal sealed class InProcessEnvironments(Func<FunctionHandler> create)
{
    private readonly Stack<FunctionHandler> idle = new();
    private readonly Lock gate = new();

    /// <summary>How many cold starts there were.</summary>
    public int Created { get; private set; }

    /// <summary>
    /// A <see cref="FunctionHandler"/>. The code is not told of its end, as it would not be in Lambda:
    /// see <see cref="LambdaInvocation.IsAbandoned"/> for how it is held.
    /// </summary>
    public async Task<ReadOnlyMemory<byte>> InvokeAsync(
        ReadOnlyMemory<byte> payload, LambdaInvocation invocation, CancellationToken abandoned)
    {
        var environment = Take();
        try
        {
            return await environment(payload, invocation, CancellationToken.None);
        }
        finally
        {
            if (!invocation.IsAbandoned)
                lock (gate) idle.Push(environment);
        }
    }

    private FunctionHandler Take()
    {
        lock (gate)
        {
            if (idle.TryPop(out var free)) return free;
            Created++;
        }
        return create();
    }
}
