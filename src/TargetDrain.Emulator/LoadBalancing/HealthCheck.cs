namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>How a group's targets are checked. What is null is what AWS takes for the group's protocol and type.</summary>
internal sealed record HealthCheck
{
    public bool? Enabled { get; init; }

    public string? Protocol { get; init; }

    /// <summary>"traffic-port" or a number.</summary>
    public string? Port { get; init; }

    public string? Path { get; init; }

    public int? IntervalSeconds { get; init; }

    public int? TimeoutSeconds { get; init; }

    public int? HealthyThreshold { get; init; }

    public int? UnhealthyThreshold { get; init; }

    public string? HttpCode { get; init; }

    public string? GrpcCode { get; init; }
}

/// <summary>What AWS fills in and what it refuses.</summary>
internal static partial class HealthChecks
{
    public static HealthCheck Complete(HealthCheck given, TargetGroupSpec spec)
    {
        var isLambda = spec.TargetType == "lambda";
        var isWeb = spec.Protocol is "HTTP" or "HTTPS";
        var protocol = given.Protocol ?? (isLambda ? null : isWeb || spec.TargetType == "alb" ? "HTTP" : "TCP");
        var isHttp = protocol is "HTTP" or "HTTPS";
        var isGrpc = spec.ProtocolVersion == "GRPC";
        var check = given with
        {
            Enabled = given.Enabled ?? !isLambda,
            Protocol = protocol,
            Port = isLambda ? given.Port : given.Port ?? "traffic-port",
            Path = given.Path ?? (isHttp || isLambda ? isGrpc ? "/AWS.ALB/healthcheck" : "/" : null),
            IntervalSeconds = given.IntervalSeconds ?? (isLambda ? 35 : spec.Protocol == "GENEVE" ? 10 : 30),
            TimeoutSeconds = given.TimeoutSeconds ?? (isLambda ? 30 : isWeb || spec.Protocol == "GENEVE" ? 5 : isHttp ? 6 : 10),
            HealthyThreshold = given.HealthyThreshold ?? 5,
            UnhealthyThreshold = given.UnhealthyThreshold ?? 2,
            HttpCode = given.HttpCode ?? (isGrpc || !(isHttp || isLambda) ? null : isWeb || isLambda ? "200" : "200-399"),
            GrpcCode = given.GrpcCode ?? (isGrpc ? "12" : null),
        };
        Check(check, spec, isWeb);
        return check;
    }

    private static void Check(HealthCheck check, TargetGroupSpec spec, bool isWeb)
    {
        if (check.Enabled == false && spec.TargetType != "lambda")
            throw Invalid($"Health check enabled must be true for target groups with target type '{spec.TargetType}'");
        if (check.Protocol is not (null or "HTTP" or "HTTPS") && (isWeb || check.Protocol != "TCP"))
            throw Invalid($"Health check protocol '{check.Protocol}' must be one of '{(isWeb ? "HTTP, HTTPS" : "HTTP, HTTPS, TCP")}'");
        if (check.Protocol == "TCP" && check.Path is not null)
            throw Invalid("Health check path cannot be specified for target groups with health check protocol 'TCP'");
        if (check.Path is { } path && (!path.StartsWith('/') || path.AsSpan().ContainsAnyExceptInRange('!', '~')))
            throw Invalid($"Health check path '{path}' must begin with '/' and can only contain printable characters without spaces");
        if (check.Port is { } port && port != "traffic-port"
            && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535))
            throw Invalid($"Health check port '{port}' must be 'traffic-port' or in the range 1-65535");
        // Only a load balancer for the web wants a pause between two checks.
        if (check.TimeoutSeconds > check.IntervalSeconds || (isWeb && check.TimeoutSeconds == check.IntervalSeconds))
            throw Invalid($"Health check timeout '{check.TimeoutSeconds}' must be smaller than {(isWeb ? "" : "or equal to ")}the interval '{check.IntervalSeconds}'");
        CheckMatcher(check, spec);
    }

    private static void CheckMatcher(HealthCheck check, TargetGroupSpec spec)
    {
        if (check.HttpCode is not null && check.GrpcCode is not null) throw Invalid("You can specify either an HTTP code or a gRPC code, not both");
        if ((check.HttpCode ?? check.GrpcCode) is not { } codes) return;
        if (check.Protocol == "TCP") throw Invalid("Matcher cannot be specified for target groups with health check protocol 'TCP'");
        var isGrpc = check.GrpcCode is not null;
        if (isGrpc != (spec.ProtocolVersion == "GRPC")) throw Invalid("A gRPC code goes with the protocol version GRPC, an HTTP code with the others");
        var (low, high) = isGrpc ? (0, 99) : spec.Protocol is "HTTP" or "HTTPS" || spec.TargetType == "lambda" ? (200, 499) : (200, 599);
        if (!Codes().IsMatch(codes)
            || codes.Split(',').Select(range => range.Split('-')).Any(range =>
                range.Any(code => int.Parse(code, CultureInfo.InvariantCulture) is var value && (value < low || value > high))
                || int.Parse(range[0], CultureInfo.InvariantCulture) > int.Parse(range[^1], CultureInfo.InvariantCulture)))
            throw Invalid($"Health check matcher code '{codes}' must be within '{low}-{high}' inclusive, such as '{low}', '{low},{low + 2}' or '{low}-{low + 9}'");
    }

    private static AwsErrorException Invalid(string message) => AwsErrorException.Validation(message);

    [GeneratedRegex(@"\A\d{1,3}(?:-\d{1,3})?(?:,\d{1,3}(?:-\d{1,3})?)*\z")]
    private static partial Regex Codes();
}
