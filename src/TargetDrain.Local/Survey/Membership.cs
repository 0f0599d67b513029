using Amazon.AutoScaling.Model;

namespace TargetDrain.Local.Survey;

/// <summary>An Auto Scaling group as far as draining goes.</summary>
/// <param name="Attached">ARNs of the target groups that Auto Scaling itself deregisters from.</param>
/// <param name="TerminatingHooks">Of whatever name.</param>
internal sealed record Membership(string GroupName, IReadOnlySet<string> Attached, IReadOnlyList<LifecycleHook> TerminatingHooks);

/// <summary>Who takes a registration out when its instance ends.</summary>
internal static class Drained
{
    /// <summary>In no Auto Scaling group, and nobody drains it.</summary>
    public const string Alone = "instance in no Auto Scaling group";
    public const string SecondPort = "port of its own, unknown to Auto Scaling";
    public const string Nobodys = "address that no instance has";

    /// <param name="instanceId">Whose the registration is; null when nobody's.</param>
    /// <param name="isOwnPort">It is on the target group's own port.</param>
    /// <returns>Why nobody drains it; null when Auto Scaling does.</returns>
    public static string? WhyByNobody(string? instanceId, Membership? membership, string groupArn, bool isByInstance, bool isOwnPort) =>
        instanceId is null ? Nobodys
        : membership is null ? Alone
        : !membership.Attached.Contains(groupArn) ? $"not attached to {membership.GroupName}"
        : !isByInstance || !isOwnPort ? SecondPort
        : null;
}
