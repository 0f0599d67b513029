using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>What a target group may look like.</summary>
internal static class TargetGroupRules
{
    private static readonly string[] Protocols =
        ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"];

    /// <summary>The spec with what AWS fills in, or the error it answers.</summary>
    public static TargetGroupSpec Complete(TargetGroupSpec spec, string defaultVpcId)
    {
        if (spec.Name.Length is 0 or > 32)
            throw AwsErrorException.Validation($"Target group name '{spec.Name}' must have 1 to 32 characters");
        if (!spec.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') || spec.Name[0] == '-' || spec.Name[^1] == '-')
            throw AwsErrorException.Validation(
                $"Target group name '{spec.Name}' can only contain characters that are alphanumeric characters or hyphens(-)");
        if (spec.TargetType is not ("instance" or "ip" or "lambda" or "alb"))
            throw AwsErrorException.Validation($"Target type '{spec.TargetType}' must be one of 'instance, ip, lambda, alb'");
        if (spec.TargetType == "lambda") return spec with { Protocol = null, Port = null, VpcId = null, ProtocolVersion = null };

        if (!Protocols.Contains(spec.Protocol))
            throw AwsErrorException.Validation($"Protocol '{spec.Protocol}' must be one of '{string.Join(", ", Protocols)}'");
        if (spec.Port is not (>= 1 and <= 65535)) throw AwsErrorException.Validation("A port must be specified, from 1 to 65535");
        if (spec.Protocol == "GENEVE" && spec.Port != 6081)
            throw AwsErrorException.Validation("Port must be 6081 for target groups with protocol 'GENEVE'");
        if (spec.TargetType == "alb" && spec.Protocol != "TCP")
            throw AwsErrorException.Validation("Protocol must be 'TCP' for target groups with target type 'alb'");
        return spec with
        {
            VpcId = spec.VpcId ?? defaultVpcId,
            ProtocolVersion = spec.Protocol is "HTTP" or "HTTPS" ? spec.ProtocolVersion ?? "HTTP1" : null,
        };
    }
}
