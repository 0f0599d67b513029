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
    private readonly HashSet<string> heldBy;
    private readonly Dictionary<string, AddressIndex> byVpc;
    private readonly HashSet<string> vpcs;
    private readonly bool anyVpcUnknown;
    private readonly bool anyAnywhere;
    private readonly bool peeredVpcs;

    /// <param name="followUps">
    /// Those of the instances that were swept before, each with the groups it was found in: no other instance group is
    /// looked into because of them.
    /// </param>
    public TargetOwners(
        IReadOnlyCollection<DyingInstance> instances, bool peeredVpcs,
        IReadOnlyDictionary<string, IReadOnlyCollection<string>>? followUps = null)
    {
        this.peeredVpcs = peeredVpcs;
        instanceIds = [.. instances.Select(instance => instance.InstanceId)];
        heldBy = [.. followUps?.Values.SelectMany(groups => groups) ?? []];
        var anywhere = instances.Where(instance => followUps?.ContainsKey(instance.InstanceId) != true).ToList();
        vpcs = [.. anywhere.Select(instance => instance.VpcId).OfType<string>()];
        anyVpcUnknown = anywhere.Any(instance => instance.VpcId is null);
        anyAnywhere = anywhere.Count > 0;
        byVpc = instances
            .Where(instance => instance is { VpcId: not null, Addresses.Count: > 0 })
            .GroupBy(instance => instance.VpcId!, StringComparer.Ordinal)
            .ToDictionary(vpc => vpc.Key, vpc => new AddressIndex(vpc), StringComparer.Ordinal);
    }

    /// <summary>Whether the group could hold any of them; a group that cannot is never described.</summary>
    public bool CouldBeIn(TargetGroup group) => group.TargetType?.Value switch
    {
        "instance" => anyVpcUnknown || heldBy.Contains(group.TargetGroupArn)
            || (group.VpcId is null ? anyAnywhere : vpcs.Contains(group.VpcId)),
        "ip" => byVpc.Count > 0 && (peeredVpcs || group.VpcId is null || byVpc.ContainsKey(group.VpcId)),
        _ => false,
    };

    /// <summary>Tells which instance a target of that group is, or null. What depends on the group alone is decided once.</summary>
    public Func<TargetDescription, string?> MatcherFor(TargetGroup group) => group.TargetType == TargetTypeEnum.Instance
        ? target => instanceIds.TryGetValue(target.Id, out var id) ? id : null
        : target => OwnerOfAddress(group, target);

    /// <summary>The instance that this target of that group is, or null.</summary>
    public string? OwnerOf(TargetGroup group, TargetDescription target) => MatcherFor(group)(target);

    private string? OwnerOfAddress(TargetGroup group, TargetDescription target)
    {
        if (group.VpcId is not null && byVpc.TryGetValue(group.VpcId, out var own) && own.OwnerOf(target.Id) is { } owner) return owner;
        if (!peeredVpcs || target.AvailabilityZone != BeyondTheVpc) return null;
        var claims = byVpc.Where(vpc => vpc.Key != group.VpcId).Select(vpc => vpc.Value.OwnerOf(target.Id)).OfType<string>().Take(2).ToList();
        return claims.Count == 1 ? claims[0] : null;
    }
}
