using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using TargetDrain.Queue;

namespace TargetDrain.Lifecycle;

/// <summary>Keeps lifecycle actions alive while targets drain, and ends them.</summary>
internal sealed class LifecycleActions(
    IAmazonAutoScaling autoScaling, AwsApi api, IReadOnlyDictionary<DrainOutcome, ActionResult> results, DrainMetrics metrics, ILogger log)
{
    /// <summary>Ends the action as its outcome is configured to. That somebody was first (another worker, a timeout) is as good.</summary>
    /// <returns>Null, or why it did not end.</returns>
    public async Task<string?> CompleteAsync(PendingAction action, string instanceId, DrainOutcome outcome, CancellationToken cancellation)
    {
        if (results[outcome] == ActionResult.Leave)
        {
            log.ActionLeft(instanceId, outcome, action.GroupName, action.HookName);
            return null;
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
            return null;
        }
        catch (Exception exception) when (AwsErrors.IsActionOver(exception))
        {
            log.ActionAlreadyOver(instanceId, action.GroupName, action.HookName);
            metrics.Count(MetricNames.ActionsAlreadyOver);
            return null;
        }
        catch (Exception exception)
        {
            return $"CompleteLifecycleAction: {AwsErrors.Describe(exception)}";
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

internal enum HeartbeatResult
{
    Recorded,
    ActionOver,
    Failed,
}
