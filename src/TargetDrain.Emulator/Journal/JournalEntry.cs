namespace TargetDrain.Emulator.Journal;

/// <summary>One thing that happened in the emulated AWS, and when. Timelines, reports and invariants are read from these.</summary>
internal abstract record JournalEntry
{
    /// <summary>Set by <see cref="WorldJournal.Write"/>.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>One API call as it was answered.</summary>
/// <param name="Service">elasticloadbalancing, ec2, autoscaling, sqs or events.</param>
/// <param name="Resource">The target group, Auto Scaling group or queue it named; empty when none.</param>
/// <param name="ErrorCode">The wire code, "(no answer)" when the connection was cut; null on success.</param>
/// <param name="Principal">The access key id the call was signed with.</param>
/// <param name="Started">When it arrived; <see cref="JournalEntry.At"/> is when it was answered.</param>
internal sealed record ApiCalled(
    string Service, string Operation, string Resource, string? ErrorCode, string Principal, DateTimeOffset Started) : JournalEntry;

internal sealed record InstanceStateChanged(string InstanceId, string State) : JournalEntry;

/// <param name="Target">Id:Port, or the Id alone.</param>
/// <param name="State">A health state, "registered" when it came in, "gone" when it left the group.</param>
/// <param name="By">What caused it: a principal, "autoscaling", "ec2" (the instance terminated), "clock" (the delay is over) or "test".</param>
internal sealed record TargetChanged(string TargetGroupArn, string TargetGroupName, string Target, string State, string By) : JournalEntry;

/// <summary>A Network Load Balancer has stopped sending to a target that was taken out before.</summary>
internal sealed record TrafficStopped(string TargetGroupArn, string TargetGroupName, string Target) : JournalEntry;

internal sealed record LifecycleActionStarted(string GroupName, string HookName, string InstanceId, string Token, string Transition) : JournalEntry;

/// <param name="Expires">When the hook now times out.</param>
internal sealed record HeartbeatRecorded(string GroupName, string HookName, string InstanceId, DateTimeOffset Expires) : JournalEntry;

/// <param name="Result">CONTINUE or ABANDON.</param>
/// <param name="By">"caller", "heartbeat timeout", "global timeout", "ABANDON of another hook" or "instance terminated".</param>
internal sealed record LifecycleActionEnded(string GroupName, string HookName, string InstanceId, string Token, string Result, string By) : JournalEntry;

internal sealed record EventPublished(string Source, string DetailType, string Body) : JournalEntry;

/// <summary>An event that best-effort delivery lost: no rule saw it.</summary>
internal sealed record EventLost(string Source, string DetailType, string Body) : JournalEntry;

/// <param name="Delay">How long the queue holds it back.</param>
internal sealed record MessageSent(string Queue, string MessageId, string Body, TimeSpan Delay) : JournalEntry;

internal sealed record MessageReceived(string Queue, string MessageId, int ReceiveCount) : JournalEntry;

internal sealed record MessageDeleted(string Queue, string MessageId) : JournalEntry;

internal sealed record MessageDeadLettered(string Queue, string MessageId, string Body) : JournalEntry;

internal sealed record InvocationStarted(string RequestId, int Messages) : JournalEntry;

/// <param name="Outcome">"ok", "error", "timeout" or "crash".</param>
/// <param name="Failed">Messages that go back to the queue: those reported as batch item failures, or all of a batch that failed.</param>
internal sealed record InvocationEnded(string RequestId, TimeSpan Billed, string Outcome, int Failed) : JournalEntry
{
    /// <summary>The JSON with errorType and errorMessage of a run that did not end well.</summary>
    public string? Error { get; init; }
}

/// <summary>
/// Lambda refused to run a function for the 17th time in one chain of requests: the metric RecursiveInvocationsDropped.
/// </summary>
internal sealed record RecursiveInvocationDropped(string FunctionName, string Chain, int Hops, int Messages) : JournalEntry;

/// <summary>One line that the function wrote to its standard output.</summary>
internal sealed record FunctionLogged(string Line) : JournalEntry;
