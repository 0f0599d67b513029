using static TargetDrain.Emulator.LoadBalancing.AttributeRule;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>Which attributes a group has depends on its protocol and target type; what it does not support is absent.</summary>
internal static class TargetGroupAttributes
{
    public const string Delay = "deregistration_delay.timeout_seconds";

    private const int Week = 604_800;
    private const string Health = "target_group_health";

    /// <summary>Those of a new group: the defaults, but for the delay where one is wanted.</summary>
    public static Dictionary<string, string> Of(TargetGroupSpec spec)
    {
        var attributes = RulesFor(spec).ToDictionary(rule => rule.Key, rule => rule.Default);
        if (spec.DeregistrationDelay is { } delay) attributes[Delay] = ((int)delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return attributes;
    }

    public static IReadOnlyList<AttributeRule> RulesFor(TargetGroupSpec spec)
    {
        if (spec.TargetType == "lambda") return [Flag("lambda.multi_value_headers.enabled")];
        return spec.Protocol switch
        {
            "HTTP" or "HTTPS" => [.. Common, Stickiness(spec.Protocol, "lb_cookie", "app_cookie"), .. Web, .. Zonal],
            "GENEVE" => [.. Common, .. Gateway],
            "TLS" => [.. Network(spec), .. Encrypted, .. Zonal],
            _ => [.. Common, .. Network(spec), .. Zonal],
        };
    }

    private static IReadOnlyList<AttributeRule> Common { get; } = [Range(Delay, "300", 0, 3600), Flag("stickiness.enabled")];

    private static IReadOnlyList<AttributeRule> Encrypted { get; } =
    [
        .. Common.Where(rule => rule.Key != "stickiness.enabled"),
        OneOf("stickiness.enabled", "false", "false") with { Refusal = _ => "You cannot enable stickiness on target groups with the TLS protocol" },
    ];

    private static IReadOnlyList<AttributeRule> Zonal { get; } =
    [
        OneOf("load_balancing.cross_zone.enabled", "use_load_balancer_configuration", "true", "false", "use_load_balancer_configuration"),
        Range($"{Health}.dns_failover.minimum_healthy_targets.count", "1", 1, int.MaxValue, "off"),
        Range($"{Health}.dns_failover.minimum_healthy_targets.percentage", "off", 1, 100, "off"),
        Range($"{Health}.unhealthy_state_routing.minimum_healthy_targets.count", "1", 1, int.MaxValue),
        Range($"{Health}.unhealthy_state_routing.minimum_healthy_targets.percentage", "off", 1, 100, "off"),
    ];

    private static IReadOnlyList<AttributeRule> Web { get; } =
    [
        Range("stickiness.lb_cookie.duration_seconds", "86400", 1, Week),
        // The load balancer's own cookies begin so.
        Text("stickiness.app_cookie.cookie_name", name => !name.StartsWith("AWSALB", StringComparison.Ordinal) && name.Length <= 4096, "a cookie name that does not begin with 'AWSALB'"),
        Range("stickiness.app_cookie.duration_seconds", "86400", 1, Week),
        Range("slow_start.duration_seconds", "0", 30, 900, "0"),
        OneOf("load_balancing.algorithm.type", "round_robin", "round_robin", "least_outstanding_requests", "weighted_random"),
        OneOf("load_balancing.algorithm.anomaly_mitigation", "off", "on", "off"),
    ];

    private static IReadOnlyList<AttributeRule> Gateway { get; } =
    [
        OneOf("stickiness.type", "source_ip_dest_ip_proto", "source_ip_dest_ip_proto", "source_ip_dest_ip") with
        {
            Refusal = type => $"'{type}' must be one of [source_ip_dest_ip_proto, source_ip_dest_ip]",
        },
        OneOf("target_failover.on_deregistration", "no_rebalance", "rebalance", "no_rebalance"),
        OneOf("target_failover.on_unhealthy", "no_rebalance", "rebalance", "no_rebalance"),
    ];

    private static AttributeRule Stickiness(string protocol, params IReadOnlyList<string> types) => OneOf("stickiness.type", types[0], types) with
    {
        Refusal = type => type is "lb_cookie" or "app_cookie" or "source_ip"
            ? $"Stickiness type '{type}' is not supported for target groups with the {protocol} protocol"
            : "'Stickiness type' must be one of [app_cookie, lb_cookie, source_ip]",
    };

    private static AttributeRule[] Network(TargetGroupSpec spec)
    {
        var closes = spec.Protocol is "UDP" or "TCP_UDP";
        return
        [
            Stickiness(spec.Protocol!, "source_ip"),
            Flag("proxy_protocol_v2.enabled"),
            Flag("preserve_client_ip.enabled", spec.TargetType == "instance" || closes),
            Flag("deregistration_delay.connection_termination.enabled", closes),
            Flag("target_health_state.unhealthy.connection_termination.enabled", !closes),
            Range("target_health_state.unhealthy.draining_interval_seconds", "0", 0, 360_000),
        ];
    }
}
