namespace TargetDrain.Emulator.Lambda;

/// <summary>
/// The Lambda Runtime API, version 2018-06-01, for functions in processes of their own. Each process asks for its next
/// invocation and is given one at a time. A path before the version, "/environments/3/2018-06-01/...", tells which
/// process asks. See https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
/// </summary>
/// <remarks>Runs in real time only: its waits end on the thread pool.</remarks>
internal sealed class RuntimeApi
{
    private const string Version = "/2018-06-01/runtime/";

    // 6 MB and what Lambda allows on top of it.
    private const int AnswerLimit = 6_291_556;

    private readonly Lock gate = new();
    private readonly LinkedList<PendingInvocation> waiting = [];
    private readonly List<RuntimePoll> idle = [];
    private readonly Dictionary<string, PendingInvocation> running = [];

    /// <summary>An invocation found no process that is free.</summary>
    public event Action? Starved;

    /// <summary>A process, by its path, asked for work.</summary>
    public event Action<string>? Polled;

    /// <summary>A process, by its path, has a run that nobody waits for any more; Lambda would end it.</summary>
    public event Action<string>? Abandoned;

    /// <summary>A process, by its path, reported that it cannot start, with the JSON of its error.</summary>
    public event Action<string, string>? InitFailed;

    /// <summary>Invocations that no process has taken yet.</summary>
    public int Waiting
    {
        get { lock (gate) return waiting.Count; }
    }

    public static bool Serves(string path) => path.Contains(Version, StringComparison.Ordinal);

    /// <summary>Runs the function in one of the processes; a <see cref="FunctionHandler"/>.</summary>
    /// <exception cref="FunctionErrorException">The function reported an error.</exception>
    /// <exception cref="FunctionCrashedException">Its process is gone.</exception>
    public async Task<ReadOnlyMemory<byte>> InvokeAsync(
        ReadOnlyMemory<byte> payload, LambdaInvocation invocation, CancellationToken abandoned)
    {
        var pending = new PendingInvocation(payload, invocation);
        lock (gate) waiting.AddLast(pending);
        await using var registration = abandoned.UnsafeRegister(_ => Abandon(pending), null);
        Dispatch();
        return await pending.Answer.Task;
    }

    /// <param name="stopped">Cancelled when the process closed the connection.</param>
    public async Task<WireResponse> HandleAsync(string method, WireRequest request, CancellationToken stopped)
    {
        var at = request.Path.IndexOf(Version, StringComparison.Ordinal);
        var environment = request.Path[..at].Trim('/');
        switch ((method, request.Path[(at + Version.Length)..].Split('/')))
        {
            case ("GET", ["invocation", "next"]):
                return await NextAsync(environment, stopped);
            case ("POST", ["invocation", var id, "response"]):
                if (Take(id) is not { } answered) return UnknownRequest;
                if (request.Body.Length <= AnswerLimit)
                {
                    answered.Answer.TrySetResult(request.Body);
                    return Accepted;
                }
                answered.Answer.TrySetException(new FunctionErrorException(
                    LambdaFunction.ErrorJson(
                        "Function.ResponseSizeTooLarge",
                        $"Response payload size exceeded maximum allowed payload size ({AnswerLimit} bytes).")));
                return Json(413, """{"errorMessage":"Exceeded maximum allowed payload size","errorType":"RequestEntityTooLarge"}""");
            case ("POST", ["invocation", var id, "error"]):
                if (Take(id) is not { } failed) return UnknownRequest;
                failed.Answer.TrySetException(new FunctionErrorException(request.Body));
                return Accepted;
            case ("POST", ["init", "error"]):
                InitFailed?.Invoke(environment, Encoding.UTF8.GetString(request.Body.Span));
                return Accepted;
            default:
                return Json(404, """{"errorMessage":"The Runtime API has no such resource","errorType":"NotFound"}""");
        }
    }

    /// <summary>The process is gone: what it ran has crashed.</summary>
    public void Exited(string environment, string message)
    {
        PendingInvocation[] lost;
        RuntimePoll[] unanswered;
        lock (gate)
        {
            unanswered = [.. idle.Where(poll => poll.Environment == environment)];
            idle.RemoveAll(unanswered.Contains);
            lost = [.. running.Values.Where(pending => pending.Environment == environment)];
            foreach (var pending in lost) running.Remove(pending.Invocation.RequestId);
        }
        foreach (var poll in unanswered) poll.Work.TrySetCanceled();
        foreach (var pending in lost) pending.Answer.TrySetException(new FunctionCrashedException(message));
    }

    /// <summary>A process for the invocation that waits longest could not be started.</summary>
    public void RefuseOne(string message)
    {
        PendingInvocation? first;
        lock (gate)
        {
            first = waiting.First?.Value;
            if (first is not null) waiting.RemoveFirst();
        }
        first?.Answer.TrySetException(new FunctionErrorException(LambdaFunction.ErrorJson("Runtime.ExitError", message)));
    }

    private async Task<WireResponse> NextAsync(string environment, CancellationToken stopped)
    {
        var poll = new RuntimePoll(environment);
        lock (gate) idle.Add(poll);
        await using var registration = stopped.UnsafeRegister(_ => Drop(poll), null);
        Polled?.Invoke(environment);
        Dispatch();
        var pending = await poll.Work.Task;
        var invocation = pending.Invocation;
        return Json(200, pending.Payload) with
        {
            Headers = new Dictionary<string, string>
            {
                ["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId,
                ["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
                ["Lambda-Runtime-Invoked-Function-Arn"] = invocation.FunctionArn,
                ["Lambda-Runtime-Trace-Id"] = invocation.TraceHeader,
            },
        };
    }

    private void Dispatch()
    {
        while (true)
        {
            PendingInvocation pending;
            RuntimePoll poll;
            lock (gate)
            {
                if (waiting.First is null) return;
                if (idle.Count == 0) break;
                pending = waiting.First.Value;
                waiting.RemoveFirst();
                // The one that came last is the warmest, as in Lambda.
                poll = idle[^1];
                idle.RemoveAt(idle.Count - 1);
                pending.Environment = poll.Environment;
                running[pending.Invocation.RequestId] = pending;
            }
            poll.Work.TrySetResult(pending);
        }
        Starved?.Invoke();
    }

    private PendingInvocation? Take(string requestId)
    {
        lock (gate) return running.Remove(requestId, out var pending) ? pending : null;
    }

    private void Drop(RuntimePoll poll)
    {
        lock (gate) idle.Remove(poll);
        poll.Work.TrySetCanceled();
    }

    private void Abandon(PendingInvocation pending)
    {
        lock (gate)
        {
            waiting.Remove(pending);
            running.Remove(pending.Invocation.RequestId);
        }
        pending.Answer.TrySetCanceled();
        if (pending.Environment is { } environment) Abandoned?.Invoke(environment);
    }

    private static WireResponse Accepted => Json(202, """{"status":"OK"}""");

    private static WireResponse UnknownRequest => Json(400, """{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}""");

    private static WireResponse Json(int status, string body) => Json(status, Encoding.UTF8.GetBytes(body));

    private static WireResponse Json(int status, ReadOnlyMemory<byte> body) => new(status, "application/json", body);
}
