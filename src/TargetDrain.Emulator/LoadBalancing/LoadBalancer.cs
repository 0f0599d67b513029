namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>A load balancer: enough of it to bring target groups into use.</summary>
public sealed record LoadBalancer(string Arn, string Name, string Type, string Scheme, string VpcId, DateTimeOffset Created)
{
    public string DnsName => $"{Name}-{Arn[^16..]}.elb.amazonaws.com";

    internal Dictionary<string, string> TagMap { get; } = [];
}

/// <summary>Sends what comes in on the port to the target groups.</summary>
public sealed record Listener(
    string Arn, string LoadBalancerArn, string? Protocol, int? Port, IReadOnlyList<string> TargetGroupArns);
