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
    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId}: {Why}")]
    public static partial void MessageNeedsSomebody(this ILogger log, string messageId, string why);
    [LoggerMessage(Level = LogLevel.Information,
        Message = "{InstanceId} {Reason} of {Time}: no longer so (EC2: {ComputeState}; Auto Scaling: {ScalingState}); nothing is done")]
    public static partial void NoticeIsStale(
        this ILogger log, string instanceId, Events.TerminationReason reason, DateTimeOffset time, string computeState, string scalingState);
    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} is left alone: {Why}; its lifecycle actions, if any, are ended at once")]
    public static partial void LeftAlone(this ILogger log, string instanceId, string why);
    [LoggerMessage(Level = LogLevel.Error,
        Message = "Message {MessageId} is malformed at {Problem} Attempt {Attempt} of {Attempts}; then the dead-letter queue")]
    public static partial void MessageMalformed(this ILogger log, string messageId, string problem, int attempt, int attempts);
    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} for {InstanceId} not done at attempt {Attempt} of {Attempts} ({Problem}); the next one in {Seconds} s")]
    public static partial void MessageFailed(
        this ILogger log, string messageId, string instanceId, int attempt, int attempts, string problem, int seconds);
    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{InstanceId}: EC2 returned no addresses; its instance targets are deregistered, ip targets cannot be found")]
    public static partial void AddressesUnknown(this ILogger log, string instanceId);
    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{InstanceId}: {Target} in {TargetGroup} is left alone, since EC2 no longer says that the address is its own")]
    public static partial void AddressNoLongerItsOwn(this ILogger log, string instanceId, string target, string targetGroup);
    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Groups} target groups need {Seconds} s at our share of the API limits, and an invocation has {Left} s: raise API_SHARE_PERCENT or the function's timeout, or narrow the scope")]
    public static partial void LookCannotEnd(this ILogger log, int groups, int seconds, int left);
    [LoggerMessage(Level = LogLevel.Warning, Message = "EC2 did not describe {Count} instances ({Problem}); their ip targets wait for another attempt")]
    public static partial void LookupFailed(this ILogger log, int count, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "The target groups could not all be listed ({Problem}); another attempt follows")]
    public static partial void ListingFailed(this ILogger log, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "DescribeTargetHealth of {TargetGroup} failed ({Problem}); another attempt follows")]
    public static partial void GroupUnknown(this ILogger log, string targetGroup, string problem);
    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} deregistered as {Target} from {TargetGroup}; it drains now")]
    public static partial void Deregistered(this ILogger log, string instanceId, string target, string targetGroup);
    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} would be deregistered as {Target} from {TargetGroup} (dry run)")]
    public static partial void WouldDeregister(this ILogger log, string instanceId, string target, string targetGroup);
    [LoggerMessage(Level = LogLevel.Warning, Message = "DeregisterTargets in {TargetGroup} failed for {Count} targets ({Problem}); another attempt follows")]
    public static partial void DeregistrationFailed(this ILogger log, string targetGroup, int count, string problem);
    [LoggerMessage(Level = LogLevel.Debug, Message = "Looked for {Instances} instances in {Groups} target groups")]
    public static partial void Looked(this ILogger log, int instances, int groups);
    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} is draining; rechecking in {Seconds} s")]
    public static partial void WaitingForDrain(this ILogger log, string instanceId, int seconds);
    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} is deregistered from its target groups; no lifecycle action pending")]
    public static partial void DoneWithoutWaiting(this ILogger log, string instanceId);
    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} {Outcome}: {Group}/{Hook} ended with {Result}")]
    public static partial void ActionCompleted(
        this ILogger log, string instanceId, DrainOutcome outcome, string group, string hook, string result);
    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId}: the lifecycle action of {Group}/{Hook} was over already")]
    public static partial void ActionAlreadyOver(this ILogger log, string instanceId, string group, string hook);
    [LoggerMessage(Level = LogLevel.Warning, Message = "{InstanceId} {Outcome}: {Group}/{Hook} is left to the hook's default result")]
    public static partial void ActionLeft(this ILogger log, string instanceId, DrainOutcome outcome, string group, string hook);
    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} would have {Group}/{Hook} wait or end (dry run): left alone")]
    public static partial void WouldComplete(this ILogger log, string instanceId, string group, string hook);
    [LoggerMessage(Level = LogLevel.Warning, Message = "{InstanceId} is still draining from {TargetGroup}: drain deadline exceeded")]
    public static partial void DrainTimedOut(this ILogger log, string instanceId, string targetGroup);
    [LoggerMessage(Level = LogLevel.Error, Message = "{InstanceId}: retries exhausted: {Problem}")]
    public static partial void GaveUp(this ILogger log, string instanceId, string problem);
    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId}: heartbeat for {Group}/{Hook}")]
    public static partial void HeartbeatRecorded(this ILogger log, string instanceId, string group, string hook);
    [LoggerMessage(Level = LogLevel.Warning, Message = "{InstanceId}: no heartbeat for {Group}/{Hook} ({Problem}); another attempt follows")]
    public static partial void HeartbeatFailed(this ILogger log, string instanceId, string group, string hook, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "The hooks of {Group} could not be read ({Problem}); they are asked for again")]
    public static partial void HooksUnknown(this ILogger log, string group, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "Auto Scaling did not say what {Count} instances wait for ({Problem}); their age or a heartbeat decides")]
    public static partial void StatesUnknown(this ILogger log, int count, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} failed messages keep the queue's visibility timeout ({Problem})")]
    public static partial void HandBackFailed(this ILogger log, int count, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "DescribeTargetGroupAttributes of {TargetGroup} failed ({Problem}); its deregistration delay is asked for again")]
    public static partial void DelayUnknown(this ILogger log, string targetGroup, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "Other environments were not told what was seen ({Problem}); they may look once more")]
    public static partial void BulletinNotPosted(this ILogger log, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "What other environments have seen is unknown ({Problem}); it is looked for once more")]
    public static partial void BulletinsNotRead(this ILogger log, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} events of our own could not be sent to EventBridge ({Problem}); nothing else depends on them")]
    public static partial void EventsNotSent(this ILogger log, int count, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "The load of the queues is unknown ({Problem}); the reconciler waits")]
    public static partial void LoadUnknown(this ILogger log, string problem);
    [LoggerMessage(Level = LogLevel.Information, Message = "Another run of the reconciler is under way")]
    public static partial void ReconcilerRunsElsewhere(this ILogger log);
    [LoggerMessage(Level = LogLevel.Warning, Message = "The reconciler's run failed ({Problem}); the next one follows its schedule")]
    public static partial void ReconcilerFailed(this ILogger log, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "The reconciler's state could not be passed on ({Problem}); what was seen is to be seen again")]
    public static partial void BatonKept(this ILogger log, string problem);
    [LoggerMessage(Level = LogLevel.Information,
        Message = "Reconciled {Groups} of {All} target groups: {Orphans} orphans, {Removed} removed, {Recovered} lifecycle actions recovered")]
    public static partial void Reconciled(this ILogger log, int groups, int all, int orphans, int removed, int recovered);
    [LoggerMessage(Level = LogLevel.Warning, Message = "Orphan {Target} in {TargetGroup}: registered since before {SeenAt}, and nothing has its address or id")]
    public static partial void OrphanFound(this ILogger log, string target, string targetGroup, DateTimeOffset seenAt);
    [LoggerMessage(Level = LogLevel.Warning, Message = "EC2 did not say whether anything is behind some targets ({Problem}); they are left alone")]
    public static partial void OwnersUnknown(this ILogger log, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "Auto Scaling did not say which instances wait ({Problem}); the next run asks again")]
    public static partial void WaitingUnknown(this ILogger log, string problem);
    [LoggerMessage(Level = LogLevel.Warning, Message = "{InstanceId}: {Group}/{Hook} waited and no event had told of it; its drain begins now")]
    public static partial void ActionRecovered(this ILogger log, string instanceId, string group, string hook);
    [LoggerMessage(Level = LogLevel.Information, Message = "{InstanceId} waits and no event told of it: its drain would begin (dry run)")]
    public static partial void WouldRecover(this ILogger log, string instanceId);
}
