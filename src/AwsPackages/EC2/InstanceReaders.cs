using Amazon.EC2.Model;
using Amazon.Shared;

namespace Amazon.EC2;

/// <summary>Reads an instance.</summary>
internal static class InstanceReaders
{
    public static Instance Instance(XmlFields xml) => xml.Object<Instance>(static (x, instance) =>
    {
        switch (x.Name)
        {
            case "amiLaunchIndex": instance.AmiLaunchIndex = x.Int(); break;
            case "architecture": instance.Architecture = x.Text(); break;
            case "dnsName": instance.PublicDnsName = x.Text(); break;
            case "ebsOptimized": instance.EbsOptimized = x.Bool(); break;
            case "enaSupport": instance.EnaSupport = x.Bool(); break;
            case "groupSet": instance.SecurityGroups = x.List("item", Group) ?? instance.SecurityGroups; break;
            case "imageId": instance.ImageId = x.Text(); break;
            case "instanceId": instance.InstanceId = x.Text(); break;
            case "instanceLifecycle": instance.InstanceLifecycle = x.Text(); break;
            case "instanceState": instance.State = x.Object<InstanceState>(State); break;
            case "instanceType": instance.InstanceType = x.Text(); break;
            case "ipAddress": instance.PublicIpAddress = x.Text(); break;
            case "ipv6Address": instance.Ipv6Address = x.Text(); break;
            case "keyName": instance.KeyName = x.Text(); break;
            case "launchTime": instance.LaunchTime = x.Time(); break;
            case "networkInterfaceSet":
                instance.NetworkInterfaces = x.List("item", InterfaceReaders.NetworkInterface) ?? instance.NetworkInterfaces;
                break;
            case "placement": instance.Placement = x.Object<Placement>(Placement); break;
            case "privateDnsName": instance.PrivateDnsName = x.Text(); break;
            case "privateIpAddress": instance.PrivateIpAddress = x.Text(); break;
            case "reason": instance.StateTransitionReason = x.Text(); break;
            case "sourceDestCheck": instance.SourceDestCheck = x.Bool(); break;
            case "spotInstanceRequestId": instance.SpotInstanceRequestId = x.Text(); break;
            case "stateReason": instance.StateReason = x.Object<StateReason>(StateReason); break;
            case "subnetId": instance.SubnetId = x.Text(); break;
            case "tagSet": instance.Tags = x.List("item", Tag) ?? instance.Tags; break;
            case "vpcId": instance.VpcId = x.Text(); break;
        }
    });

    public static GroupIdentifier Group(XmlFields xml) => xml.Object<GroupIdentifier>(static (x, group) =>
    {
        if (x.Name == "groupId") group.GroupId = x.Text();
        else if (x.Name == "groupName") group.GroupName = x.Text();
    });

    private static Tag Tag(XmlFields xml) => xml.Object<Tag>(static (x, tag) =>
    {
        if (x.Name == "key") tag.Key = x.Text();
        else if (x.Name == "value") tag.Value = x.Text();
    });

    private static void State(XmlFields x, InstanceState state)
    {
        if (x.Name == "code") state.Code = x.Int();
        else if (x.Name == "name") state.Name = x.Text();
    }

    private static void StateReason(XmlFields x, StateReason reason)
    {
        if (x.Name == "code") reason.Code = x.Text();
        else if (x.Name == "message") reason.Message = x.Text();
    }

    private static void Placement(XmlFields x, Placement placement)
    {
        switch (x.Name)
        {
            case "availabilityZone": placement.AvailabilityZone = x.Text(); break;
            case "groupName": placement.GroupName = x.Text(); break;
            case "tenancy": placement.Tenancy = x.Text(); break;
        }
    }
}
