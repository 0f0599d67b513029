namespace TargetDrain.Emulator.Lambda;

/// <summary>
/// An emulated function. Its code is a <see cref="FunctionHandler"/>: <see cref="InProcessEnvironments.InvokeAsync"/> for
/// code in this process, <see cref="RuntimeApi.InvokeAsync"/> for code in processes of its own. A run that is over time, or whose instance is
/// crashed, ends at once for its caller, whatever the code still does.
/// </summary>
internal sealed class LambdaFunction(LambdaSettings settings, FunctionHandler handler, TimeProvider clock, WorldJournal journal)
{
    private readonly List<Run> running = [];
    private readonly Lock gate = new();

    public LambdaSettings Settings { get; } = settings;

    /// <summary>How many runs are going on now.</summary>
    public int Running
    {
        get { lock (gate) return running.Count; }
    }

    /// <param name="messages">How many messages the payload carries, for the journal.</param>
    /// <param name="failed">Counts the messages that go back to their queue, for the journal.</param>
    /// <param name="requestId">Given when a run is repeated; Lambda keeps the id.</param>
    /// <param name="traces">Trace headers of what the payload is made of.</param>
    /// <returns>Never throws for what the function does.</returns>
    public async Task<InvocationResult> InvokeAsync(
        ReadOnlyMemory<byte> payload, int messages = 0, Func<InvocationResult, int>? failed = null, string? requestId = null,
        params IEnumerable<string?> traces)
    {
        var started = clock.GetTimestamp();
        var lineage = Lineage.Longest(traces, Settings.Arn) ?? Lineage.New(clock.GetUtcNow());
        var invocation = new LambdaInvocation(
            requestId ?? Guid.NewGuid().ToString(), Settings.Arn, clock.GetUtcNow() + Settings.Timeout, clock)
        {
            TraceHeader = lineage.ToHeader(Settings.Arn),
        };
        if (lineage.Hops >= Lineage.MostRuns && Settings.RecursiveLoop != "Allow") return Refuse(invocation.RequestId, lineage, messages, failed);
        using var run = new Run(invocation);
        lock (gate) running.Add(run);
        journal.Write(new InvocationStarted(run.RequestId, messages));

        InvocationResult result;
        using (clock.CreateTimer(
            _ => run.End(InvocationResult.TimedOut, TimeoutText(run.RequestId)), null, Settings.Timeout, Timeout.InfiniteTimeSpan))
        {
            _ = run.ExecuteAsync(handler, payload);
            result = await run.Result;
        }
        lock (gate) running.Remove(run);
        if (result.Outcome is InvocationResult.TimedOut or InvocationResult.Crashed) run.Abandon();
        journal.Write(new InvocationEnded(
            run.RequestId, Billed(clock.GetElapsedTime(started)), result.Outcome, failed?.Invoke(result) ?? 0)
        {
            Error = result.Succeeded ? null : Encoding.UTF8.GetString(result.Payload.Span),
        });
        return result;
    }

    /// <summary>Crashes instances in the middle of their run, the longest running first.</summary>
    /// <returns>How many there were to crash.</returns>
    public int Crash(int instances = int.MaxValue)
    {
        Run[] hit;
        lock (gate) hit = [.. running.Take(instances)];
        foreach (var run in hit)
            run.End(
                InvocationResult.Crashed,
                ErrorJson("Runtime.ExitError", $"RequestId: {run.RequestId} Error: Runtime exited with error: signal: killed"));
        return hit.Length;
    }

    private InvocationResult Refuse(string requestId, Lineage lineage, int messages, Func<InvocationResult, int>? failed)
    {
        var result = new InvocationResult(requestId, InvocationResult.Refused, ErrorJson(
            "RecursiveInvocationException", $"Lambda has detected your function being invoked in a recursive loop with other AWS resources: {lineage.Hops} times before."));
        journal.Write(new RecursiveInvocationDropped(Settings.Name, lineage.Root, lineage.Hops, messages));
        failed?.Invoke(result);
        return result;
    }

    /// <summary>Lambda bills every millisecond that was begun, and at least one.</summary>
    internal static TimeSpan Billed(TimeSpan ran) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(ran.TotalMilliseconds)));

    internal static byte[] ErrorJson(string type, string message) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["errorType"] = type, ["errorMessage"] = message }.ToJsonString());

    private byte[] TimeoutText(string requestId) =>
        ErrorJson("Sandbox.Timedout", $"RequestId: {requestId} Error: Task timed out after {Settings.Timeout.TotalSeconds:0.00} seconds");

    private sealed class Run(LambdaInvocation invocation) : IDisposable
    {
        private readonly TaskCompletionSource<InvocationResult> end = new();
        private readonly CancellationTokenSource life = new();

        public string RequestId => invocation.RequestId;

        public Task<InvocationResult> Result => end.Task;

        public void End(string outcome, ReadOnlyMemory<byte> payload) =>
            end.TrySetResult(new InvocationResult(RequestId, outcome, payload));

        public void Abandon()
        {
            invocation.Abandon();
            life.Cancel();
        }

        public void Dispose() => life.Dispose();

        public async Task ExecuteAsync(FunctionHandler handler, ReadOnlyMemory<byte> payload)
        {
            LambdaInvocation.Current = invocation;
            try
            {
                End(InvocationResult.Ok, await handler(payload, invocation, life.Token));
            }
            catch (FunctionErrorException error)
            {
                End(InvocationResult.Error, error.Payload);
            }
            catch (FunctionCrashedException crash)
            {
                End(InvocationResult.Crashed, ErrorJson("Runtime.ExitError", crash.Message));
            }
#pragma warning disable CA1031 // Whatever function code throws is that function's error, as in Lambda.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                End(InvocationResult.Error, ErrorJson(exception.GetType().Name, exception.Message));
            }
        }
    }
}
