using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>
/// Which target is whose. An instance target is named by its id. An address counts only inside the instance's own VPC,
/// since another VPC may use the same one; where peering is switched on, also in a group that was told to reach
/// beyond its VPC (zone "all"), if exactly one of the dying instances has that address.
/// </summary>
internal sealed class TargetOwners
{
    private const string BeyondTheVpc = "all";

    private readonly HashSet<string> instanceIds;
    private readonly Dictionary<string, AddressIndex> byVpc;
    private readonly HashSet<string> vpcs;
    private readonly bool anyVpcUnknown;
    private readonly bool peeredVpcs;

    public TargetOwners(IReadOnlyCollection<DyingInstance> instances, bool peeredVpcs)
    {
        this.peeredVpcs = peeredVpcs;
        instanceIds = [.. instances.Select(instance => instance.InstanceId)];
        vpcs = [.. instances.Select(instance => instance.VpcId).OfType<string>()];
        anyVpcUnknown = instances.Any(instance => instance.VpcId is null);
        byVpc = instances
            .Where(instance => instance is { VpcId: not null, Addresses.Count: > 0 })
            .GroupBy(instance => instance.VpcId!, StringComparer.Ordinal)
            .ToDictionary(vpc => vpc.Key, vpc => new AddressIndex(vpc), StringComparer.Ordinal);
    }

    /// <summary>Whether the group could hold any of them; a group that cannot is never described.</summary>
    public bool CouldBeIn(TargetGroup group) => group.TargetType?.Value switch
    {
        "instance" => anyVpcUnknown || group.VpcId is null || vpcs.Contains(group.VpcId),
        "ip" => byVpc.Count > 0 && (peeredVpcs || group.VpcId is null || byVpc.ContainsKey(group.VpcId)),
        _ => false,
    };

    /// <summary>The instance that this target of that group is, or null.</summary>
    public string? OwnerOf(TargetGroup group, TargetDescription target)
    {
        if (group.TargetType == TargetTypeEnum.Instance) return instanceIds.TryGetValue(target.Id, out var id) ? id : null;
        if (group.VpcId is not null && byVpc.TryGetValue(group.VpcId, out var own) && own.OwnerOf(target.Id) is { } owner) return owner;
        if (!peeredVpcs || target.AvailabilityZone != BeyondTheVpc) return null;
        var claims = byVpc.Where(vpc => vpc.Key != group.VpcId).Select(vpc => vpc.Value.OwnerOf(target.Id)).OfType<string>().Take(2).ToList();
        return claims.Count == 1 ? claims[0] : null;
    }
}
