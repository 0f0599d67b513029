namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>What to create. Through the C# API a group is in use from the start; set <see cref="InUse"/> to false otherwise.</summary>
internal sealed record TargetGroupSpec(string Name)
{
    /// <summary>instance, ip, lambda or alb.</summary>
    public string TargetType { get; init; } = "instance";

    public string? Protocol { get; init; } = "HTTP";

    public string? ProtocolVersion { get; init; }

    public int? Port { get; init; } = 80;

    /// <summary>The default VPC when null.</summary>
    public string? VpcId { get; init; }

    /// <summary>ipv4 or ipv6.</summary>
    public string IpAddressType { get; init; } = "ipv4";

    /// <summary>"traffic-port" or a number.</summary>
    public string HealthCheckPort { get; init; } = "traffic-port";

    public HealthCheck HealthCheck { get; init; } = new();

    /// <summary>300 s, the default of AWS, when null.</summary>
    public TimeSpan? DeregistrationDelay { get; init; }

    /// <summary>As if a listener sent to it.</summary>
    public bool InUse { get; init; } = true;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>A target group. Changes only through <see cref="ElasticLoadBalancing"/>.</summary>
/// <param name="number">Counts up with every group made; the order of listings.</param>
internal sealed class TargetGroup(TargetGroupSpec spec, string arn, int number)
{
    public string Arn { get; } = arn;

    public string Name => Spec.Name;

    public TargetGroupSpec Spec { get; internal set; } = spec;

    public bool IsInUse => Spec.InUse || LoadBalancerArns.Count > 0;

    public TimeSpan DeregistrationDelay => Attributes.TryGetValue(TargetGroupAttributes.Delay, out var seconds)
        ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))
        : TimeSpan.Zero;

    internal int Number { get; } = number;

    public Dictionary<string, string> Tags { get; } = new(spec.Tags);

    public Dictionary<string, string> Attributes { get; } = TargetGroupAttributes.Of(spec);

    /// <summary>Until when a Network Load Balancer still sends to a target that was taken out.</summary>
    internal Dictionary<TargetKey, DateTimeOffset> LateTraffic { get; } = [];

    internal bool IsNetwork => Spec.Protocol is "TCP" or "TLS" or "UDP" or "TCP_UDP" or "QUIC" or "TCP_QUIC";

    public List<string> LoadBalancerArns { get; } = [];

    internal TargetTable Targets { get; } = new();

    /// <summary>Instance targets that left because the instance terminated: a filtered query calls them draining for ever.</summary>
    internal HashSet<TargetKey> Ghosts { get; } = [];

    internal TargetKey KeyOf(TargetSpec target) =>
        new(target.Id, Spec.TargetType == "lambda" ? 0 : target.Port ?? Spec.Port ?? 0);

    /// <summary>Null when health is checked on the port of the traffic.</summary>
    internal string? FixedHealthCheckPort => Spec.HealthCheckPort == "traffic-port" ? null : Spec.HealthCheckPort;
}
