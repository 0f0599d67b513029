namespace TargetDrain.Queue;

/// <summary>
/// A message to ourselves: this instance still has lifecycle actions that wait. It says what to wait for and names no target: what is
/// registered is always looked up anew. Times are UTC, durations whole seconds.
/// </summary>
/// <param name="NoticedAt">When the drain began to be waited for.</param>
/// <param name="DrainsEndAt">When the last drain ends that we know the beginning of; no look before. Null when there is none.</param>
/// <param name="DrainsEndBy">When every drain that was seen should have ended, those begun by others included. Null while none was seen.</param>
/// <param name="LookAt">When to look again. Null: at once.</param>
/// <param name="Looks">How often it was looked since the last change; the gaps between looks grow with it.</param>
/// <param name="HeldBy">The groups that held the instance. Only carried for FINAL_LOOK=known, which narrows the last look to them.</param>
/// <param name="Reasons">Why it leaves. Only carried for PUBLISH_EVENTS, to be told at the end.</param>
/// <param name="SeenAt">When a look last found it in a group. Null: never.</param>
internal sealed record DrainTicket(
    [property: JsonPropertyName(DrainTicket.Mark)] int Version,
    [property: JsonPropertyName("instanceId")] string InstanceId,
    [property: JsonPropertyName("noticedAt")] DateTimeOffset NoticedAt,
    [property: JsonPropertyName("actions")] IReadOnlyList<PendingAction> Actions,
    [property: JsonPropertyName("drainsEndAt")] DateTimeOffset? DrainsEndAt = null,
    [property: JsonPropertyName("drainsEndBy")] DateTimeOffset? DrainsEndBy = null,
    [property: JsonPropertyName("lookAt")] DateTimeOffset? LookAt = null,
    [property: JsonPropertyName("looks")] int Looks = 0,
    [property: JsonPropertyName("heldBy")] IReadOnlyList<string>? HeldBy = null,
    [property: JsonPropertyName("reasons")] IReadOnlyList<string>? Reasons = null,
    [property: JsonPropertyName("seenAt")] DateTimeOffset? SeenAt = null)
{
    /// <summary>The property that tells a ticket from every other message; its value is the version.</summary>
    public const string Mark = "drainTicket";

    public const int CurrentVersion = 2;

    /// <summary>Whether it came back to look, and not only for a heartbeat.</summary>
    public bool IsDue(DateTimeOffset now) => LookAt is null || now >= LookAt || Actions.Any(action => now >= action.CompleteBy);

    /// <summary>Whether it was in no group any more at that time, as far as is known.</summary>
    public bool WasGoneAt(DateTimeOffset time) =>
        !(DrainsEndAt > time) && (SeenAt ?? (DrainsEndBy is null ? NoticedAt : DateTimeOffset.MaxValue)) < time;

    public string ToJson() => JsonSerializer.Serialize(this, EventJson.Default.DrainTicket);

    /// <summary>
    /// Reads a ticket of any version: instance and actions say who waits, and whatever else is missing is found out by looking. So no
    /// ticket is lost when the function is updated, or rolled back, while it waits.
    /// </summary>
    /// <exception cref="MalformedMessageException">A field is missing or wrong.</exception>
    public static DrainTicket Parse(JsonElement root, DateTimeOffset now)
    {
        var ticket = EventJson.Read(root, EventJson.Default.DrainTicket);
        Require.InstanceId(ticket.InstanceId, "instanceId");
        if (ticket.Actions is not { Count: > 0 }) throw new MalformedMessageException("actions", "is missing or empty.");
        foreach (var action in ticket.Actions)
            (action ?? throw new MalformedMessageException("actions", "has an empty entry.")).Check();
        if (ticket.DrainsEndAt is { } end) Require.Time(end, "drainsEndAt");
        if (ticket.DrainsEndBy is { } latest) Require.Time(latest, "drainsEndBy");
        if (ticket.SeenAt is { } seen) Require.Time(seen, "seenAt");
        if (ticket.LookAt is { } look) Require.Time(look, "lookAt");
        if (ticket.Looks < 0) throw new MalformedMessageException("looks", $"is {ticket.Looks}; allowed is 0 or more.");
        return ticket with
        {
            NoticedAt = ticket.NoticedAt == default ? now : Require.Time(ticket.NoticedAt, "noticedAt"),
            // They are passed on to others: nothing but what we write ourselves.
            Reasons = ticket.Reasons?.Intersect(Enum.GetNames<TerminationReason>(), StringComparer.Ordinal).ToList(),
        };
    }

    /// <summary>One ticket for two about the same instance: a message came twice, or two hooks wait for it.</summary>
    public DrainTicket With(DrainTicket other) => this with
    {
        NoticedAt = NoticedAt < other.NoticedAt ? NoticedAt : other.NoticedAt,
        Actions = PendingAction.Merge(Actions, other.Actions),
        DrainsEndAt = Later(DrainsEndAt, other.DrainsEndAt),
        DrainsEndBy = Later(DrainsEndBy, other.DrainsEndBy),
        SeenAt = Later(SeenAt, other.SeenAt),
        LookAt = LookAt is null || other.LookAt is null ? null : LookAt < other.LookAt ? LookAt : other.LookAt,
        Looks = Math.Min(Looks, other.Looks),
        HeldBy = HeldBy is null || other.HeldBy is null ? null : [.. HeldBy.Union(other.HeldBy, StringComparer.Ordinal)],
        Reasons = Reasons is null ? other.Reasons : [.. Reasons.Union(other.Reasons ?? [], StringComparer.Ordinal)],
    };

    public static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
}
