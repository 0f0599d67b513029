using System.Globalization;
using TargetDrain.Emulator.Traffic;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.Compute;

/// <summary>The filters of DescribeInstances: all of them must match, each with one of its values.</summary>
internal static class InstanceFilters
{
    public static List<Predicate<Instance>> Read(QueryParameters parameters) =>
        [.. parameters.Items("Filter").Select(filter => Filter(filter["Name"] ?? "", filter.List("Value")))];

    private static Predicate<Instance> Filter(string name, List<string> values)
    {
        var read = Reader(name);
        return instance => read(instance).Any(actual => values.Exists(pattern => Wildcard.Matches(pattern, actual)));
    }

    private static Func<Instance, IEnumerable<string>> Reader(string name) => name switch
    {
        "instance-id" => instance => [instance.Id],
        "instance-state-name" => instance => [instance.State],
        "instance-state-code" => instance => [instance.StateCode.ToString(CultureInfo.InvariantCulture)],
        "instance-type" => instance => [instance.InstanceType],
        "instance-lifecycle" => instance => instance.SpotBehavior is null ? [] : ["spot"],
        "vpc-id" or "network-interface.vpc-id" => instance => Attached(instance, [instance.VpcId]),
        "subnet-id" or "network-interface.subnet-id" => instance => Attached(instance, [instance.Subnet.Id]),
        "availability-zone" => instance => [instance.AvailabilityZone],
        "private-ip-address" => instance => instance.PrivateIpAddress is { } address ? [address] : [],
        "network-interface.addresses.private-ip-address" => instance =>
            instance.Interfaces.SelectMany(card => card.Addresses).Select(address => address.ToString()),
        "network-interface.ipv6-addresses.ipv6-address" => instance =>
            instance.Interfaces.SelectMany(card => card.Ipv6Addresses).Select(address => address.ToString()),
        "network-interface.network-interface-id" => instance => instance.Interfaces.Select(card => card.Id),
        "tag-key" => instance => instance.Tags.Keys,
        _ when name.StartsWith("tag:", StringComparison.Ordinal) => instance =>
            instance.Tags.TryGetValue(name["tag:".Length..], out var value) ? [value] : [],
        _ => throw new AwsErrorException("InvalidParameterValue", $"The filter '{name}' is invalid"),
    };

    private static string[] Attached(Instance instance, string[] values) => instance.Interfaces.Count > 0 ? values : [];
}
