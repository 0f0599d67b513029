using System.Text.Json;
using System.Text.Json.Serialization;
using TargetDrain.Events;

namespace TargetDrain.Queue;

/// <summary>
/// A message to ourselves: look at this instance again later. Carries all that is known, since the queue is the only
/// memory. Times are UTC, durations whole seconds.
/// </summary>
internal sealed record DrainTicket(
    [property: JsonPropertyName(DrainTicket.Mark)] int Version,
    [property: JsonPropertyName("instanceId")] string InstanceId,
    [property: JsonPropertyName("startedAt")] DateTimeOffset StartedAt,
    [property: JsonPropertyName("deadline")] DateTimeOffset Deadline,
    [property: JsonPropertyName("actions")] IReadOnlyList<PendingAction> Actions,
    [property: JsonPropertyName("groups")] IReadOnlyList<TicketGroup> Groups)
{
    /// <summary>The property that tells a ticket from every other message; its value is the version.</summary>
    public const string Mark = "drainTicket";

    public const int CurrentVersion = 1;

    /// <summary>The shortest of the hooks that wait.</summary>
    [JsonIgnore]
    public TimeSpan HeartbeatTimeout => TimeSpan.FromSeconds(Actions.Min(action => action.HeartbeatSeconds));

    public string ToJson() => JsonSerializer.Serialize(this, EventJson.Default.DrainTicket);

    /// <exception cref="MalformedMessageException">Another version, or a field missing or wrong.</exception>
    public static DrainTicket Parse(JsonElement root)
    {
        DrainTicket ticket;
        try
        {
            ticket = root.Deserialize(EventJson.Default.DrainTicket)!;
        }
        catch (JsonException exception)
        {
            throw new MalformedMessageException(exception.Path ?? "$", "has the wrong JSON type or format for a drain ticket.", exception);
        }
        if (ticket.Version != CurrentVersion)
            throw new MalformedMessageException(Mark, $"is version {ticket.Version}; allowed is {CurrentVersion}.");
        Require.InstanceId(ticket.InstanceId, "instanceId");
        Require.Time(ticket.StartedAt, "startedAt");
        Require.Time(ticket.Deadline, "deadline");
        if (ticket.Actions is not { Count: > 0 }) throw new MalformedMessageException("actions", "is missing or empty.");
        if (ticket.Groups is null) throw new MalformedMessageException("groups", "is missing.");
        foreach (var action in ticket.Actions)
        {
            if (action is null) throw new MalformedMessageException("actions", "has an empty entry.");
            Require.Text(action.GroupName, "actions.group");
            Require.Text(action.HookName, "actions.hook");
            Require.ActionToken(action.Token, "actions.token");
            Require.Time(action.StartedAt, "actions.startedAt");
            Require.Time(action.LastHeartbeat, "actions.lastHeartbeat");
            Require.Seconds(action.HeartbeatSeconds, "actions.heartbeatSeconds", PendingAction.LongestHeartbeat);
            Require.Seconds(action.GlobalSeconds, "actions.globalSeconds", PendingAction.LongestGlobal);
        }
        foreach (var group in ticket.Groups)
        {
            if (group is null) throw new MalformedMessageException("groups", "has an empty entry.");
            Require.Text(group.Arn, "groups.arn");
            if (group.EndsAt is { } end) Require.Time(end, "groups.endsAt");
            if (group.TargetIds is not { Count: > 0 }) throw new MalformedMessageException("groups.ids", "is missing or empty.");
            foreach (var id in group.TargetIds) Require.Text(id, "groups.ids");
        }
        return ticket;
    }
}

/// <summary>A group the instance was last seen draining from.</summary>
/// <param name="EndsAt">When its drain should have ended; null when somebody else began it.</param>
internal sealed record TicketGroup(
    [property: JsonPropertyName("arn")] string Arn,
    [property: JsonPropertyName("ids")] IReadOnlyList<string> TargetIds,
    [property: JsonPropertyName("endsAt")] DateTimeOffset? EndsAt);

/// <summary>A lifecycle action that waits for the end of the drain.</summary>
/// <param name="HeartbeatSeconds">The hook's heartbeat timeout.</param>
/// <param name="GlobalSeconds">The hook's global timeout, counted from <paramref name="StartedAt"/>.</param>
/// <param name="LastHeartbeat">When the heartbeat timeout began to count anew.</param>
internal sealed record PendingAction(
    [property: JsonPropertyName("group")] string GroupName,
    [property: JsonPropertyName("hook")] string HookName,
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("startedAt")] DateTimeOffset StartedAt,
    [property: JsonPropertyName("heartbeatSeconds")] int HeartbeatSeconds,
    [property: JsonPropertyName("globalSeconds")] int GlobalSeconds,
    [property: JsonPropertyName("lastHeartbeat")] DateTimeOffset LastHeartbeat)
{
    /// <summary>Auto Scaling's limits for a hook, in seconds: two hours, and two days.</summary>
    public const int LongestHeartbeat = 7200;
    public const int LongestGlobal = 172_800;

    // Late enough that most drains need none, early enough that one lost attempt does no harm.
    private const double HeartbeatShare = 0.5;

    // Our own result must arrive before the hook's default one does.
    private static readonly TimeSpan BeforeGlobalTimeout = TimeSpan.FromSeconds(15);

    [JsonIgnore]
    public LifecycleAction Action => new(GroupName, HookName, Token, StartedAt);

    [JsonIgnore]
    public DateTimeOffset HeartbeatDue => LastHeartbeat + TimeSpan.FromSeconds(HeartbeatSeconds * HeartbeatShare);

    [JsonIgnore]
    public DateTimeOffset LastMoment => StartedAt + TimeSpan.FromSeconds(GlobalSeconds) - BeforeGlobalTimeout;
}
