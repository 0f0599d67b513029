using Microsoft.Extensions.Logging;
using TargetDrain.Lifecycle;

namespace TargetDrain.Telemetry;

/// <summary>Every line the function writes: one per decision, with who, where, why and what comes next.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "TargetDrain {Version} started")]
    public static partial void Started(this ILogger log, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} {Reason}: looking for its targets")]
    public static partial void NoticeRead(this ILogger log, string instanceId, Events.TerminationReason reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Message {MessageId} ignored ({Kind}): {Why}")]
    public static partial void MessageIgnored(this ILogger log, string messageId, string kind, string why);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Message {MessageId} is malformed at {Problem} Attempt {Attempt} of {Attempts}; then the dead-letter queue")]
    public static partial void MessageMalformed(this ILogger log, string messageId, string problem, int attempt, int attempts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} for {InstanceId} not done at attempt {Attempt} of {Attempts} ({Problem}); the next one in {Seconds} s")]
    public static partial void MessageFailed(
        this ILogger log, string messageId, string instanceId, int attempt, int attempts, string problem, int seconds);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{InstanceId} has no address that EC2 tells: its instance targets are taken out, ip targets cannot be found")]
    public static partial void AddressesUnknown(this ILogger log, string instanceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "EC2 did not describe {Count} instances ({Problem}); their ip targets wait for another attempt")]
    public static partial void LookupFailed(this ILogger log, int count, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The target groups could not all be listed ({Problem}); another attempt follows")]
    public static partial void ListingFailed(this ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{TargetGroup} did not tell its targets ({Problem}); another attempt follows")]
    public static partial void GroupUnknown(this ILogger log, string targetGroup, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{TargetGroup} holds {Count} instances of a ticket, and is not in scope: left alone")]
    public static partial void GroupOutOfScope(this ILogger log, string targetGroup, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} deregistered as {Target} from {TargetGroup}; it drains now")]
    public static partial void Deregistered(this ILogger log, string instanceId, string target, string targetGroup);

    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} would be deregistered as {Target} from {TargetGroup} (dry run)")]
    public static partial void WouldDeregister(this ILogger log, string instanceId, string target, string targetGroup);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{TargetGroup} did not let go of {Count} targets ({Problem}); another attempt follows")]
    public static partial void DeregistrationFailed(this ILogger log, string targetGroup, int count, string problem);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{InstanceId} was taken out of its target groups after these events: nothing is left to do")]
    public static partial void NothingLeft(this ILogger log, string instanceId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Looked for {Instances} instances in {Groups} target groups")]
    public static partial void Swept(this ILogger log, int instances, int groups);

    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} drains from {Groups} target groups; next look in {Seconds} s")]
    public static partial void WaitingForDrain(this ILogger log, string instanceId, int groups, int seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} is out of its target groups; nobody waits for the end of the drain")]
    public static partial void DoneWithoutWaiting(this ILogger log, string instanceId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} {Outcome}: {Group}/{Hook} ended with {Result}")]
    public static partial void ActionCompleted(
        this ILogger log, string instanceId, string group, string hook, string result, DrainOutcome outcome);

    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId}: the lifecycle action of {Group}/{Hook} was over already")]
    public static partial void ActionAlreadyOver(this ILogger log, string instanceId, string group, string hook);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{InstanceId} {Outcome}: {Group}/{Hook} is left to the hook's default result")]
    public static partial void ActionLeft(this ILogger log, string instanceId, string group, string hook, DrainOutcome outcome);

    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} would have {Group}/{Hook} wait or end (dry run): left alone")]
    public static partial void WouldComplete(this ILogger log, string instanceId, string group, string hook);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{InstanceId} still drains from {TargetGroup}, and the time is up")]
    public static partial void DrainTimedOut(this ILogger log, string instanceId, string targetGroup);

    [LoggerMessage(Level = LogLevel.Error, Message = "{InstanceId} given up: {Problem}")]
    public static partial void GaveUp(this ILogger log, string instanceId, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId}: heartbeat for {Group}/{Hook}")]
    public static partial void HeartbeatRecorded(this ILogger log, string instanceId, string group, string hook);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{InstanceId}: no heartbeat for {Group}/{Hook} ({Problem}); another attempt follows")]
    public static partial void HeartbeatFailed(this ILogger log, string instanceId, string group, string hook, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The hooks of {Group} could not be read ({Problem}); assuming the shortest timeouts")]
    public static partial void HooksUnknown(this ILogger log, string group, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} failed messages keep the queue's visibility timeout ({Problem})")]
    public static partial void HandBackFailed(this ILogger log, int count, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{TargetGroup} did not tell its deregistration delay ({Problem}); assuming the longest")]
    public static partial void DelayUnknown(this ILogger log, string targetGroup, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other environments were not told of {Count} drained instances ({Problem}); they may look once more")]
    public static partial void NoteNotSent(this ILogger log, int count, string problem);
}
