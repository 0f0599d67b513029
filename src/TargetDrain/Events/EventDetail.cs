namespace TargetDrain.Events;

/// <summary>
/// The details of every kind of event that we know; a kind has some of them. What a hook sends to its own notification target has the
/// same names, flat, with <see cref="Event"/>, <see cref="AccountId"/> and <see cref="Time"/>.
/// </summary>
internal sealed record EventDetail
{
    [JsonPropertyName("instance-id")] public string? InstanceId { get; init; }
    [JsonPropertyName("instance-ids")] public IReadOnlyList<string?>? InstanceIds { get; init; }
    [JsonPropertyName("state")] public string? State { get; init; }
    [JsonPropertyName("instance-action")] public string? InstanceAction { get; init; }

    [JsonPropertyName("EC2InstanceId")] public string? ScalingInstanceId { get; init; }
    public string? LifecycleTransition { get; init; }
    public string? LifecycleHookName { get; init; }
    public string? LifecycleActionToken { get; init; }
    public string? AutoScalingGroupName { get; init; }
    public string? Destination { get; init; }
    public string? Action { get; init; }

    public string? Event { get; init; }
    public string? AccountId { get; init; }
    public DateTimeOffset? Time { get; init; }
}
