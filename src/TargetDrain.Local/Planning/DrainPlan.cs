using Amazon.ElasticLoadBalancingV2.Model;
using TargetDrain.Local.Stacks;

namespace TargetDrain.Local.Planning;

/// <summary>What TargetDrain would do for one instance now.</summary>
internal sealed record DrainPlan(
    [property: JsonPropertyName("instanceId")] string InstanceId,
    [property: JsonPropertyName("vpcId")] string? VpcId,
    [property: JsonPropertyName("addresses")] IReadOnlyList<string> Addresses,
    [property: JsonPropertyName("scope")] string Scope,
    [property: JsonPropertyName("deregister")] IReadOnlyList<PlannedTarget> Targets,
    [property: JsonPropertyName("skipped")] IReadOnlyList<SkippedGroup> Skipped,
    [property: JsonPropertyName("groupsLookedInto")] int GroupsLookedInto,
    [property: JsonPropertyName("drainSeconds")] double DrainSeconds,
    [property: JsonPropertyName("slowestGroup")] string? SlowestGroup,
    [property: JsonPropertyName("autoScaling")] ScalingMembership? AutoScaling,
    [property: JsonPropertyName("calls")] IReadOnlyList<PlannedCalls> Calls,
    [property: JsonPropertyName("problems")] IReadOnlyList<string> Problems)
{
    [JsonPropertyName("identity"), JsonPropertyOrder(-1)]
    public Identity? Identity { get; init; }

    /// <summary>Why it is not acted upon; null when it is.</summary>
    [JsonPropertyName("leftAlone"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LeftAlone { get; init; }

    /// <summary>Everything that had to be asked was answered.</summary>
    [JsonIgnore]
    public bool IsComplete => Problems.Count == 0;
}

/// <param name="Name">Id and port, as in i-0123456789abcdef0:8080.</param>
/// <param name="State">"registered", or "draining" when somebody has begun.</param>
/// <param name="Why">What makes this target the instance's.</param>
internal sealed record PlannedTarget(
    [property: JsonPropertyName("group")] string Group,
    [property: JsonPropertyName("groupArn")] string GroupArn,
    [property: JsonPropertyName("target")] string Name,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("why")] string Why,
    [property: JsonPropertyName("delaySeconds")] double DelaySeconds)
{
    /// <summary>As AWS described it: what is needed to register it again.</summary>
    [JsonIgnore]
    public TargetDescription Target { get; init; } = new();

    /// <summary>The group holds addresses, not instances.</summary>
    [JsonIgnore]
    public bool IsByAddress { get; init; }
}

internal sealed record SkippedGroup(
    [property: JsonPropertyName("group")] string Group,
    [property: JsonPropertyName("groupArn")] string GroupArn,
    [property: JsonPropertyName("why")] string Why);

internal sealed record ScalingMembership(
    [property: JsonPropertyName("group")] string Group,
    [property: JsonPropertyName("lifecycleState")] string LifecycleState,
    [property: JsonPropertyName("hooks")] IReadOnlyList<string> Hooks,
    [property: JsonPropertyName("hasOurHook")] bool HasOurHook);

internal sealed record PlannedCalls(
    [property: JsonPropertyName("operation")] string Operation,
    [property: JsonPropertyName("count")] int Count);
