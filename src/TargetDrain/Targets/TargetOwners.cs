using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>
/// Which target is whose. An instance target is named by its id. An address counts only inside the instance's own VPC, since another VPC
/// may use the same one; where peering is switched on, also in a group that was told to reach beyond its VPC (zone "all"), if exactly one
/// of the departing instances has that address.
/// </summary>
internal sealed class TargetOwners(InstanceAnswers answers, bool peeredVpcs)
{
    /// <summary>The zone that an address beyond its group's VPC is registered with.</summary>
    public const string BeyondTheVpc = "all";

    private readonly Dictionary<string, AddressIndex> byVpc = answers.Instances.Values
        .Where(instance => instance is { VpcId: not null, Addresses.Count: > 0 })
        .GroupBy(instance => instance.VpcId!, StringComparer.Ordinal)
        .ToDictionary(vpc => vpc.Key, vpc => new AddressIndex(vpc), StringComparer.Ordinal);

    private readonly HashSet<string> instanceIds = [.. answers.Instances.Keys];

    public InstanceAnswers Answers => answers;

    /// <summary>Those that the group could hold; a group that can hold none of them is never described.</summary>
    public IEnumerable<string> CouldBeIn(TargetGroup group) => (group.TargetType?.Value switch
    {
        "instance" => answers.Instances.Values.Where(instance => instance.VpcId is null || group.VpcId is null || instance.VpcId == group.VpcId),
        "ip" => answers.Instances.Values.Where(instance =>
            instance is { VpcId: not null, Addresses.Count: > 0 } && (peeredVpcs || group.VpcId is null || instance.VpcId == group.VpcId)),
        _ => [],
    }).Select(instance => instance.InstanceId);

    /// <summary>Tells which instance a target of that group is, or null. What depends on the group alone is decided once.</summary>
    public Func<TargetDescription, string?> MatcherFor(TargetGroup group) => group.TargetType == TargetTypeEnum.Instance
        ? target => instanceIds.TryGetValue(target.Id, out var id) ? id : null
        : target => OwnerOfAddress(group, target);

    private string? OwnerOfAddress(TargetGroup group, TargetDescription target)
    {
        if (group.VpcId is not null && byVpc.TryGetValue(group.VpcId, out var own) && own.OwnerOf(target.Id) is { } owner) return owner;
        if (!peeredVpcs || target.AvailabilityZone != BeyondTheVpc) return null;
        var claims = byVpc.Where(vpc => vpc.Key != group.VpcId).Select(vpc => vpc.Value.OwnerOf(target.Id)).OfType<string>().Take(2).ToList();
        return claims.Count == 1 ? claims[0] : null;
    }
}
