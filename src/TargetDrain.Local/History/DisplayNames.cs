using TargetDrain.Local.Hosting;

namespace TargetDrain.Local.History;

/// <summary>Who is behind an instance id, an address or a principal, in words.</summary>
internal sealed class DisplayNames(World world)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Vpc, string Id), string> owners = [];
    private readonly Dictionary<string, string> vpcs = [];
    private readonly Dictionary<string, string> names = [];

    /// <summary>The instance's name tag; its id when it has none.</summary>
    public string NameOf(string instanceId) => Known(names, instanceId) ?? instanceId;

    /// <summary>The instance that an id or address in this group stands for; null when nobody has it.</summary>
    public string? OwnerOf(string targetGroupArn, string targetId) => Known(owners, (VpcOf(targetGroupArn), targetId));

    public static string By(string principal) => principal switch
    {
        Installation.FunctionAccessKeyId => "TargetDrain",
        "autoscaling" => "Auto Scaling",
        "ec2" => "EC2",
        "test" => "the script",
        _ => principal,
    };

    /// <summary>Remembers addresses for as long as they are told: they are gone before the instance is.</summary>
    public void Learn()
    {
        var instances = world.Compute.Instances;
        lock (gate)
        {
            foreach (var instance in instances)
            {
                names[instance.Id] = instance.Tags.TryGetValue("Name", out var name) ? name : instance.Id;
                owners[(instance.VpcId, instance.Id)] = instance.Id;
                foreach (var card in instance.Interfaces.ToArray())
                    foreach (var address in card.Addresses.Concat(card.Ipv6Addresses).ToArray())
                        owners[(instance.VpcId, address.ToString())] = instance.Id;
            }
        }
    }

    private string? Known<TKey>(Dictionary<TKey, string> learned, TKey key) where TKey : notnull
    {
        lock (gate)
            if (learned.TryGetValue(key, out var known)) return known;
        Learn();
        lock (gate) return learned.GetValueOrDefault(key);
    }

    // Two VPCs may use the same address.
    private string VpcOf(string targetGroupArn)
    {
        lock (gate)
            if (vpcs.TryGetValue(targetGroupArn, out var known)) return known;
        var vpc = world.LoadBalancing.TargetGroups.FirstOrDefault(group => group.Arn == targetGroupArn)?.Spec.VpcId ?? "";
        lock (gate) return vpcs[targetGroupArn] = vpc;
    }
}
