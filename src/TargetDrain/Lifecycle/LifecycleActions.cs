using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;

namespace TargetDrain.Lifecycle;

/// <summary>Keeps lifecycle actions alive while targets drain, and ends them.</summary>
internal sealed class LifecycleActions(
    IAmazonAutoScaling autoScaling, AwsApi api, IReadOnlyDictionary<DrainOutcome, ActionResult> results, DrainMetrics metrics, ILogger log)
{
    /// <summary>Ends the actions as their outcome is configured to. That somebody was first (another worker, a timeout) is as good.</summary>
    public async Task<IReadOnlyList<ActionEnd>> CompleteAsync(
        IReadOnlyList<PendingAction> actions, string instanceId, DrainOutcome outcome, CancellationToken cancellation) =>
        await Task.WhenAll(actions.Select(action => CompleteAsync(action, instanceId, outcome, cancellation)));

    public async Task<ActionEnd> CompleteAsync(PendingAction action, string instanceId, DrainOutcome outcome, CancellationToken cancellation)
    {
        if (results[outcome] == ActionResult.Leave)
        {
            log.ActionLeft(instanceId, outcome, action.GroupName, action.HookName);
            return new ActionEnd(action, ActionEnd.Left);
        }
        var result = results[outcome].ToString().ToUpperInvariant();
        var request = new CompleteLifecycleActionRequest
        {
            AutoScalingGroupName = action.GroupName,
            LifecycleHookName = action.HookName,
            LifecycleActionToken = action.Token,
            InstanceId = instanceId,
            LifecycleActionResult = result,
        };
        try
        {
            await api.CallAsync(
                "CompleteLifecycleAction", Urgency.Normal, stop => autoScaling.CompleteLifecycleActionAsync(request, stop), cancellation);
            log.ActionCompleted(instanceId, outcome, action.GroupName, action.HookName, result);
            metrics.CountBy(MetricNames.ActionsCompleted, result);
            return new ActionEnd(action, result);
        }
        catch (Exception exception) when (AwsErrors.IsActionOver(exception))
        {
            log.ActionAlreadyOver(instanceId, action.GroupName, action.HookName);
            metrics.Count(MetricNames.ActionsAlreadyOver);
            return new ActionEnd(action, ActionEnd.Over);
        }
        catch (Exception exception)
        {
            return new ActionEnd(action, ActionEnd.Left, $"CompleteLifecycleAction: {AwsErrors.Describe(exception)}");
        }
    }

    /// <summary>Restarts the hook's heartbeat timeout. A single failed heartbeat changes nothing.</summary>
    public async Task<HeartbeatResult> HeartbeatAsync(PendingAction action, string instanceId, CancellationToken cancellation)
    {
        var request = new RecordLifecycleActionHeartbeatRequest
        {
            AutoScalingGroupName = action.GroupName,
            LifecycleHookName = action.HookName,
            LifecycleActionToken = action.Token,
            InstanceId = instanceId,
        };
        try
        {
            await api.CallAsync(
                "RecordLifecycleActionHeartbeat", Urgency.Critical,
                stop => autoScaling.RecordLifecycleActionHeartbeatAsync(request, stop), cancellation);
            log.HeartbeatRecorded(instanceId, action.GroupName, action.HookName);
            metrics.Count(MetricNames.Heartbeats);
            return HeartbeatResult.Recorded;
        }
        catch (Exception exception) when (AwsErrors.IsActionOver(exception))
        {
            log.ActionAlreadyOver(instanceId, action.GroupName, action.HookName);
            return HeartbeatResult.ActionOver;
        }
        catch (Exception exception)
        {
            log.HeartbeatFailed(instanceId, action.GroupName, action.HookName, AwsErrors.Describe(exception));
            return HeartbeatResult.Failed;
        }
    }
}

/// <summary>How an action ended.</summary>
/// <param name="Result">CONTINUE or ABANDON, where we ended it; or why we did not.</param>
/// <param name="Problem">Why it did not end; null when it did, or is meant to end by itself.</param>
internal sealed record ActionEnd(PendingAction Action, string Result, string? Problem = null)
{
    /// <summary>To the hook's own default result.</summary>
    public const string Left = "LEAVE";

    /// <summary>Somebody else was first.</summary>
    public const string Over = "OVER";
}

internal enum HeartbeatResult
{
    Recorded,
    ActionOver,
    Failed,
}
