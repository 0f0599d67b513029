using System.Net;

namespace TargetDrain.Emulator.Compute;

/// <summary>An EC2 instance. Changes only through <see cref="ElasticCompute"/>.</summary>
internal sealed class Instance
{
    public required string Id { get; init; }

    public required string ReservationId { get; init; }

    /// <summary>pending, running, stopping, stopped, shutting-down or terminated.</summary>
    public string State { get; internal set; } = "pending";

    public required Subnet Subnet { get; init; }

    public string VpcId => Subnet.Vpc.Id;

    public string AvailabilityZone => Subnet.AvailabilityZone;

    public string ImageId => Spec.ImageId;

    public string InstanceType => Spec.InstanceType;

    /// <summary>What EC2 does when it wants the capacity back (terminate, stop or hibernate); null on demand.</summary>
    public string? SpotBehavior => Spec.SpotBehavior;

    public required DateTimeOffset LaunchTime { get; init; }

    public DateTimeOffset? TerminatedAt { get; internal set; }

    public string StateTransitionReason { get; internal set; } = "";

    /// <summary>Code and text of why it is as it is; null while nobody has stopped or ended it.</summary>
    public (string Code, string Message)? StateReason { get; internal set; }

    /// <summary>The primary private address; null once the interfaces are gone.</summary>
    public string? PrivateIpAddress => Interfaces.Count > 0 ? Interfaces[0].Addresses[0].ToString() : null;

    public List<NetworkInterface> Interfaces { get; } = [];

    /// <summary>Which of its reservation it is, from 0.</summary>
    internal int LaunchIndex { get; init; }

    /// <summary>As it was ordered.</summary>
    internal required InstanceSpec Spec { get; init; }

    public Dictionary<string, string> Tags { get; init; } = [];

    internal bool IsAlive => State is "pending" or "running";

    internal int StateCode => State switch
    {
        "pending" => 0,
        "running" => 16,
        "shutting-down" => 32,
        "terminated" => 48,
        "stopping" => 64,
        _ => 80,
    };
}

/// <summary>An elastic network interface with all its addresses.</summary>
internal sealed class NetworkInterface
{
    public required string Id { get; init; }

    public required Subnet Subnet { get; init; }

    public required string MacAddress { get; init; }

    /// <summary>The instance it is attached to; null when it stands alone.</summary>
    public Instance? Instance { get; internal set; }

    public int DeviceIndex { get; internal set; }

    /// <summary>attached, or detaching while its instance shuts down: see <see cref="WorldOptions.CardsDetachInSight"/>.</summary>
    public string AttachmentStatus { get; internal set; } = "attached";

    public bool DeleteOnTermination { get; internal set; }

    public string Description { get; init; } = "";

    public Dictionary<string, string> Tags { get; init; } = [];

    /// <summary>IPv4; the first is the primary one.</summary>
    public List<IPAddress> Addresses { get; } = [];

    public List<IPAddress> Ipv6Addresses { get; } = [];

    /// <summary>Delegated /28 blocks.</summary>
    public List<IPNetwork> Ipv4Prefixes { get; } = [];

    /// <summary>Delegated /80 blocks.</summary>
    public List<IPNetwork> Ipv6Prefixes { get; } = [];
}

/// <summary>What to launch. Nothing set gives one on-demand instance with one interface in the first default subnet.</summary>
internal sealed record InstanceSpec
{
    public string? SubnetId { get; init; }

    public string ImageId { get; init; } = "ami-0123456789abcdef0";

    public string InstanceType { get; init; } = "m7g.large";

    /// <summary>terminate, stop or hibernate makes it a Spot instance.</summary>
    public string? SpotBehavior { get; init; }

    public IReadOnlyList<InterfaceSpec> Interfaces { get; init; } = [];

    public string Tenancy { get; init; } = "default";

    /// <summary>Detailed monitoring.</summary>
    public bool Monitoring { get; init; }

    public string ClientToken { get; init; } = "";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>An interface to create: addresses by value, or so many that EC2 chooses.</summary>
internal sealed record InterfaceSpec
{
    /// <summary>The instance's subnet when null.</summary>
    public string? SubnetId { get; init; }

    /// <summary>The primary address; chosen when null.</summary>
    public string? Address { get; init; }

    public IReadOnlyList<string> SecondaryAddresses { get; init; } = [];

    public int SecondaryCount { get; init; }

    public IReadOnlyList<string> Ipv6Addresses { get; init; } = [];

    public int Ipv6Count { get; init; }

    public IReadOnlyList<string> Ipv4Prefixes { get; init; } = [];

    public int Ipv4PrefixCount { get; init; }

    public IReadOnlyList<string> Ipv6Prefixes { get; init; } = [];

    public int Ipv6PrefixCount { get; init; }

    public bool DeleteOnTermination { get; init; } = true;

    public string Description { get; init; } = "";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
