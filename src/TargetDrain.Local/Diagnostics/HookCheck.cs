using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using TargetDrain.Calls;
using TargetDrain.Lifecycle;
using TargetDrain.Local.Calls;

namespace TargetDrain.Local.Diagnostics;

/// <summary>The terminating hooks of an Auto Scaling group, against the drains they have to outlast.</summary>
internal sealed class HookCheck(IAmazonAutoScaling autoScaling, DrainOptions options)
{
    public const string Terminating = "autoscaling:EC2_INSTANCE_TERMINATING";

    // Heartbeats come at half of the timeout: below this, one lost attempt is half the way to a timeout.
    private static readonly TimeSpan ComfortableHeartbeat = TimeSpan.FromSeconds(60);

    /// <param name="slowestDrain">Null when no group could be read.</param>
    public async IAsyncEnumerable<Finding> RunAsync(
        string groupName, TimeSpan? slowestDrain, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (hooks, problem) = await HooksAsync(groupName, cancellation);
        if (hooks is null)
        {
            yield return Finding.Error($"The hooks of {groupName} cannot be read: {problem}", "Check the name, the region, and the right autoscaling:DescribeLifecycleHooks.");
            yield break;
        }
        var ours = hooks.FindAll(hook => hook.LifecycleTransition == Terminating && options.IsOurs(hook.LifecycleHookName));
        if (ours.Count == 0)
        {
            var names = string.Join(", ", options.LifecycleHookNames);
            yield return Finding.Error(
                $"{groupName} has no terminating hook named {names}: Auto Scaling will not wait for the drain.",
                $"aws autoscaling put-lifecycle-hook --auto-scaling-group-name {groupName} --lifecycle-hook-name {options.LifecycleHookNames.First()} "
                + $"--lifecycle-transition {Terminating} --heartbeat-timeout 900 --default-result CONTINUE");
        }
        foreach (var hook in ours)
            foreach (var finding in Judge(groupName, hook, slowestDrain)) yield return finding;
        foreach (var other in hooks.FindAll(hook => hook.LifecycleTransition == Terminating && !ours.Contains(hook)))
            yield return Finding.Note($"{groupName} also has the terminating hook {other.LifecycleHookName}; it is never touched, and the instance waits for it too.");
    }

    private IEnumerable<Finding> Judge(string groupName, LifecycleHook hook, TimeSpan? slowestDrain)
    {
        var name = $"{groupName}/{hook.LifecycleHookName}";
        var limits = HookLimits.Of(hook.HeartbeatTimeout, hook.GlobalTimeout);
        var needed = slowestDrain + options.DrainMargin;
        if (limits.Global < needed)
            yield return Finding.Error(
                $"{name} ends after {InWords(limits.Global)} for good, but the slowest drain may take {InWords(needed.Value)}: instances are terminated while they drain.",
                "Raise the hook's heartbeat timeout (a hundred of them are the limit), or lower the deregistration delay.");
        else
            yield return Finding.Good($"{name} can wait {InWords(limits.Global)} in all{(needed is null ? "" : $"; the slowest drain needs {InWords(needed.Value)}")}.");
        if (limits.Heartbeat < ComfortableHeartbeat)
            yield return Finding.Warning(
                $"{name} gives up after {InWords(limits.Heartbeat)} without a heartbeat; one throttled minute is enough.",
                "Raise HeartbeatTimeout to 900. It costs nothing: the hook is completed as soon as the drain is over.");
        else
            yield return Finding.Note($"If TargetDrain fails, an instance waits {InWords(limits.Heartbeat)} on {name}, then {hook.DefaultResult} follows.");
    }

    private async Task<(List<LifecycleHook>? Hooks, string Problem)> HooksAsync(string groupName, CancellationToken cancellation)
    {
        try
        {
            var answer = await autoScaling.DescribeLifecycleHooksAsync(new DescribeLifecycleHooksRequest { AutoScalingGroupName = groupName }, cancellation);
            return (answer.LifecycleHooks ?? [], "");
        }
        catch (AmazonAutoScalingException exception)
        {
            return (null, Problem.InWords(exception));
        }
    }

    public static string InWords(TimeSpan span) =>
        span.TotalSeconds < 120 ? $"{span.TotalSeconds:0} s" : span.TotalMinutes < 120 ? $"{span.TotalMinutes:0.#} min" : $"{span.TotalHours:0.#} h";
}
