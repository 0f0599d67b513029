namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>What a target group may look like.</summary>
internal static class TargetGroupRules
{
    private static readonly string[] Protocols =
        ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"];

    /// <summary>The spec with what AWS fills in, or the error it answers.</summary>
    public static TargetGroupSpec Complete(TargetGroupSpec spec, string defaultVpcId)
    {
        CheckName("Target group", spec.Name);
        if (spec.TargetType is not ("instance" or "ip" or "lambda" or "alb"))
            throw AwsErrorException.Validation($"Target type '{spec.TargetType}' must be one of 'instance, ip, lambda, alb'");
        if (spec.IpAddressType is not ("ipv4" or "ipv6"))
            throw AwsErrorException.Validation($"IP address type '{spec.IpAddressType}' must be one of 'ipv4, ipv6'");
        if (spec.TargetType == "lambda")
            return spec with
            {
                Protocol = null,
                Port = null,
                VpcId = null,
                ProtocolVersion = null,
                HealthCheck = HealthChecks.Complete(spec.HealthCheck, spec with { Protocol = null, ProtocolVersion = null }),
            };

        if (!Protocols.Contains(spec.Protocol))
            throw AwsErrorException.Validation($"Protocol '{spec.Protocol}' must be one of '{string.Join(", ", Protocols)}'");
        if (spec.Port is not (>= 1 and <= 65535)) throw AwsErrorException.Validation("A port must be specified");
        if (spec.Protocol == "GENEVE" && spec.Port != 6081)
            throw AwsErrorException.Validation("Port must be 6081 for target groups with protocol 'GENEVE'");
        if (spec.TargetType == "alb" && spec.Protocol != "TCP")
            throw AwsErrorException.Validation("Protocol must be 'TCP' for target groups with target type 'alb'");
        var isWeb = spec.Protocol is "HTTP" or "HTTPS";
        if (spec.ProtocolVersion is not null && !isWeb)
            throw AwsErrorException.Validation($"Protocol version cannot be specified for target groups with protocol '{spec.Protocol}'");
        if (spec.ProtocolVersion is not (null or "HTTP1" or "HTTP2" or "GRPC"))
            throw AwsErrorException.Validation($"Protocol version '{spec.ProtocolVersion}' must be one of 'HTTP1, HTTP2, GRPC'");
        var complete = spec with
        {
            VpcId = spec.VpcId ?? defaultVpcId,
            ProtocolVersion = isWeb ? spec.ProtocolVersion ?? "HTTP1" : null,
        };
        var check = HealthChecks.Complete(complete.HealthCheck with { Port = complete.HealthCheck.Port ?? spec.HealthCheckPort }, complete);
        return complete with { HealthCheck = check, HealthCheckPort = check.Port! };
    }

    /// <summary>The rule of all names in ELBv2.</summary>
    public static void CheckName(string what, string name)
    {
        if (name.Length == 0) throw AwsErrorException.Validation($"{what} name cannot be empty");
        if (name.Length > 32) throw AwsErrorException.Validation($"{what} name '{name}' cannot be longer than '32' characters");
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
            throw AwsErrorException.Validation($"{what} name '{name}' can only contain characters that are alphanumeric characters or hyphens(-)");
        if (name[0] == '-' || name[^1] == '-')
            throw AwsErrorException.Validation($"{what} name '{name}' cannot begin or end with '-'");
    }
}
