using static TargetDrain.Emulator.LoadBalancing.AttributeRule;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>A load balancer: what brings target groups into use.</summary>
internal sealed record LoadBalancer(string Arn, LoadBalancerSpec Spec, DateTimeOffset Created)
{
    public string Name => Spec.Name;

    public string Type => Spec.Type;

    public string VpcId => Spec.VpcId;

    public string DnsName => $"{(Spec.Scheme == "internal" ? "internal-" : "")}{Name}-{Arn[^16..]}.elb.{Arn.Split(':')[3]}.amazonaws.com";

    public Dictionary<string, string> Tags { get; } = new(Spec.Tags);

    public Dictionary<string, string> Attributes { get; } = LoadBalancerAttributes.RulesFor(Spec.Type).ToDictionary(rule => rule.Key, rule => rule.Default);
}

/// <summary>What to create.</summary>
internal sealed record LoadBalancerSpec(string Name, string Type, string Scheme, string VpcId)
{
    /// <summary>Subnet and the zone it is in.</summary>
    public IReadOnlyList<(string SubnetId, string Zone)> Subnets { get; init; } = [];

    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    public string IpAddressType { get; init; } = "ipv4";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>The attributes of each type of load balancer.</summary>
internal static class LoadBalancerAttributes
{
    public const string DeletionProtection = "deletion_protection.enabled";

    public static IReadOnlyList<AttributeRule> RulesFor(string type) => type switch
    {
        "application" => [.. Common, .. Web, Flag("load_balancing.cross_zone.enabled", true)],
        "network" => [.. Common, .. Logs, .. Zonal],
        _ => [Common[0], Flag("load_balancing.cross_zone.enabled")],
    };

    private static IReadOnlyList<AttributeRule> Common { get; } = [Flag(DeletionProtection), Flag("ipv6.deny_all_igw_traffic")];

    private static IReadOnlyList<AttributeRule> Zonal { get; } =
    [
        Flag("load_balancing.cross_zone.enabled"),
        Flag("zonal_shift.config.enabled"),
        Range("secondary_ips.auto_assigned.per_subnet", "0", 0, 7),
        OneOf("dns_record.client_routing_policy", "any_availability_zone", "any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"),
    ];

    private static IReadOnlyList<AttributeRule> Logs { get; } =
    [
        Flag("access_logs.s3.enabled"), Text("access_logs.s3.bucket", _ => true, "a bucket"), Text("access_logs.s3.prefix", _ => true, "a prefix"),
    ];

    private static IReadOnlyList<AttributeRule> Web { get; } =
    [
        .. Logs,
        Flag("connection_logs.s3.enabled"), Text("connection_logs.s3.bucket", _ => true, "a bucket"), Text("connection_logs.s3.prefix", _ => true, "a prefix"),
        Flag("health_check_logs.s3.enabled"), Text("health_check_logs.s3.bucket", _ => true, "a bucket"), Text("health_check_logs.s3.prefix", _ => true, "a prefix"),
        Range("idle_timeout.timeout_seconds", "60", 1, 4000),
        Range("client_keep_alive.seconds", "3600", 60, 604_800),
        OneOf("routing.http.desync_mitigation_mode", "defensive", "monitor", "defensive", "strictest"),
        Flag("routing.http.drop_invalid_header_fields.enabled"),
        Flag("routing.http.preserve_host_header.enabled"),
        Flag("routing.http.x_amzn_tls_version_and_cipher_suite.enabled"),
        Flag("routing.http.xff_client_port.enabled"),
        OneOf("routing.http.xff_header_processing.mode", "append", "append", "preserve", "remove"),
        Flag("routing.http2.enabled", true),
        Flag("waf.fail_open.enabled"),
        Flag("zonal_shift.config.enabled"),
    ];
}
