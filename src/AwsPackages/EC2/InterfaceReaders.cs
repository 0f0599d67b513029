using Amazon.EC2.Model;
using Amazon.Shared;

namespace Amazon.EC2;

/// <summary>Reads a network interface with all its addresses.</summary>
internal static class InterfaceReaders
{
    public static InstanceNetworkInterface NetworkInterface(XmlFields xml) => xml.Object<InstanceNetworkInterface>(static (x, eni) =>
    {
        switch (x.Name)
        {
            case "association": eni.Association = x.Object<InstanceNetworkInterfaceAssociation>(Association); break;
            case "attachment": eni.Attachment = x.Object<InstanceNetworkInterfaceAttachment>(Attachment); break;
            case "description": eni.Description = x.Text(); break;
            case "groupSet": eni.Groups = x.List("item", InstanceReaders.Group) ?? eni.Groups; break;
            case "interfaceType": eni.InterfaceType = x.Text(); break;
            case "ipv4PrefixSet": eni.Ipv4Prefixes = x.List("item", Ipv4Prefix) ?? eni.Ipv4Prefixes; break;
            case "ipv6AddressesSet": eni.Ipv6Addresses = x.List("item", Ipv6Address) ?? eni.Ipv6Addresses; break;
            case "ipv6PrefixSet": eni.Ipv6Prefixes = x.List("item", Ipv6Prefix) ?? eni.Ipv6Prefixes; break;
            case "macAddress": eni.MacAddress = x.Text(); break;
            case "networkInterfaceId": eni.NetworkInterfaceId = x.Text(); break;
            case "ownerId": eni.OwnerId = x.Text(); break;
            case "privateDnsName": eni.PrivateDnsName = x.Text(); break;
            case "privateIpAddress": eni.PrivateIpAddress = x.Text(); break;
            case "privateIpAddressesSet": eni.PrivateIpAddresses = x.List("item", PrivateIpAddress) ?? eni.PrivateIpAddresses; break;
            case "sourceDestCheck": eni.SourceDestCheck = x.Bool(); break;
            case "status": eni.Status = x.Text(); break;
            case "subnetId": eni.SubnetId = x.Text(); break;
            case "vpcId": eni.VpcId = x.Text(); break;
        }
    });

    private static InstancePrivateIpAddress PrivateIpAddress(XmlFields xml) => xml.Object<InstancePrivateIpAddress>(static (x, address) =>
    {
        switch (x.Name)
        {
            case "association": address.Association = x.Object<InstanceNetworkInterfaceAssociation>(Association); break;
            case "primary": address.Primary = x.Bool(); break;
            case "privateDnsName": address.PrivateDnsName = x.Text(); break;
            case "privateIpAddress": address.PrivateIpAddress = x.Text(); break;
        }
    });

    private static InstanceIpv6Address Ipv6Address(XmlFields xml) => xml.Object<InstanceIpv6Address>(static (x, address) =>
    {
        if (x.Name == "ipv6Address") address.Ipv6Address = x.Text();
        else if (x.Name == "isPrimaryIpv6") address.IsPrimaryIpv6 = x.Bool();
    });

    private static InstanceIpv4Prefix Ipv4Prefix(XmlFields xml) => xml.Object<InstanceIpv4Prefix>(static (x, prefix) =>
    {
        if (x.Name == "ipv4Prefix") prefix.Ipv4Prefix = x.Text();
    });

    private static InstanceIpv6Prefix Ipv6Prefix(XmlFields xml) => xml.Object<InstanceIpv6Prefix>(static (x, prefix) =>
    {
        if (x.Name == "ipv6Prefix") prefix.Ipv6Prefix = x.Text();
    });

    private static void Association(XmlFields x, InstanceNetworkInterfaceAssociation association)
    {
        switch (x.Name)
        {
            case "carrierIp": association.CarrierIp = x.Text(); break;
            case "customerOwnedIp": association.CustomerOwnedIp = x.Text(); break;
            case "ipOwnerId": association.IpOwnerId = x.Text(); break;
            case "publicDnsName": association.PublicDnsName = x.Text(); break;
            case "publicIp": association.PublicIp = x.Text(); break;
        }
    }

    private static void Attachment(XmlFields x, InstanceNetworkInterfaceAttachment attachment)
    {
        switch (x.Name)
        {
            case "attachmentId": attachment.AttachmentId = x.Text(); break;
            case "attachTime": attachment.AttachTime = x.Time(); break;
            case "deleteOnTermination": attachment.DeleteOnTermination = x.Bool(); break;
            case "deviceIndex": attachment.DeviceIndex = x.Int(); break;
            case "networkCardIndex": attachment.NetworkCardIndex = x.Int(); break;
            case "status": attachment.Status = x.Text(); break;
        }
    }
}
