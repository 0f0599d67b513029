namespace TargetDrain.Local.Diagnostics;

/// <summary>The functions that read the queues: whether they run, read, and may send themselves tickets.</summary>
/// <param name="expected">Name of the stack's function; null when only the queues are known.</param>
internal sealed class FunctionCheck(InstallationCalls calls, string? expected)
{
    /// <param name="queueArns">Each must have a reader.</param>
    public async IAsyncEnumerable<Finding> RunAsync(
        IReadOnlyList<string> queueArns, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var functions = new SortedSet<string>(StringComparer.Ordinal);
        if (expected is not null) functions.Add(expected);
        foreach (var arn in queueArns)
        {
            var (sources, problem) = await Reading.TryAsync("lambda:ListEventSourceMappings", () => calls.ReadersAsync(arn, cancellation));
            if (problem is not null) yield return problem;
            foreach (var source in sources ?? []) functions.Add(NameOf(source));
            foreach (var finding in sources is null ? [] : Readers(arn, sources)) yield return finding;
        }
        foreach (var function in functions)
        {
            var (configuration, unread) = await Reading.TryAsync("lambda:GetFunctionConfiguration", () => calls.FunctionAsync(function, cancellation));
            yield return unread ?? State(configuration!);
            var (concurrency, unknown) = await Reading.TryAsync("lambda:GetFunctionConcurrency", () => calls.ConcurrencyAsync(function, cancellation));
            if (unknown is not null) yield return unknown;
            if (concurrency?.Reserved is { } reserved && Concurrency(function, reserved) is { } limited) yield return limited;
            var (loops, untold) = await Reading.TryAsync("lambda:GetFunctionRecursionConfig", () => calls.RecursionAsync(function, cancellation));
            yield return untold ?? Loops(function, loops!.RecursiveLoop);
        }
    }

    private IEnumerable<Finding> Readers(string queueArn, List<EventSource> sources)
    {
        var queue = queueArn.Split(':')[^1];
        if (sources.Count == 0)
            yield return Finding.Error($"No function reads the queue {queue}.", "Give the function an event source mapping for it, as template.yaml does.");
        foreach (var source in sources)
        {
            var name = NameOf(source);
            if (expected is not null && name != expected)
                yield return Finding.Error(
                    $"{name} reads the queue {queue} too: what it takes, {expected} never sees.", $"aws lambda delete-event-source-mapping --uuid {source.Id}");
            if (source.State is "Disabled" or "Disabling")
                yield return Finding.Error(
                    $"The event source of {name} is disabled: nobody reads the queue {queue}.", $"aws lambda update-event-source-mapping --uuid {source.Id} --enabled");
            else if (source.State is not "Enabled")
                yield return Finding.Note($"The event source of {name} for the queue {queue} is {source.State}.");
            else if (expected is null || name == expected)
                yield return Finding.Good($"{name} reads the queue {queue}.");
        }
    }

    private static Finding State(FunctionConfiguration function) => function switch
    {
        { State: "Failed" or "Inactive" } => Finding.Error(
            $"The function {function.FunctionName} is {function.State}: {function.StateReason ?? "no reason given"}.", "Fix the cause and deploy again."),
        { LastUpdateStatus: "Failed" } => Finding.Error(
            $"The last update of {function.FunctionName} failed, and it runs as it was before: {function.LastUpdateStatusReason ?? "no reason given"}.", "Fix the cause and deploy again."),
        { State: "Pending" } or { LastUpdateStatus: "InProgress" } => Finding.Note($"The function {function.FunctionName} is being changed (state {function.State}, update {function.LastUpdateStatus})."),
        _ => Finding.Good($"The function {function.FunctionName} is active, its last update was successful."),
    };

    private static Finding? Concurrency(string function, int reserved) => reserved switch
    {
        0 => Finding.Error(
            $"{function} may not run at all: its reserved concurrency is 0.", $"aws lambda delete-function-concurrency --function-name {function}"),
        // One for what is urgent while the other works.
        1 => Finding.Warning(
            $"{function} has a reserved concurrency of 1: what is urgent waits for what is not.", $"aws lambda put-function-concurrency --function-name {function} --reserved-concurrent-executions 4"),
        _ => Finding.Note($"{function} has a reserved concurrency of {reserved}."),
    };

    private static Finding Loops(string function, string? setting) => setting == "Allow"
        ? Finding.Good($"{function} may send itself tickets (recursive loops are allowed).")
        : Finding.Error(
            $"Lambda stops {function} after 16 tickets of one drain (RecursiveLoop is {setting}): long drains end in the dead-letter queue, their hooks time out.",
            $"aws lambda put-function-recursion-config --function-name {function} --recursive-loop Allow");

    // arn:aws:lambda:REGION:ACCOUNT:function:NAME, perhaps with an alias.
    private static string NameOf(EventSource source) => source.FunctionArn?.Split(':').ElementAtOrDefault(6) ?? "";
}
