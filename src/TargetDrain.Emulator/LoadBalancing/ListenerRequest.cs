namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>CreateListener and ModifyListener as they were asked for, and what ELBv2 would say to them.</summary>
internal static class ListenerRequest
{
    /// <param name="before">The listener that is changed; null for a new one.</param>
    public static Listener Read(QueryParameters p, LoadBalancer balancer, ElasticLoadBalancing elb, Listener? before)
    {
        var (protocol, port) = (p["Protocol"] ?? before?.Protocol, p.Number("Port") ?? before?.Port);
        CheckProtocol(balancer, protocol, port);
        if (elb.Balancers.ListenersOf(balancer.Arn).Any(other => other.Port == port && other.Arn != before?.Arn && balancer.Type != "gateway"))
            throw new AwsErrorException("DuplicateListener", "A listener already exists on this port for this load balancer");
        var kept = Kept(p, protocol, before);
        var given = p.Items("DefaultActions.member").ToList();
        var actions = given.Count == 0 && before is not null ? before.Actions : ListenerActions.Read(given, protocol);
        CheckGroups(actions, balancer, protocol, elb);
        return new Listener(before?.Arn ?? "", balancer.Arn, protocol, port, [.. actions.SelectMany(action => action.TargetGroupArns)])
        {
            Actions = actions, Kept = kept, Tags = before?.Tags ?? [],
        };
    }

    public static void CheckGroups(IEnumerable<ListenerAction> actions, LoadBalancer balancer, string? protocol, ElasticLoadBalancing elb)
    {
        foreach (var group in actions.SelectMany(action => action.TargetGroupArns).Select(elb.Find))
        {
            if (!Allowed(protocol).Contains(group.Spec.Protocol ?? "lambda"))
                throw new AwsErrorException(
                    "IncompatibleProtocols", $"The protocol of target group '{group.Name}' ({group.Spec.Protocol ?? group.Spec.TargetType}) is not compatible with the listener's ({protocol ?? balancer.Type})");
            if (group.Spec.VpcId is { } vpc && vpc != balancer.VpcId)
                throw new AwsErrorException("InvalidConfigurationRequest", "The target group and the load balancer must be in the same VPC");
        }
    }

    private static void CheckProtocol(LoadBalancer balancer, string? protocol, int? port)
    {
        string[] protocols = balancer.Type switch
        {
            "application" => ["HTTP", "HTTPS"],
            "network" => ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"],
            _ => [],
        };
        if (balancer.Type == "gateway")
        {
            if (protocol is not null || port is not null)
                throw AwsErrorException.Validation("Protocol and port cannot be specified for listeners of Gateway Load Balancers");
            return;
        }
        if (protocol is null) throw AwsErrorException.Validation("A listener protocol must be specified");
        if (port is null) throw AwsErrorException.Validation("A listener port must be specified");
        if (!protocols.Contains(protocol))
            throw AwsErrorException.Validation($"Listener protocol '{protocol}' must be one of '{string.Join(", ", protocols)}'");
    }

    private static List<KeyValuePair<string, string>> Kept(QueryParameters p, string? protocol, Listener? before)
    {
        var isSecure = protocol is "HTTPS" or "TLS";
        var certificates = p.Items("Certificates.member").ToList();
        var hadOne = before?.Kept.Any(member => member.Key.StartsWith("Certificates", StringComparison.Ordinal)) ?? false;
        if (certificates.Count > 1) throw new AwsErrorException("TooManyCertificates", "One certificate, the default, can be specified");
        if (!isSecure && certificates.Count > 0) throw AwsErrorException.Validation($"Certificates cannot be specified for {protocol} listeners");
        if (!isSecure && p["SslPolicy"] is not null) throw AwsErrorException.Validation($"A security policy cannot be specified for {protocol} listeners");
        if (isSecure && certificates.Count == 0 && !hadOne) throw AwsErrorException.Validation($"A certificate must be specified for {protocol} listeners");
        if (certificates.Count == 1 && certificates[0]["CertificateArn"]?.StartsWith("arn:", StringComparison.Ordinal) != true)
            throw AwsErrorException.Validation($"Certificate ARN '{certificates[0]["CertificateArn"]}' is not valid");
        if (p["SslPolicy"] is { } policy && !policy.StartsWith("ELBSecurityPolicy-", StringComparison.Ordinal))
            throw new AwsErrorException("SSLPolicyNotFound", $"SSL policy '{policy}' not found");
        var alpn = p.List("AlpnPolicy.member");
        if (alpn.Count > 0 && protocol != "TLS") throw AwsErrorException.Validation("An ALPN policy can be specified for TLS listeners only");
        if (alpn.Exists(name => name is not ("HTTP1Only" or "HTTP2Only" or "HTTP2Optional" or "HTTP2Preferred" or "None")))
            throw new AwsErrorException("ALPNPolicyNotSupported", "The ALPN policy is not supported");
        var kept = new List<KeyValuePair<string, string>>();
        if (isSecure) kept.Add(new("SslPolicy", p["SslPolicy"] ?? before?.Kept.FirstOrDefault(member => member.Key == "SslPolicy").Value ?? "ELBSecurityPolicy-2016-08"));
        if (certificates.Count > 0) kept.AddRange(certificates[0].Everything().Select(member => new KeyValuePair<string, string>($"Certificates.member.1.{member.Key}", member.Value)));
        else if (hadOne) kept.AddRange(before!.Kept.Where(member => member.Key.StartsWith("Certificates", StringComparison.Ordinal)));
        kept.AddRange(alpn.Select((name, index) => new KeyValuePair<string, string>($"AlpnPolicy.member.{index + 1}", name)));
        return kept;
    }

    private static string[] Allowed(string? protocol) => protocol switch
    {
        "HTTP" or "HTTPS" => ["HTTP", "HTTPS", "lambda"],
        "TCP" => ["TCP", "TCP_UDP"],
        "TLS" => ["TCP", "TLS"],
        "UDP" => ["UDP", "TCP_UDP"],
        null => ["GENEVE"],
        var same => [same],
    };
}
