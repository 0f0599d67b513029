using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.AutoScaling;

/// <summary>Groups, members and activities as Auto Scaling shows them.</summary>
internal static class GroupXml
{
    public static void Write(XmlBuffer xml, AutoScalingGroup group)
    {
        xml.Element("AutoScalingGroupName", group.Name);
        xml.Element("AutoScalingGroupARN", group.Arn);
        xml.Element("MinSize", group.Spec.MinSize);
        xml.Element("MaxSize", group.Spec.MaxSize);
        xml.Element("DesiredCapacity", group.DesiredCapacity);
        xml.Element("DefaultCooldown", 300);
        xml.List("AvailabilityZones", "member", group.Members.Select(member => member.Instance.AvailabilityZone).Distinct());
        xml.List("LoadBalancerNames", "member", []);
        xml.List("TargetGroupARNs", "member", group.TargetGroupArns);
        xml.Element("HealthCheckType", "EC2");
        xml.Element("HealthCheckGracePeriod", 0);
        xml.Element("CreatedTime", group.Created);
        xml.Element("VPCZoneIdentifier", group.Spec.VpcZoneIdentifier);
        xml.List("Instances", "member", group.Members, member => WriteInstance(xml, member));
        xml.List("Tags", "member", group.Spec.Tags, tag =>
        {
            xml.Element("ResourceId", group.Name);
            xml.Element("ResourceType", "auto-scaling-group");
            xml.Element("Key", tag.Key);
            xml.Element("Value", tag.Value);
            xml.Element("PropagateAtLaunch", false);
        });
    }

    public static void WriteDetails(XmlBuffer xml, GroupMember member)
    {
        xml.Element("AutoScalingGroupName", member.Group.Name);
        WriteInstance(xml, member);
    }

    public static void WriteActivity(XmlBuffer xml, GroupMember member)
    {
        xml.Open("Activity");
        xml.Element("ActivityId", member.ActivityId);
        xml.Element("AutoScalingGroupName", member.Group.Name);
        xml.Element("Description", $"Terminating EC2 instance: {member.Instance.Id}");
        xml.Element("Cause", "An instance was taken out of service in response to a user request.");
        xml.Element("StartTime", member.ActivityStarted);
        xml.Element("StatusCode", "InProgress");
        xml.Element("Progress", 0);
        xml.Close("Activity");
    }

    private static void WriteInstance(XmlBuffer xml, GroupMember member)
    {
        xml.Element("InstanceId", member.Instance.Id);
        xml.Element("InstanceType", member.Instance.InstanceType);
        xml.Element("AvailabilityZone", member.Instance.AvailabilityZone);
        xml.Element("LifecycleState", member.LifecycleState);
        xml.Element("HealthStatus", member.HealthStatus);
        xml.Element("ProtectedFromScaleIn", false);
    }
}
