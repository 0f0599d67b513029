namespace TargetDrain.Emulator.Compute;

/// <summary>The filters of DescribeInstances and of DescribeNetworkInterfaces, by name.</summary>
internal static class InstanceFilters
{
    public static Func<Instance, IEnumerable<string>>? OfInstance(string name, string account) => name switch
    {
        "instance-id" => instance => [instance.Id],
        "owner-id" or "network-interface.owner-id" => instance => name == "owner-id" ? [account] : Attached(instance, [account]),
        "instance-state-name" => instance => [instance.State],
        "instance-state-code" => instance => [instance.StateCode.ToString(CultureInfo.InvariantCulture)],
        "instance-type" => instance => [instance.InstanceType],
        "instance-lifecycle" => instance => instance.SpotBehavior is null ? [] : ["spot"],
        "architecture" => instance => [InstanceXml.IsArm(instance.InstanceType) ? "arm64" : "x86_64"],
        "tenancy" => instance => [instance.Spec.Tenancy],
        "client-token" => instance => [instance.Spec.ClientToken],
        "instance.group-id" or "network-interface.group-id" => instance => Attached(instance, [instance.Subnet.Vpc.SecurityGroupId]),
        "instance.group-name" => instance => Attached(instance, ["default"]),
        "state-reason-code" => instance => instance.StateReason is var (code, _) ? [code] : [],
        "image-id" => instance => [instance.ImageId],
        "reservation-id" => instance => [instance.ReservationId],
        "vpc-id" or "network-interface.vpc-id" => instance => Attached(instance, [instance.VpcId]),
        "subnet-id" or "network-interface.subnet-id" => instance => Attached(instance, [instance.Subnet.Id]),
        "availability-zone" => instance => [instance.AvailabilityZone],
        "private-ip-address" => instance => instance.PrivateIpAddress is { } address ? [address] : [],
        "network-interface.addresses.private-ip-address" => instance =>
            instance.Interfaces.SelectMany(card => card.Addresses).Select(address => address.ToString()),
        "network-interface.ipv6-addresses.ipv6-address" => instance =>
            instance.Interfaces.SelectMany(card => card.Ipv6Addresses).Select(address => address.ToString()),
        "network-interface.network-interface-id" => instance => instance.Interfaces.Select(card => card.Id),
        _ => ResourceFilters.Tags<Instance>(name, instance => instance.Tags),
    };

    public static Func<NetworkInterface, IEnumerable<string>>? OfInterface(string name, string account) => name switch
    {
        "network-interface-id" => card => [card.Id],
        "owner-id" => _ => [account],
        "vpc-id" => card => [card.Subnet.Vpc.Id],
        "subnet-id" => card => [card.Subnet.Id],
        "availability-zone" => card => [card.Subnet.AvailabilityZone],
        "mac-address" => card => [card.MacAddress],
        "status" => card => [card.Instance is null ? "available" : "in-use"],
        "private-ip-address" => card => [card.Addresses[0].ToString()],
        "addresses.private-ip-address" => card => card.Addresses.Select(address => address.ToString()),
        "addresses.primary" => card => card.Addresses.Count > 1 ? ["true", "false"] : ["true"],
        "ipv6-addresses.ipv6-address" => card => card.Ipv6Addresses.Select(address => address.ToString()),
        "attachment.instance-id" => card => card.Instance is { } instance ? [instance.Id] : [],
        "attachment.status" => card => card.Instance is null ? [] : [card.AttachmentStatus],
        "attachment.device-index" => card => card.Instance is null ? [] : [card.DeviceIndex.ToString(CultureInfo.InvariantCulture)],
        "attachment.delete-on-termination" => card => card.Instance is null ? [] : [card.DeleteOnTermination ? "true" : "false"],
        "description" => card => [card.Description],
        "group-id" => card => [card.Subnet.Vpc.SecurityGroupId],
        "attachment.attachment-id" => card => card.Instance is null ? [] : [InstanceXml.AttachmentId(card)],
        _ => ResourceFilters.Tags<NetworkInterface>(name, card => card.Tags),
    };

    private static string[] Attached(Instance instance, string[] values) => instance.Interfaces.Count > 0 ? values : [];
}
