namespace TargetDrain.Emulator.AutoScaling;

/// <summary>A lifecycle hook. Seconds are what the API speaks.</summary>
internal sealed record LifecycleHook(string Name)
{
    public const string Terminating = "autoscaling:EC2_INSTANCE_TERMINATING";
    public const string Launching = "autoscaling:EC2_INSTANCE_LAUNCHING";

    // 48 hours; a hook with a short heartbeat timeout gets a hundred of those.
    private const int LongestTotal = 172_800;

    public string Transition { get; init; } = Terminating;

    /// <summary>30 to 7200 s.</summary>
    public int HeartbeatTimeout { get; init; } = 3600;

    /// <summary>CONTINUE or ABANDON: what a timeout means.</summary>
    public string DefaultResult { get; init; } = "ABANDON";

    public string? NotificationMetadata { get; init; }

    /// <summary>A queue that is told directly, beside the event.</summary>
    public string? NotificationTargetArn { get; init; }

    public string? RoleArn { get; init; }

    public int GlobalTimeout => Math.Min(LongestTotal, 100 * HeartbeatTimeout);
}

/// <summary>One instance waiting on one hook.</summary>
/// <param name="Hook">As it was when the action began.</param>
internal sealed record LifecycleAction(string Token, LifecycleHook Hook, DateTimeOffset GlobalExpiry)
{
    public DateTimeOffset Expires { get; internal set; }

    /// <summary>CONTINUE or ABANDON; null while it waits.</summary>
    public string? Result { get; internal set; }

    internal IDisposable? Timeout { get; set; }
}
