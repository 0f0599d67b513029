namespace TargetDrain.Queue;

/// <summary>A lifecycle action that waits for the end of the drain, and how it is kept alive.</summary>
/// <param name="Token">Null when it was found without an event: hook and instance name it as well.</param>
/// <param name="HeartbeatSeconds">The hook's heartbeat timeout; null while it is not known.</param>
/// <param name="GlobalSeconds">The hook's global timeout, counted from <paramref name="StartedAt"/>; null while it is not known.</param>
/// <param name="LastHeartbeat">When the heartbeat timeout began to count anew.</param>
/// <param name="FailedHeartbeats">In a row, since then.</param>
internal sealed record PendingAction(
    [property: JsonPropertyName("group")] string GroupName,
    [property: JsonPropertyName("hook")] string HookName,
    [property: JsonPropertyName("token")] string? Token,
    [property: JsonPropertyName("startedAt")] DateTimeOffset StartedAt,
    [property: JsonPropertyName("heartbeatSeconds")] int? HeartbeatSeconds = null,
    [property: JsonPropertyName("globalSeconds")] int? GlobalSeconds = null,
    [property: JsonPropertyName("lastHeartbeat")] DateTimeOffset? LastHeartbeat = null,
    [property: JsonPropertyName("failedHeartbeats")] int FailedHeartbeats = 0,
    [property: JsonPropertyName("retryAt")] DateTimeOffset? RetryAt = null)
{
    // Auto Scaling's limits for a hook: two hours, and two days.
    private const int LongestHeartbeat = 7200;
    private const int LongestGlobal = 172_800;

    // What is left of the timeout when a heartbeat goes out: room for a late message and another attempt. The shortest timeout there is,
    // 30 s, is halved.
    private const double ReservedShare = 1.0 / 3;
    private static readonly TimeSpan LeastReserve = TimeSpan.FromSeconds(15);

    // A hook that cannot be read may have the shortest timeout; two heartbeats a minute are what we spend on the doubt.
    private static readonly TimeSpan FirstWhenUnknown = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenWhenUnknown = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(2);

    // Our own result must arrive before the hook's default one does.
    private static readonly TimeSpan BeforeGlobalTimeout = TimeSpan.FromSeconds(15);

    public static PendingAction Of(LifecycleAction action) => new(action.GroupName, action.HookName, action.Token, action.StartedAt);

    [JsonIgnore]
    public DateTimeOffset HeartbeatDue => RetryAt ?? (HeartbeatTimeout, LastHeartbeat) switch
    {
        ({ } timeout, _) => (LastHeartbeat ?? StartedAt) + timeout - Reserve(timeout),
        (null, null) => StartedAt + FirstWhenUnknown,
        (null, { } last) => last + BetweenWhenUnknown,
    };

    /// <summary>By when it must be completed; null when no limit is known.</summary>
    [JsonIgnore]
    public DateTimeOffset? CompleteBy => GlobalSeconds is { } seconds ? StartedAt + TimeSpan.FromSeconds(seconds) - BeforeGlobalTimeout : null;

    [JsonIgnore]
    public TimeSpan? HeartbeatTimeout => HeartbeatSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Whether a heartbeat now would save a ticket's journey later: a third of the timeout is used up.</summary>
    public bool IsWorthAHeartbeat(DateTimeOffset now) => RetryAt is null && HeartbeatTimeout is { } timeout && now >= (LastHeartbeat ?? StartedAt) + (timeout / 3);

    public PendingAction WithLimits(HookLimits limits) => this with
    {
        HeartbeatSeconds = (int)limits.Heartbeat.TotalSeconds,
        GlobalSeconds = (int)limits.Global.TotalSeconds,
    };

    public PendingAction HeartbeatRecorded(DateTimeOffset at) => this with { LastHeartbeat = at, FailedHeartbeats = 0, RetryAt = null };

    public PendingAction HeartbeatFailed(DateTimeOffset at)
    {
        var retry = FirstRetry * Math.Pow(2, Math.Clamp(FailedHeartbeats, 0, 10));
        var most = HeartbeatTimeout is { } timeout && timeout / 4 < LongestRetry ? timeout / 4 : LongestRetry;
        return this with { FailedHeartbeats = FailedHeartbeats + 1, RetryAt = at + (retry < most ? retry : most) };
    }

    /// <summary>Each action once, as the one that was kept alive last; one without a token is the same as one of its hook that has one.</summary>
    public static IReadOnlyList<PendingAction> Merge(IEnumerable<PendingAction> some, IEnumerable<PendingAction> others)
    {
        var all = some.Concat(others).ToList();
        return
        [
            .. all.Where(action => action.Token is not null || !all.Exists(other => other.Token is not null && other.IsSameAs(action)))
                .GroupBy(action => action.Key, StringComparer.Ordinal).Select(same => same.MaxBy(action => action.LastHeartbeat ?? action.StartedAt)!),
        ];
    }

    /// <summary>What tells it from the instance's other actions.</summary>
    [JsonIgnore]
    public string Key => Token ?? $"{GroupName}/{HookName}";

    /// <summary>An instance waits for one action of a hook at a time.</summary>
    public bool IsSameAs(PendingAction other) => Token is null || other.Token is null
        ? (GroupName, HookName) == (other.GroupName, other.HookName)
        : Token == other.Token;

    /// <exception cref="MalformedMessageException">A field is missing or wrong.</exception>
    public void Check()
    {
        Require.Text(GroupName, "actions.group");
        Require.Text(HookName, "actions.hook");
        if (Token is not null) Require.ActionToken(Token, "actions.token");
        Require.Time(StartedAt, "actions.startedAt");
        if (LastHeartbeat is { } last) Require.Time(last, "actions.lastHeartbeat");
        if (RetryAt is { } retry) Require.Time(retry, "actions.retryAt");
        if (HeartbeatSeconds is { } heartbeat) Require.Seconds(heartbeat, "actions.heartbeatSeconds", LongestHeartbeat);
        if (GlobalSeconds is { } global) Require.Seconds(global, "actions.globalSeconds", LongestGlobal);
    }

    private static TimeSpan Reserve(TimeSpan timeout)
    {
        var share = timeout * ReservedShare;
        return share > LeastReserve ? share : LeastReserve < timeout / 2 ? LeastReserve : timeout / 2;
    }
}
