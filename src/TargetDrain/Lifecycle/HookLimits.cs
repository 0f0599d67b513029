namespace TargetDrain.Lifecycle;

/// <param name="Heartbeat">From one heartbeat to the end of the action; 30 s to 2 h.</param>
/// <param name="Global">From the start of the action; no heartbeat reaches beyond it. At most 48 h.</param>
internal sealed record HookLimits(TimeSpan Heartbeat, TimeSpan Global)
{
    private const int HeartbeatsAtMost = 100;

    private static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestGlobal = TimeSpan.FromHours(48);

    /// <summary>As DescribeLifecycleHooks tells them, with Auto Scaling's defaults for what it leaves out.</summary>
    public static HookLimits Of(int? heartbeatSeconds, int? globalSeconds)
    {
        var heartbeat = heartbeatSeconds is > 0 ? TimeSpan.FromSeconds(heartbeatSeconds.Value) : DefaultHeartbeat;
        if (globalSeconds is > 0) return new(heartbeat, TimeSpan.FromSeconds(globalSeconds.Value));
        var byHeartbeats = heartbeat * HeartbeatsAtMost;
        return new(heartbeat, byHeartbeats < LongestGlobal ? byHeartbeats : LongestGlobal);
    }
}
