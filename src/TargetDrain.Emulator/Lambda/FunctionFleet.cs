namespace TargetDrain.Emulator.Lambda;

/// <summary>What the processes of a function need to know besides its settings.</summary>
/// <param name="Address">Of the emulator's server, "127.0.0.1:9324": Runtime API and AWS endpoint in one.</param>
/// <param name="AccessKeyId">The principal the function calls AWS as.</param>
/// <param name="Limit">How many processes there may be at a time.</param>
internal sealed record FleetOptions(FunctionCommand Command, string Address, string AccessKeyId, string SecretAccessKey, int Limit);

/// <summary>
/// The processes of a function: none at first, one more whenever an invocation finds none free, up to the limit. One
/// that crashed, or whose run was abandoned, is gone; the next invocation gets a new one.
/// </summary>
internal sealed class FunctionFleet : IAsyncDisposable
{
    private readonly FleetOptions options;
    private readonly LambdaSettings settings;
    private readonly RuntimeApi runtimeApi;
    private readonly WorldJournal journal;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Member> members = [];
    private int launched;
    private bool disposed;

    public FunctionFleet(FleetOptions options, LambdaSettings settings, RuntimeApi runtimeApi, WorldJournal journal)
    {
        (this.options, this.settings, this.runtimeApi, this.journal) = (options, settings, runtimeApi, journal);
        runtimeApi.Starved += Grow;
        runtimeApi.Polled += OnPolled;
        runtimeApi.Abandoned += OnAbandoned;
        runtimeApi.InitFailed += OnInitFailed;
    }

    /// <summary>How many processes there are now.</summary>
    public int Count
    {
        get { lock (gate) return members.Count; }
    }

    /// <summary>Starts one process and waits until it asks for work.</summary>
    /// <exception cref="FunctionStartException">It does not exist, cannot be run, or ended before that.</exception>
    public async Task WarmUpAsync(CancellationToken cancellationToken = default)
    {
        var member = Launch() ?? throw new InvalidOperationException("The fleet is full or has been disposed.");
        await member.Ready.Task.WaitAsync(cancellationToken);
    }

    /// <summary>SIGKILL to processes, the oldest first.</summary>
    /// <returns>How many there were to kill.</returns>
    public int Kill(int count = int.MaxValue)
    {
        Member[] hit;
        lock (gate) hit = [.. members.Values.OrderBy(member => member.Number).Take(count)];
        foreach (var member in hit) member.Process.Kill();
        return hit.Length;
    }

    public async ValueTask DisposeAsync()
    {
        Member[] left;
        lock (gate)
        {
            disposed = true;
            left = [.. members.Values];
        }
        runtimeApi.Starved -= Grow;
        runtimeApi.Polled -= OnPolled;
        runtimeApi.Abandoned -= OnAbandoned;
        runtimeApi.InitFailed -= OnInitFailed;
        foreach (var member in left) member.Process.Kill();
        await Task.WhenAll(left.Select(member => member.Gone.Task));
    }

    private void Grow()
    {
        try
        {
            while (Wanted() && Launch() is not null) { }
        }
        catch (FunctionStartException exception)
        {
            runtimeApi.RefuseOne(exception.Message);
        }
    }

    private bool Wanted()
    {
        var waiting = runtimeApi.Waiting;
        lock (gate) return waiting > members.Values.Count(member => !member.Ready.Task.IsCompleted);
    }

    private Member? Launch()
    {
        Member member;
        lock (gate)
        {
            if (disposed || members.Count >= options.Limit) return null;
            var path = $"environments/{++launched}";
            var process = FunctionProcess.Start(options.Command, Variables(path), line => journal.Write(new FunctionLogged(line)));
            members[path] = member = new Member(launched, path, process);
        }
        _ = WatchAsync(member);
        return member;
    }

    private async Task WatchAsync(Member member)
    {
        using var process = member.Process;
        var end = await process.ExitedAsync();
        lock (gate) members.Remove(member.Path);
        runtimeApi.Exited(member.Path, $"Runtime exited with error: {end}");
        var early = StartFailure(end, member);
        if (member.Ready.TrySetException(early))
        {
            // Nobody may be awaiting it: a process that was started on demand.
            _ = member.Ready.Task.Exception;
            runtimeApi.RefuseOne(early.Message);
        }
        member.Gone.SetResult();
        Grow();
    }

    private FunctionStartException StartFailure(string end, Member member)
    {
        var said = member.InitError ?? member.Process.LastOutput;
        return new FunctionStartException(
            $"The function {options.Command.Path} ended with {end} before it asked for work."
            + (said.Length > 0 ? $" Its last output:{Environment.NewLine}{said}" : " It wrote nothing."));
    }

    private IEnumerable<KeyValuePair<string, string>> Variables(string path) =>
    [
        .. settings.ReservedEnvironment(),
        new("AWS_LAMBDA_RUNTIME_API", $"{options.Address}/{path}"),
        new("AWS_LAMBDA_LOG_STREAM_NAME", $"[$LATEST]{launched.ToString("x32", CultureInfo.InvariantCulture)}"),
        new("AWS_ENDPOINT_URL", $"http://{options.Address}"),
        new("AWS_ACCESS_KEY_ID", options.AccessKeyId),
        new("AWS_SECRET_ACCESS_KEY", options.SecretAccessKey),
        new("AWS_EC2_METADATA_DISABLED", "true"),
        .. settings.Environment,
    ];

    private void OnPolled(string path) => Find(path)?.Ready.TrySetResult();

    private void OnAbandoned(string path) => Find(path)?.Process.Kill();

    private void OnInitFailed(string path, string error)
    {
        if (Find(path) is { } member) member.InitError = error;
    }

    private Member? Find(string path)
    {
        lock (gate) return members.GetValueOrDefault(path);
    }

    private sealed record Member(int Number, string Path, FunctionProcess Process)
    {
        public string? InitError { get; set; }

        /// <summary>It asked for work.</summary>
        public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
