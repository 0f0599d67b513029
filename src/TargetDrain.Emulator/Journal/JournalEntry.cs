namespace TargetDrain.Emulator.Journal;

/// <summary>One thing that happened in the emulated AWS, and when. Timelines, reports and invariants are read from these.</summary>
public abstract record JournalEntry
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
public sealed record ApiCalled(
    string Service, string Operation, string Resource, string? ErrorCode, string Principal, DateTimeOffset Started) : JournalEntry;

public sealed record InstanceStateChanged(string InstanceId, string State) : JournalEntry;

/// <param name="Target">Id:Port, or the Id alone.</param>
/// <param name="State">A health state, "registered" when it came in, "gone" when it left the group.</param>
/// <param name="By">What caused it: a principal, "autoscaling", "ec2" (the instance terminated), "clock" (the delay is over) or "test".</param>
public sealed record TargetChanged(string TargetGroupArn, string TargetGroupName, string Target, string State, string By) : JournalEntry;

/// <summary>A Network Load Balancer has stopped sending to a target that was taken out before.</summary>
public sealed record TrafficStopped(string TargetGroupArn, string TargetGroupName, string Target) : JournalEntry;

public sealed record LifecycleActionStarted(string GroupName, string HookName, string InstanceId, string Token, string Transition) : JournalEntry;

/// <param name="Expires">When the hook now times out.</param>
public sealed record HeartbeatRecorded(string GroupName, string HookName, string InstanceId, DateTimeOffset Expires) : JournalEntry;

/// <param name="Result">CONTINUE or ABANDON.</param>
/// <param name="By">"caller", "heartbeat timeout", "global timeout", "ABANDON of another hook" or "instance terminated".</param>
public sealed record LifecycleActionEnded(string GroupName, string HookName, string InstanceId, string Token, string Result, string By) : JournalEntry;

public sealed record EventPublished(string Source, string DetailType, string Body) : JournalEntry;

/// <summary>An event that best-effort delivery lost: no rule saw it.</summary>
public sealed record EventLost(string Source, string DetailType, string Body) : JournalEntry;

/// <param name="Delay">How long the queue holds it back.</param>
public sealed record MessageSent(string Queue, string MessageId, string Body, TimeSpan Delay) : JournalEntry;

public sealed record MessageReceived(string Queue, string MessageId, int ReceiveCount) : JournalEntry;

public sealed record MessageDeleted(string Queue, string MessageId) : JournalEntry;

public sealed record MessageDeadLettered(string Queue, string MessageId, string Body) : JournalEntry;

public sealed record InvocationStarted(string RequestId, int Messages) : JournalEntry;

/// <param name="Outcome">"ok", "error", "timeout" or "crash".</param>
/// <param name="Failed">Messages that go back to the queue: those reported as batch item failures, or all of a batch that failed.</param>
public sealed record InvocationEnded(string RequestId, TimeSpan Billed, string Outcome, int Failed) : JournalEntry
{
    /// <summary>The JSON with errorType and errorMessage of a run that did not end well.</summary>
    public string? Error { get; init; }
}

/// <summary>
/// Lambda refused to run a function for the 17th time in one chain of requests: the metric RecursiveInvocationsDropped.
/// </summary>
public sealed record RecursiveInvocationDropped(string FunctionName, string Chain, int Hops, int Messages) : JournalEntry;

/// <summary>One line that the function wrote to its standard output.</summary>
public sealed record FunctionLogged(string Line) : JournalEntry;
