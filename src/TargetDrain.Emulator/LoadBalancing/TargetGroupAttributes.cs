using System.Globalization;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>Which attributes a group has depends on its protocol and target type; what it does not support is absent.</summary>
internal static class TargetGroupAttributes
{
    public const string Delay = "deregistration_delay.timeout_seconds";

    public static Dictionary<string, string> DefaultsFor(TargetGroupSpec spec)
    {
        if (spec.TargetType == "lambda") return new() { ["lambda.multi_value_headers.enabled"] = "false" };
        var attributes = new Dictionary<string, string> { [Delay] = "300", ["stickiness.enabled"] = "false" };
        switch (spec.Protocol)
        {
            case "HTTP" or "HTTPS":
                attributes["stickiness.type"] = "lb_cookie";
                attributes["stickiness.lb_cookie.duration_seconds"] = "86400";
                attributes["stickiness.app_cookie.cookie_name"] = "";
                attributes["stickiness.app_cookie.duration_seconds"] = "86400";
                attributes["slow_start.duration_seconds"] = "0";
                attributes["load_balancing.algorithm.type"] = "round_robin";
                attributes["load_balancing.cross_zone.enabled"] = "use_load_balancer_configuration";
                break;
            case "GENEVE":
                attributes["stickiness.type"] = "source_ip_dest_ip_proto";
                attributes["target_failover.on_deregistration"] = "no_rebalance";
                attributes["target_failover.on_unhealthy"] = "no_rebalance";
                break;
            default:
                var closes = spec.Protocol is "UDP" or "TCP_UDP";
                attributes["stickiness.type"] = "source_ip";
                attributes["proxy_protocol_v2.enabled"] = "false";
                attributes["preserve_client_ip.enabled"] = spec.TargetType == "instance" || closes ? "true" : "false";
                attributes["deregistration_delay.connection_termination.enabled"] = closes ? "true" : "false";
                attributes["target_health_state.unhealthy.connection_termination.enabled"] = closes ? "false" : "true";
                attributes["target_health_state.unhealthy.draining_interval_seconds"] = "0";
                attributes["load_balancing.cross_zone.enabled"] = "use_load_balancer_configuration";
                break;
        }
        return attributes;
    }

    public static void Check(TargetGroup group, string key, string value)
    {
        if (!group.Attributes.ContainsKey(key))
            throw AwsErrorException.Validation($"Target group attribute key '{key}' is not recognized");
        if (key == Delay
            && (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 3600))
            throw AwsErrorException.Validation($"'{key}' must be between 0 and 3600, not '{value}'");
    }
}
