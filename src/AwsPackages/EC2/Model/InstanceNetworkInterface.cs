using Amazon.Shared;

namespace Amazon.EC2.Model;

public partial class InstanceNetworkInterface
{
    public InstanceNetworkInterfaceAssociation Association { get; set; }

    public InstanceNetworkInterfaceAttachment Attachment { get; set; }

    public string Description { get; set; }

    public List<GroupIdentifier> Groups { get; set; } = Unset.List<GroupIdentifier>();

    public string InterfaceType { get; set; }

    public List<InstanceIpv4Prefix> Ipv4Prefixes { get; set; } = Unset.List<InstanceIpv4Prefix>();

    public List<InstanceIpv6Address> Ipv6Addresses { get; set; } = Unset.List<InstanceIpv6Address>();

    public List<InstanceIpv6Prefix> Ipv6Prefixes { get; set; } = Unset.List<InstanceIpv6Prefix>();

    public string MacAddress { get; set; }

    public string NetworkInterfaceId { get; set; }

    public string OwnerId { get; set; }

    public string PrivateDnsName { get; set; }

    public string PrivateIpAddress { get; set; }

    public List<InstancePrivateIpAddress> PrivateIpAddresses { get; set; } = Unset.List<InstancePrivateIpAddress>();

    public bool? SourceDestCheck { get; set; }

    public NetworkInterfaceStatus Status { get; set; }

    public string SubnetId { get; set; }

    public string VpcId { get; set; }
}

public partial class InstanceNetworkInterfaceAssociation
{
    public string CarrierIp { get; set; }

    public string CustomerOwnedIp { get; set; }

    public string IpOwnerId { get; set; }

    public string PublicDnsName { get; set; }

    public string PublicIp { get; set; }
}

public partial class InstanceNetworkInterfaceAttachment
{
    public string AttachmentId { get; set; }

    public DateTime? AttachTime { get; set; }

    public bool? DeleteOnTermination { get; set; }

    /// <summary>0 is the primary interface.</summary>
    public int? DeviceIndex { get; set; }

    public int? NetworkCardIndex { get; set; }

    public AttachmentStatus Status { get; set; }
}

public partial class InstancePrivateIpAddress
{
    public InstanceNetworkInterfaceAssociation Association { get; set; }

    public bool? Primary { get; set; }

    public string PrivateDnsName { get; set; }

    public string PrivateIpAddress { get; set; }
}

public partial class InstanceIpv4Prefix
{
    /// <summary>CIDR block, /28.</summary>
    public string Ipv4Prefix { get; set; }
}

public partial class InstanceIpv6Address
{
    public string Ipv6Address { get; set; }

    public bool? IsPrimaryIpv6 { get; set; }
}

public partial class InstanceIpv6Prefix
{
    /// <summary>CIDR block, /80.</summary>
    public string Ipv6Prefix { get; set; }
}
