using System.Net;
using TargetDrain.Emulator.Compute;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>What RegisterTargets accepts, and what it makes of it.</summary>
internal static partial class RegistrationRules
{
    private static readonly IPNetwork[] PrivateRanges =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
    ];

    public static Target Check(TargetGroup group, TargetSpec spec, ElasticCompute compute, ElasticLoadBalancing elb, DateTimeOffset now)
    {
        if (spec.Id.Length == 0) throw AwsErrorException.Validation("A target must have an Id");
        if (spec.Port is < 1 or > 65535) throw AwsErrorException.Validation($"Port '{spec.Port}' must be from 1 to 65535");
        CheckQuic(group, spec);
        var key = group.KeyOf(spec);
        switch (group.Spec.TargetType)
        {
            case "instance":
                CheckInstance(group, spec, compute);
                return new Target(key, now) { QuicServerId = spec.QuicServerId };
            case "ip":
                var address = compute.Network.Know(spec.Id)
                    ?? throw AwsErrorException.Validation($"The IP address '{spec.Id}' is not valid");
                return new Target(key with { Id = address.Text }, now)
                {
                    Address = address,
                    AvailabilityZone = ZoneOf(group, address.Address, spec, compute),
                    QuicServerId = spec.QuicServerId,
                };
            case "lambda":
                if (!FunctionArn().IsMatch(spec.Id)) throw InvalidTarget($"'{spec.Id}' is not the ARN of a Lambda function");
                if (spec.Port is not null) throw AwsErrorException.Validation("You cannot specify a port for a target of type 'lambda'");
                if (group.Targets.Count > 0 && !group.Targets.HasId(spec.Id))
                    throw new AwsErrorException("TooManyTargets", "A target group of type 'lambda' can have one target");
                return new Target(key, now) { AvailabilityZone = "all" };
            default:
                CheckBalancer(group, spec, elb);
                return new Target(key, now);
        }
    }

    /// <summary>A target as DescribeTargetHealth may name it: of the group's type, whether it is registered or not.</summary>
    public static void CheckName(TargetGroup group, TargetSpec spec)
    {
        if (group.Spec.TargetType == "instance" && !InstanceId().IsMatch(spec.Id))
            throw AwsErrorException.Validation($"The instance ID '{spec.Id}' is not valid");
        if (group.Spec.TargetType == "ip" && !IPAddress.TryParse(spec.Id, out _))
            throw AwsErrorException.Validation($"The IP address '{spec.Id}' is not a valid IPv4 or IPv6 address");
    }

    private static void CheckBalancer(TargetGroup group, TargetSpec spec, ElasticLoadBalancing elb)
    {
        if (elb.Balancers.All.FirstOrDefault(other => other.Arn == spec.Id) is not { Type: "application" } balancer)
            throw InvalidTarget($"'{spec.Id}' is not an Application Load Balancer");
        if (balancer.VpcId != group.Spec.VpcId)
            throw InvalidTarget($"The load balancer '{spec.Id}' is not in the target group VPC '{group.Spec.VpcId}'");
        if (!elb.Balancers.ListenersOf(balancer.Arn).Any(listener => listener.Port == (spec.Port ?? group.Spec.Port)))
            throw InvalidTarget($"The load balancer '{spec.Id}' has no listener on port {spec.Port ?? group.Spec.Port}");
    }

    private static void CheckInstance(TargetGroup group, TargetSpec spec, ElasticCompute compute)
    {
        if (spec.AvailabilityZone is not null)
            throw AwsErrorException.Validation("You cannot specify an Availability Zone for a target of type 'instance'");
        if (compute.Seek(spec.Id) is not { } instance)
            throw InvalidTarget($"The following targets are not valid instances: '{spec.Id}'");
        if (instance.State != "running")
            throw InvalidTarget($"The following targets are not in a running state and cannot be registered: '{spec.Id}'");
        if (instance.VpcId != group.Spec.VpcId)
            throw InvalidTarget($"The following targets are not in the target group VPC '{group.Spec.VpcId}': '{spec.Id}'");
    }

    /// <summary>Inside the VPC the zone is known; outside it must be said, and is normally "all".</summary>
    private static string ZoneOf(TargetGroup group, IPAddress address, TargetSpec spec, ElasticCompute compute)
    {
        var isIpv6 = address.GetAddressBytes().Length == 16;
        if (isIpv6 != (group.Spec.IpAddressType == "ipv6"))
            throw AwsErrorException.Validation($"The IP address '{spec.Id}' is not of the type '{group.Spec.IpAddressType}'");
        var vpc = compute.Network.Vpc(group.Spec.VpcId!);
        if (vpc.Cidr.Contains(address) || vpc.Ipv6Cidr.Contains(address))
        {
            var subnet = compute.Network.SubnetOf(vpc.Id, address)
                ?? throw InvalidTarget($"The IP address '{spec.Id}' is not in a subnet of '{vpc.Id}'");
            if (spec.AvailabilityZone is { } named && named != subnet.AvailabilityZone)
                throw InvalidTarget($"The IP address '{spec.Id}' is not in Availability Zone '{named}'");
            return subnet.AvailabilityZone;
        }
        if (!isIpv6 && !PrivateRanges.Any(range => range.Contains(address)))
            throw InvalidTarget($"The IP address '{spec.Id}' is not in a private range");
        var zone = spec.AvailabilityZone ?? throw AwsErrorException.Validation(
            $"You must specify an Availability Zone for the IP address '{spec.Id}', which is outside the VPC of the target group");
        if (zone != "all" && group.Spec.Protocol is "HTTP" or "HTTPS")
            throw AwsErrorException.Validation($"The Availability Zone of '{spec.Id}' must be 'all', as it is outside the VPC");
        return zone;
    }

    private static void CheckQuic(TargetGroup group, TargetSpec spec)
    {
        var isQuic = group.Spec.Protocol is "QUIC" or "TCP_QUIC";
        if (isQuic && (spec.QuicServerId is null || !QuicServerId().IsMatch(spec.QuicServerId)))
            throw AwsErrorException.Validation("QuicServerId is required: '0x' and 16 lowercase hexadecimal characters");
        if (!isQuic && spec.QuicServerId is not null)
            throw AwsErrorException.Validation($"QuicServerId cannot be used with protocol '{group.Spec.Protocol}'");
        if (isQuic && group.Targets.All.Any(other => other.QuicServerId == spec.QuicServerId && other.Key.Id != spec.Id))
            throw AwsErrorException.Validation($"QuicServerId '{spec.QuicServerId}' is used by another target");
    }

    private static AwsErrorException InvalidTarget(string message) => new("InvalidTarget", message);

    [GeneratedRegex(@"\Ai-(?:[0-9a-f]{8}|[0-9a-f]{17})\z")]
    private static partial Regex InstanceId();

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+(?::[A-Za-z0-9_$-]+)?\z")]
    private static partial Regex FunctionArn();

    [GeneratedRegex("^0x[0-9a-f]{16}$")]
    private static partial Regex QuicServerId();
}
