namespace TargetDrain.Emulator.Compute;

/// <summary>The filters of the Describe calls for VPCs, subnets and zones, by name.</summary>
internal static class NetworkFilters
{
    public static Func<Vpc, IEnumerable<string>>? OfVpc(string name, string account) => name switch
    {
        "vpc-id" => vpc => [vpc.Id],
        "owner-id" => _ => [account],
        "cidr" or "cidr-block-association.cidr-block" => vpc => [vpc.Cidr.ToString()],
        "ipv6-cidr-block-association.ipv6-cidr-block" => vpc => [vpc.Ipv6Cidr.ToString()],
        "is-default" or "isDefault" => vpc => [vpc.IsDefault ? "true" : "false"],
        "state" => _ => ["available"],
        _ => ResourceFilters.Tags<Vpc>(name, vpc => vpc.Tags),
    };

    public static Func<Subnet, IEnumerable<string>>? OfSubnet(string name, string account) => name switch
    {
        "subnet-id" => subnet => [subnet.Id],
        "owner-id" => _ => [account],
        "vpc-id" => subnet => [subnet.Vpc.Id],
        "cidr-block" or "cidr" or "cidrBlock" => subnet => [subnet.Cidr.ToString()],
        "availability-zone" or "availabilityZone" => subnet => [subnet.AvailabilityZone],
        "availability-zone-id" or "availabilityZoneId" => subnet => [NetworkXml.ZoneId(subnet.AvailabilityZone)],
        "default-for-az" or "defaultForAz" => subnet => [subnet.Vpc.IsDefault ? "true" : "false"],
        "ipv6-cidr-block-association.ipv6-cidr-block" => subnet => [subnet.Ipv6Cidr.ToString()],
        "state" => _ => ["available"],
        _ => ResourceFilters.Tags<Subnet>(name, subnet => subnet.Tags),
    };

    public static Func<string, IEnumerable<string>>? OfZone(string name, string region) => name switch
    {
        "zone-name" => zone => [zone],
        "zone-id" => zone => [NetworkXml.ZoneId(zone)],
        "region-name" or "group-name" => _ => [region],
        "state" => _ => ["available"],
        "zone-type" => _ => ["availability-zone"],
        "opt-in-status" => _ => ["opt-in-not-required"],
        _ => null,
    };
}
