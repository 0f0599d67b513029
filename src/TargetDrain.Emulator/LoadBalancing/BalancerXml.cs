namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>Load balancers, listeners and rules as the answers show them.</summary>
internal static class BalancerXml
{
    // Those of us-east-1, in every region: what Route 53 calls the zone of a load balancer's name.
    private const string ApplicationZone = "Z35SXDOTRQ7X7K";
    private const string NetworkZone = "Z26RNL4JYFTOTI";

    public static void Write(XmlBuffer xml, LoadBalancer balancer)
    {
        xml.Element("LoadBalancerArn", balancer.Arn);
        xml.Element("LoadBalancerName", balancer.Name);
        xml.Element("DNSName", balancer.Type == "gateway" ? null : balancer.DnsName);
        xml.Element("CanonicalHostedZoneId", balancer.Type switch { "application" => ApplicationZone, "network" => NetworkZone, _ => null });
        xml.Element("Type", balancer.Type);
        xml.Element("Scheme", balancer.Type == "gateway" ? null : balancer.Spec.Scheme);
        xml.Element("VpcId", balancer.VpcId);
        xml.Element("IpAddressType", balancer.Spec.IpAddressType);
        xml.Element("CreatedTime", balancer.Created);
        xml.Element("State", () => xml.Element("Code", "active"));
        xml.List("AvailabilityZones", "member", balancer.Spec.Subnets, subnet =>
        {
            xml.Element("ZoneName", subnet.Zone);
            xml.Element("SubnetId", subnet.SubnetId);
            xml.List("LoadBalancerAddresses", "member", []);
        });
        xml.List("SecurityGroups", "member", balancer.Spec.SecurityGroups);
    }

    public static void Write(XmlBuffer xml, Listener listener)
    {
        xml.Element("ListenerArn", listener.Arn);
        xml.Element("LoadBalancerArn", listener.LoadBalancerArn);
        xml.Element("Protocol", listener.Protocol);
        xml.Element("Port", listener.Port);
        ListenerActions.Write(xml, listener.Kept);
        xml.List("DefaultActions", "member", listener.Actions, action => ListenerActions.Write(xml, action.Members));
    }

    public static void Write(XmlBuffer xml, ListenerRule rule)
    {
        var isDefault = rule.Priority == 0;
        xml.Element("RuleArn", rule.Arn);
        xml.Element("Priority", isDefault ? "default" : rule.Priority.ToString(CultureInfo.InvariantCulture));
        xml.List("Conditions", "member", rule.Conditions, condition => ListenerActions.Write(xml, condition));
        xml.List("Actions", "member", rule.Actions, action => ListenerActions.Write(xml, action.Members));
        xml.Element("IsDefault", isDefault);
    }
}
