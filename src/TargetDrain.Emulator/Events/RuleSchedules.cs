namespace TargetDrain.Emulator.Events;

/// <summary>The timers of scheduled rules. A rate counts from the moment the rule is put or enabled.</summary>
internal sealed class RuleSchedules(TimeProvider clock, EventBus bus)
{
    // A timer cannot be set for longer; it is set again when it fires early.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(30);

    private readonly Scheduler scheduler = new(clock);
    private readonly Dictionary<string, Running> running = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>In place of the schedule the rule had before; null for none.</summary>
    /// <param name="deliver">Takes the event to the rule's targets, as they are when it is due.</param>
    public void Set(string ruleArn, ScheduleExpression? schedule, Action<string> deliver)
    {
        lock (gate)
        {
            if (running.Remove(ruleArn, out var before))
            {
                // A rule whose targets change keeps its beat.
                if (before.Schedule.Text == schedule?.Text)
                {
                    running[ruleArn] = before;
                    return;
                }
                before.Timer?.Dispose();
            }
            if (schedule is null) return;
            var now = new Running(ruleArn, schedule, deliver);
            running[ruleArn] = now;
            Arm(now, scheduler.Now);
        }
    }

    private void Arm(Running rule, DateTimeOffset last)
    {
        if (rule.Schedule.After(last) is not { } due) return;
        var wait = due - scheduler.Now;
        rule.Timer = wait > LongestTimer
            ? scheduler.After(LongestTimer, () => Again(rule, last))
            : scheduler.After(wait, () => Fire(rule, due));
    }

    private void Again(Running rule, DateTimeOffset last)
    {
        lock (gate)
            if (running.GetValueOrDefault(rule.Arn) == rule) Arm(rule, last);
    }

    private void Fire(Running rule, DateTimeOffset due)
    {
        // The next one first: what is delivered may be slow, or put the rule anew.
        lock (gate)
        {
            if (running.GetValueOrDefault(rule.Arn) != rule) return;
            Arm(rule, due);
        }
        bus.PublishScheduled(rule.Arn, due, rule.Deliver);
    }

    private sealed record Running(string Arn, ScheduleExpression Schedule, Action<string> Deliver)
    {
        public IDisposable? Timer { get; set; }
    }
}
