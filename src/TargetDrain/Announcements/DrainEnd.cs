namespace TargetDrain.Announcements;

/// <summary>The detail of "Drain Completed" and "Drain Gave Up". What is null is left out.</summary>
/// <param name="Reasons">What had told of it; null when no event had.</param>
/// <param name="Outcome">A <see cref="DrainOutcome"/>, or <see cref="Deregistered"/>.</param>
/// <param name="TargetGroups">ARNs of those that held it in the last look; null when none did.</param>
/// <param name="Seconds">Since the event, or since the first look where the drain was waited for.</param>
internal sealed record DrainEnd(
    [property: JsonPropertyName("instance-id")] string InstanceId,
    [property: JsonPropertyName("reasons")] IReadOnlyList<string>? Reasons,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("lifecycle-actions")] IReadOnlyList<EndedAction>? Actions,
    [property: JsonPropertyName("target-groups")] IReadOnlyList<string>? TargetGroups,
    [property: JsonPropertyName("seconds")] double Seconds,
    [property: JsonPropertyName("problem")] string? Problem)
{
    /// <summary>Taken out of its groups, and nobody waits for the drains to end.</summary>
    public const string Deregistered = "Deregistered";

    // Ten of these fit into one call, whatever an instance is registered in and whatever an API says.
    private const int MostGroups = 100;
    private const int LongestProblem = 1000;

    [JsonIgnore]
    public bool IsGood => Outcome is not (nameof(DrainOutcome.TimedOut) or nameof(DrainOutcome.GaveUp));

    /// <returns>Null while it goes on, and where nothing was taken out.</returns>
    public static DrainEnd? Of(NextStep step, DateTimeOffset now) => step switch
    {
        { Problem: not null, Outcome: DrainOutcome.GaveUp } => Of(step, nameof(DrainOutcome.GaveUp), step.Problem, now),
        { Problem: not null } or { IsLeftAlone: true } => null,
        { Completes.Count: > 0 } => Of(step, step.Outcome.ToString(), step.Outcome == DrainOutcome.TimedOut ? "still draining when its time was up" : null, now),
        // Drains that somebody else began, or an earlier message about it, are no news; those of an earlier attempt are.
        { Departure: { Actions.Count: 0 } departure } when
            step.Drains.Any(drain => drain.BegunAt is not null || departure.Messages.Any(message => message.ReceiveCount > 1)) => Of(step, Deregistered, null, now),
        _ => null,
    };

    private static DrainEnd Of(NextStep step, string outcome, string? problem, DateTimeOffset now)
    {
        var departure = step.Departure;
        var since = new[] { departure.NoticedAt, departure.Ticket?.NoticedAt }.Min() ?? now;
        return new DrainEnd(
            departure.InstanceId, OrNull(departure.Reasons), outcome,
            OrNull([.. step.Ended.Select(one => new EndedAction(one.Action.GroupName, one.Action.HookName, one.Result))]),
            OrNull([.. step.Drains.Select(drain => drain.GroupArn).Union(departure.Ticket?.HeldBy ?? [], StringComparer.Ordinal).Take(MostGroups)]),
            Math.Round(Math.Max(0, (now - since).TotalSeconds), 1), problem is null ? null : Require.Quote(problem, LongestProblem));
    }

    private static IReadOnlyList<T>? OrNull<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : list;
}

/// <param name="Result">CONTINUE, ABANDON, LEAVE (it ends by its own timeout), or OVER: somebody else had ended it.</param>
internal sealed record EndedAction(
    [property: JsonPropertyName("auto-scaling-group")] string GroupName,
    [property: JsonPropertyName("hook")] string HookName,
    [property: JsonPropertyName("result")] string Result);

/// <summary>The detail of "Orphan Found": a target that belongs to nothing, when it is told for the first time.</summary>
internal sealed record FoundOrphan(
    [property: JsonPropertyName("target-group-arn")] string GroupArn,
    [property: JsonPropertyName("target-id")] string TargetId,
    [property: JsonPropertyName("port")] int? Port,
    [property: JsonPropertyName("removed")] bool Removed,
    [property: JsonPropertyName("first-seen")] DateTime FirstSeen);
