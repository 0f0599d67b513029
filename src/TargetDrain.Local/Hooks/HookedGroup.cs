using Amazon.AutoScaling.Model;

namespace TargetDrain.Local.Hooks;

/// <summary>An Auto Scaling group and the hook that TargetDrain would complete in it.</summary>
/// <param name="Ours">Null when it has none.</param>
internal sealed record HookedGroup(
    [property: JsonPropertyName("autoScalingGroup")] string Group,
    [property: JsonPropertyName("instances")] int Instances,
    [property: JsonPropertyName("hook")] string? Ours,
    [property: JsonPropertyName("heartbeatTimeoutSeconds")] int? HeartbeatTimeout,
    [property: JsonPropertyName("defaultResult")] string? DefaultResult,
    [property: JsonPropertyName("otherTerminatingHooks")] IReadOnlyList<string> Others)
{
    public static HookedGroup Of(AutoScalingGroup group, List<LifecycleHook> hooks, Func<string, bool> isOurs)
    {
        var ours = hooks.Find(hook => isOurs(hook.LifecycleHookName));
        return new HookedGroup(
            group.AutoScalingGroupName, group.Instances?.Count ?? 0, ours?.LifecycleHookName, ours?.HeartbeatTimeout, ours?.DefaultResult,
            [.. hooks.Where(hook => hook != ours).Select(hook => hook.LifecycleHookName)]);
    }
}

/// <summary>The hooks of an account, for programs.</summary>
internal sealed record HookList(
    [property: JsonPropertyName("identity")] Identity Identity, [property: JsonPropertyName("autoScalingGroups")] IReadOnlyList<HookedGroup> Groups);
