namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>What a load balancer says about a target. The texts are those of AWS.</summary>
internal sealed record Health(string State, string? Reason = null, string? Description = null)
{
    private byte[]? xml;

    public static readonly Health Healthy = new("healthy");
    public static readonly Health Initial = new("initial", "Elb.RegistrationInProgress", "Target registration is in progress");
    public static readonly Health InitialHealthChecking = new("initial", "Elb.InitialHealthChecking", "Initial health checks in progress");
    public static readonly Health Draining = new("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress");
    public static readonly Health FailedHealthChecks = new("unhealthy", "Target.FailedHealthChecks", "Health checks failed");
    public static readonly Health TimedOut = new("unhealthy", "Target.Timeout", "Request timed out");
    public static readonly Health ResponseCodeMismatch = new("unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [500]");

    /// <summary>Network Load Balancers: fails its health checks, its connections are kept for a while. Still registered.</summary>
    public static readonly Health UnhealthyDraining = new("unhealthy.draining", "Target.FailedHealthChecks", "Health checks failed");

    /// <summary>The answer about something that is not in the group.</summary>
    public static readonly Health NotRegistered = new("unused", "Target.NotRegistered", "Target is not registered to the target group");

    /// <summary>Registered, in a group that no listener sends to.</summary>
    public static readonly Health NotInUse = new("unused", "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer");
    public static readonly Health Stopped = new("unused", "Target.InvalidState", "Target is in the stopped state");
    public static readonly Health Terminated = new("unused", "Target.InvalidState", "Target is in the terminated state");
    public static readonly Health IpUnusable = new("unused", "Target.IpUnusable", "Target IP address is reserved for use by a load balancer");
    public static readonly Health HealthCheckDisabled = new("unavailable", "Target.HealthCheckDisabled", "Health checks are not enabled for this target");
    public static readonly Health Unavailable = new("unavailable", "Elb.InternalError", "Target health is unavailable due to an internal error");

    /// <summary>The TargetHealth element.</summary>
    internal ReadOnlySpan<byte> Xml => xml ??= Draw();

    private byte[] Draw()
    {
        var buffer = new XmlBuffer();
        buffer.Element("TargetHealth", () =>
        {
            buffer.Element("State", State);
            buffer.Element("Reason", Reason);
            buffer.Element("Description", Description);
        });
        return buffer.Bytes.ToArray();
    }
}
