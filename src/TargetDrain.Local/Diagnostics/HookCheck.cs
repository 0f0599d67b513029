using Amazon.AutoScaling.Model;
using TargetDrain.Lifecycle;
using TargetDrain.Local.Survey;

namespace TargetDrain.Local.Diagnostics;

/// <summary>The terminating hooks of Auto Scaling groups, against the drains they have to outlast.</summary>
/// <param name="slowestDrain">Null when no group could be read.</param>
internal sealed class HookCheck(DrainOptions options, TimeSpan? slowestDrain)
{
    // Heartbeats come at half of the timeout: below this, one lost attempt is half the way to a timeout.
    private static readonly TimeSpan ComfortableHeartbeat = TimeSpan.FromSeconds(60);

    private string Names => string.Join(", ", options.LifecycleHookNames);

    /// <summary>Of all groups of the account: what is wrong one by one, what is right together.</summary>
    /// <param name="named">These were asked for: each is told of in full.</param>
    public IEnumerable<Finding> Judge(IReadOnlyList<ScalingGroupSurvey> groups, IReadOnlyList<string> named)
    {
        foreach (var name in named.Where(name => groups.All(group => group.Name != name)))
            yield return Finding.Error($"There is no Auto Scaling group named {name}.", "Check the name and the Region.");
        var good = new List<string>();
        foreach (var group in groups)
        {
            var (findings, isNamed) = (Judge(group).ToList(), named.Contains(group.Name));
            foreach (var finding in findings.Where(finding => isNamed || finding.Severity > Severity.Note)) yield return finding;
            if (!isNamed && findings.Exists(finding => finding.Severity == Severity.Good)) good.Add(group.Name);
        }
        if (good.Count > 0)
            yield return Finding.Good($"The hook of {(good.Count == 1 ? good[0] : $"{good.Count} Auto Scaling groups")} outlasts the slowest drain{(Needed is null ? "" : $" ({InWords(Needed.Value)})")}.");
        var idle = groups.Where(group => !group.HasOurHook && group.DrainedByNobody == 0 && !named.Contains(group.Name)).Select(group => group.Name).ToList();
        if (idle.Count > 0)
            yield return Finding.Note($"Without the hook, and without a registration that nobody drains: {string.Join(", ", idle.Take(10))}{(idle.Count > 10 ? $" and {idle.Count - 10} more" : "")}.");
        if (groups.Count == 0 && named.Count == 0) yield return Finding.Note("There is no Auto Scaling group here: no lifecycle action waits for a drain.");
    }

    private TimeSpan? Needed => slowestDrain + options.DrainMargin;

    private IEnumerable<Finding> Judge(ScalingGroupSurvey group)
    {
        var ours = group.TerminatingHooks.Where(hook => options.IsOurs(hook.LifecycleHookName)).ToList();
        if (ours.Count == 0)
        {
            var text = $"{group.Name} has no terminating hook named {Names}: Auto Scaling will not wait for the drain";
            var add = $"target-drain hooks add --name '{group.Name}'";
            yield return group.DrainedByNobody == 0
                ? Finding.Note($"{text}. Nothing of it needs one today.", add)
                : Finding.Warning($"{text}, and {group.DrainedByNobody} registrations of its instances are drained by nobody.", add);
        }
        foreach (var hook in ours)
            foreach (var finding in Judge(group.Name, hook)) yield return finding;
        if (ours.Count > 0 && options.DryRun)
            yield return Finding.Error(
                $"{group.Name} waits on the hook, but a dry run completes none: every termination takes until the hook's timeout.", "Deploy with DryRun=false, or remove the hook.");
        foreach (var other in group.TerminatingHooks.Where(hook => !ours.Contains(hook)))
            yield return Finding.Note($"{group.Name} also has the terminating hook {other.LifecycleHookName}; it is never touched, and the instance waits for it too.");
    }

    private IEnumerable<Finding> Judge(string groupName, LifecycleHook hook)
    {
        var name = $"{groupName}/{hook.LifecycleHookName}";
        var limits = HookLimits.Of(hook.HeartbeatTimeout, hook.GlobalTimeout);
        if (limits.Global < Needed)
            yield return Finding.Error(
                $"{name} ends after {InWords(limits.Global)} for good, but the slowest drain may take {InWords(Needed.Value)}: instances are terminated while they drain.",
                "Raise the hook's heartbeat timeout (a hundred of them are the limit), or lower the deregistration delay.");
        else
            yield return Finding.Good($"{name} can wait {InWords(limits.Global)} in all{(Needed is null ? "" : $"; the slowest drain needs {InWords(Needed.Value)}")}.");
        if (limits.Heartbeat < ComfortableHeartbeat)
            yield return Finding.Warning(
                $"{name} gives up after {InWords(limits.Heartbeat)} without a heartbeat; one throttled minute is enough.",
                "Raise HeartbeatTimeout to 900. It costs nothing: the hook is completed as soon as the drain is over.");
        else
            yield return Finding.Note($"If TargetDrain fails, an instance waits {InWords(limits.Heartbeat)} on {name}, then {hook.DefaultResult} follows.");
    }

    public static string InWords(TimeSpan span) =>
        span.TotalSeconds < 120 ? $"{span.TotalSeconds:0} s" : span.TotalMinutes < 120 ? $"{span.TotalMinutes:0.#} min" : span.TotalHours < 72 ? $"{span.TotalHours:0.#} h" : $"{span.TotalDays:0.#} days";
}
