namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>CreateLoadBalancer as it was asked for, and what ELBv2 would say to it.</summary>
internal static class BalancerRequest
{
    public static LoadBalancerSpec Read(QueryParameters p, ElasticLoadBalancing elb)
    {
        var type = p["Type"] ?? "application";
        var (named, mapped) = (p.List("Subnets.member"), p.Items("SubnetMappings.member").Select(mapping => mapping["SubnetId"] ?? "").ToList());
        if (named.Count > 0 && mapped.Count > 0) throw AwsErrorException.Validation("You can specify either subnets or subnet mappings, not both");
        var subnets = named.Concat(mapped).Select(id => elb.SeekSubnet(id)
            ?? throw new AwsErrorException("SubnetNotFound", $"The subnet ID '{id}' is not valid")).ToList();
        var zones = subnets.Select(subnet => subnet.AvailabilityZone).ToList();
        if (zones.Distinct().Count() < zones.Count)
            throw new AwsErrorException("InvalidConfigurationRequest", "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
        if (type == "application" ? zones.Count < 2 : zones.Count < 1)
            throw AwsErrorException.Validation(type == "application"
                ? "At least two subnets in two different Availability Zones must be specified"
                : "At least one subnet must be specified");
        if (subnets.Select(subnet => subnet.Vpc.Id).Distinct().Count() > 1)
            throw new AwsErrorException("InvalidSubnet", "All subnets must belong to the same VPC");
        var vpc = subnets[0].Vpc;
        var groups = p.List("SecurityGroups.member");
        if (groups.Find(id => !elb.HasSecurityGroup(id, vpc.Id)) is { } unknown)
            throw new AwsErrorException("InvalidSecurityGroup", $"The security group '{unknown}' does not exist in VPC '{vpc.Id}'");
        if (type == "gateway" && (groups.Count > 0 || p["Scheme"] is not null))
            throw AwsErrorException.Validation("Security groups and a scheme cannot be specified for load balancers of type 'gateway'");
        return new LoadBalancerSpec(p.Required("Name"), type, p["Scheme"] ?? "internet-facing", vpc.Id)
        {
            Subnets = [.. subnets.Select(subnet => (subnet.Id, subnet.AvailabilityZone))],
            SecurityGroups = groups.Count > 0 ? groups : type == "application" ? [vpc.SecurityGroupId] : [],
            IpAddressType = p["IpAddressType"] ?? "ipv4",
            Tags = ElbTags.Read(p),
        };
    }
}
