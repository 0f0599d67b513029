using Amazon.Shared;

namespace Amazon.EC2.Model;

public partial class Instance
{
    public int? AmiLaunchIndex { get; set; }

    public ArchitectureValues Architecture { get; set; }

    public bool? EbsOptimized { get; set; }

    public bool? EnaSupport { get; set; }

    public string ImageId { get; set; }

    public string InstanceId { get; set; }

    public InstanceLifecycleType InstanceLifecycle { get; set; }

    public InstanceType InstanceType { get; set; }

    public string Ipv6Address { get; set; }

    public string KeyName { get; set; }

    public DateTime? LaunchTime { get; set; }

    public List<InstanceNetworkInterface> NetworkInterfaces { get; set; } = Unset.List<InstanceNetworkInterface>();

    public Placement Placement { get; set; }

    public string PrivateDnsName { get; set; }

    public string PrivateIpAddress { get; set; }

    public string PublicDnsName { get; set; }

    public string PublicIpAddress { get; set; }

    public List<GroupIdentifier> SecurityGroups { get; set; } = Unset.List<GroupIdentifier>();

    public bool? SourceDestCheck { get; set; }

    public string SpotInstanceRequestId { get; set; }

    public InstanceState State { get; set; }

    public StateReason StateReason { get; set; }

    public string StateTransitionReason { get; set; }

    public string SubnetId { get; set; }

    public List<Tag> Tags { get; set; } = Unset.List<Tag>();

    public string VpcId { get; set; }
}

public partial class InstanceState
{
    /// <summary>Only the low byte has a meaning.</summary>
    public int? Code { get; set; }

    public InstanceStateName Name { get; set; }
}

public partial class StateReason
{
    public string Code { get; set; }

    public string Message { get; set; }
}

public partial class Placement
{
    public string AvailabilityZone { get; set; }

    public string GroupName { get; set; }

    public Tenancy Tenancy { get; set; }
}

public partial class GroupIdentifier
{
    public string GroupId { get; set; }

    public string GroupName { get; set; }
}

public partial class Tag
{
    public Tag() { }

    public Tag(string key)
    {
        Key = key;
    }

    public Tag(string key, string value)
    {
        Key = key;
        Value = value;
    }

    public string Key { get; set; }

    public string Value { get; set; }
}
