namespace TargetDrain.Local.History;

/// <summary>
/// The journal, told as spans of time: registrations, lifecycle actions and invocations. Kept up to date entry by entry,
/// for a live view, or read from a whole journal, for a report.
/// </summary>
internal sealed class WorldHistory(World world)
{
    private readonly Lock gate = new();
    private readonly List<RegistrationSpan> registrations = [];
    private readonly Dictionary<(string Arn, string Target), int> open = [];
    private readonly List<HookSpan> hooks = [];
    private readonly List<InvocationSpan> invocations = [];
    private readonly Dictionary<string, TimeSpan> delays = [];
    private readonly DateTimeOffset began = world.Clock.GetUtcNow();
    private readonly HashSet<string> leaving = [];
    private readonly HashSet<string> ended = [];
    private DateTimeOffset? first;

    /// <summary>When the first entry was written.</summary>
    public DateTimeOffset Start
    {
        get { lock (gate) return first ?? began; }
    }

    public IReadOnlyList<RegistrationSpan> Registrations
    {
        get { lock (gate) return [.. registrations]; }
    }

    /// <summary>Ids of instances that are on their way out: interrupted, waiting on a terminating hook, or ended.</summary>
    public IReadOnlySet<string> Leaving
    {
        get { lock (gate) return leaving.ToHashSet(); }
    }

    /// <summary>Ids of instances that EC2 stops or terminates: whatever is registered of them serves no longer.</summary>
    public IReadOnlySet<string> Ended
    {
        get { lock (gate) return ended.ToHashSet(); }
    }

    public IReadOnlyList<HookSpan> Hooks
    {
        get { lock (gate) return [.. hooks]; }
    }

    public IReadOnlyList<InvocationSpan> Invocations
    {
        get { lock (gate) return [.. invocations]; }
    }

    public static WorldHistory Of(World world)
    {
        var history = new WorldHistory(world);
        foreach (var entry in world.Journal.Entries) history.Follow(entry);
        return history;
    }

    public void Follow(JournalEntry entry)
    {
        // Asked outside of the lock: the world has a lock of its own.
        var delay = entry is TargetChanged change ? DelayOf(change.TargetGroupArn) : default;
        lock (gate)
        {
            first ??= entry.At;
            switch (entry)
            {
                case TargetChanged changed: Follow(changed, delay); break;
                case InstanceStateChanged { State: "shutting-down" or "terminated" or "stopping" } over:
                    leaving.Add(over.InstanceId);
                    ended.Add(over.InstanceId);
                    break;
                case EventPublished { DetailType: "EC2 Spot Instance Interruption Warning" } warning:
                    if (InterruptedIn(warning.Body) is { } interrupted) leaving.Add(interrupted);
                    break;
                case LifecycleActionStarted started:
                    if (started.Transition.EndsWith("TERMINATING", StringComparison.Ordinal)) leaving.Add(started.InstanceId);
                    hooks.Add(new HookSpan(started.GroupName, started.HookName, started.InstanceId, started.Token, started.At));
                    break;
                case HeartbeatRecorded beat:
                    Replace(hooks, hook => hook.InstanceId == beat.InstanceId && hook.Hook == beat.HookName && hook.To is null,
                        hook => hook with { Heartbeats = [.. hook.Heartbeats, beat.At] });
                    break;
                case LifecycleActionEnded ended:
                    Replace(hooks, hook => hook.Token == ended.Token, hook => hook with { To = ended.At, Result = ended.Result, By = ended.By });
                    break;
                case InvocationStarted started:
                    invocations.Add(new InvocationSpan(started.RequestId, started.Messages, started.At));
                    break;
                case InvocationEnded ended:
                    Replace(invocations, run => run.RequestId == ended.RequestId && run.To is null,
                        run => run with { To = ended.At, Billed = ended.Billed, Outcome = ended.Outcome, Failed = ended.Failed });
                    break;
            }
        }
    }

    private void Follow(TargetChanged change, TimeSpan delay)
    {
        var key = (change.TargetGroupArn, change.Target);
        switch (change.State)
        {
            case "registered":
                open[key] = registrations.Count;
                registrations.Add(new RegistrationSpan(change.TargetGroupArn, change.TargetGroupName, change.Target, delay, change.At));
                break;
            case "draining":
                Update(key, change, delay, span => span with { DrainingFrom = change.At, By = change.By });
                break;
            case "gone":
                Update(key, change, delay, span => span with { GoneAt = change.At, By = span.By.Length > 0 ? span.By : change.By });
                open.Remove(key);
                break;
        }
    }

    // What was registered while the journal was paused is first heard of when it drains.
    private void Update((string, string) key, TargetChanged change, TimeSpan delay, Func<RegistrationSpan, RegistrationSpan> to)
    {
        if (!open.TryGetValue(key, out var index))
        {
            open[key] = index = registrations.Count;
            registrations.Add(new RegistrationSpan(change.TargetGroupArn, change.TargetGroupName, change.Target, delay, first!.Value));
        }
        registrations[index] = to(registrations[index]);
    }

    private TimeSpan DelayOf(string arn)
    {
        lock (gate)
            if (delays.TryGetValue(arn, out var known)) return known;
        var delay = world.LoadBalancing.TargetGroups.FirstOrDefault(group => group.Arn == arn)?.DeregistrationDelay ?? TimeSpan.Zero;
        lock (gate) delays[arn] = delay;
        return delay;
    }

    private static string? InterruptedIn(string body)
    {
        using var warning = JsonDocument.Parse(body);
        return warning.RootElement.GetProperty("detail").GetProperty("instance-id").GetString();
    }

    private static void Replace<T>(List<T> spans, Predicate<T> which, Func<T, T> by)
    {
        if (spans.FindLastIndex(which) is var index and >= 0) spans[index] = by(spans[index]);
    }
}
