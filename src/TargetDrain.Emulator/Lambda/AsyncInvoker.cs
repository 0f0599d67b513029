namespace TargetDrain.Emulator.Lambda;

/// <summary>Asynchronous invocation, as EventBridge, SNS and lifecycle hooks do it: two more tries, after 1 and 2 minutes.</summary>
internal sealed class AsyncInvoker(LambdaFunction function, TimeProvider clock)
{
    // Lambda puts the event into a queue of its own first; the sender's work is not interrupted by the function's.
    private static readonly TimeSpan Handover = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    /// <summary>Invokes in the background; an event that fails three times is dropped.</summary>
    public void Post(string json) => _ = InvokeAsync(Encoding.UTF8.GetBytes(json));

    /// <returns>How the last try ended.</returns>
    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload)
    {
        await Task.Delay(Handover, clock);
        var result = await function.InvokeAsync(payload);
        foreach (var wait in Waits)
        {
            if (result.Succeeded) break;
            await Task.Delay(wait, clock);
            result = await function.InvokeAsync(payload, requestId: result.RequestId);
        }
        return result;
    }
}
