namespace TargetDrain.Events;

/// <summary>
/// A kind of EventBridge event that we know, and what it means for us. A new one is added here; its rule stands in the template.
/// </summary>
/// <param name="Read">From the detail and the event's time.</param>
internal sealed record EventKind(string Source, string DetailType, Func<EventDetail, DateTimeOffset, DrainOptions, IEnumerable<ParsedMessage>> Read)
{
    /// <summary>
    /// A terminating hook waits. Also sent when an instance returns to a warm pool, and before its root volume is replaced.
    /// Schema: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
    /// </summary>
    public static EventKind LifecycleAction { get; } = new(
        "aws.autoscaling", "EC2 Instance-terminate Lifecycle Action",
        (detail, time, options) => [LifecycleNotice.Read(detail, "detail.", time, options)]);

    /// <summary>
    /// The instance entered another state, whoever caused it.
    /// Schema: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html
    /// </summary>
    public static EventKind StateChange { get; } = new("aws.ec2", "EC2 Instance State-change Notification", (detail, time, options) =>
    {
        var state = Require.Text(detail.State, "detail.state");
        return options.InstanceStates.Contains(state)
            ? [Notice(detail.InstanceId, TerminationReason.StateChange, time, state is "shutting-down" or "terminated" ? TerminationCertainty.Final : TerminationCertainty.Reversible)]
            : [new ParsedMessage.Ignored("other state", $"state '{Require.Quote(state)}' is not in INSTANCE_STATES.")];
    });

    /// <summary>
    /// Two minutes are left (none for hibernate). Stop and hibernate end its service as well, but it can come back. The
    /// instance id is taken from the detail; the ARN in resources names a zone where the region belongs.
    /// Schema: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
    /// </summary>
    public static EventKind SpotInterruption { get; } = new("aws.ec2", "EC2 Spot Instance Interruption Warning", (detail, time, _) =>
        [Notice(detail.InstanceId, TerminationReason.SpotInterruption, time, detail.InstanceAction == "terminate" ? TerminationCertainty.Announced : TerminationCertainty.Reversible)]);

    /// <summary>
    /// The Spot instance is at risk, not yet dying. Acted on only when asked to.
    /// Schema: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/rebalance-recommendations.html
    /// </summary>
    public static EventKind Rebalance { get; } = new("aws.ec2", "EC2 Instance Rebalance Recommendation", (detail, time, options) =>
        Notice(detail.InstanceId, TerminationReason.RebalanceRecommendation, time, TerminationCertainty.Announced) is var notice && options.DrainOnRebalance
            ? [notice]
            : [new ParsedMessage.Ignored("rebalance", "DRAIN_ON_REBALANCE is off.")]);

    /// <summary>
    /// Auto Scaling is done with the instance. A safety net for groups without a hook.
    /// Schema: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
    /// </summary>
    public static EventKind TerminateSuccessful { get; } = new("aws.autoscaling", "EC2 Instance Terminate Successful", (detail, time, options) =>
        Notice(detail.ScalingInstanceId, TerminationReason.TerminateSuccessful, time, TerminationCertainty.Final, "detail.EC2InstanceId") is var notice && options.DrainOnTerminateSuccessful
            ? [notice]
            : [new ParsedMessage.Ignored("terminate successful", "DRAIN_ON_TERMINATE_SUCCESSFUL is off.")]);

    /// <summary>
    /// An operator asks for it. Our own event; the detail holds one instance id or several. A person who writes it by hand, straight into
    /// the queue, may leave out all but source, detail-type and detail.
    /// </summary>
    public static EventKind DrainInstance { get; } = new("target-drain", "Drain Instance", (detail, time, _) =>
        detail.InstanceId is null && detail.InstanceIds is { Count: > 0 } ids
            ? [.. ids.Select(id => Notice(id, TerminationReason.OperatorRequest, time, TerminationCertainty.Announced, "detail.instance-ids"))]
            : [Notice(detail.InstanceId, TerminationReason.OperatorRequest, time, TerminationCertainty.Announced)]);

    /// <summary>
    /// Retirements and maintenance are announced weeks ahead. Draining on the announcement would take healthy capacity away;
    /// when the time has come, EC2 sends a state change. Counted, never acted on.
    /// Schema: https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
    /// </summary>
    public static EventKind Health { get; } = new("aws.health", "AWS Health Event", (_, _, _) =>
        [new ParsedMessage.Ignored("health", "an announcement; the state change that follows is acted on.")]);

    public static IReadOnlyList<EventKind> All { get; } =
        [LifecycleAction, StateChange, SpotInterruption, Rebalance, TerminateSuccessful, DrainInstance, Health];

    private static ParsedMessage.Notice Notice(
        string? instanceId, TerminationReason reason, DateTimeOffset time, TerminationCertainty certainty, string field = "detail.instance-id") =>
        new(new TerminationNotice(Require.InstanceId(instanceId, field), reason, time, Certainty: certainty));
}
