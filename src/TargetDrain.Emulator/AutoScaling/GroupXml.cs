using TargetDrain.Emulator.Compute;

namespace TargetDrain.Emulator.AutoScaling;

/// <summary>Groups, members and activities as Auto Scaling shows them.</summary>
internal static class GroupXml
{
    public static void Write(XmlBuffer xml, AutoScalingGroup group, ElasticCompute compute, bool withInstances)
    {
        var spec = group.Spec;
        xml.Element("AutoScalingGroupName", group.Name);
        xml.Element("AutoScalingGroupARN", group.Arn);
        WriteSource(xml, spec.Source);
        xml.Element("MinSize", spec.MinSize);
        xml.Element("MaxSize", spec.MaxSize);
        xml.Element("DesiredCapacity", group.DesiredCapacity);
        xml.Element("DefaultCooldown", spec.DefaultCooldown);
        xml.List("AvailabilityZones", "member", ZonesOf(group, compute));
        xml.List("LoadBalancerNames", "member", []);
        xml.List("TargetGroupARNs", "member", group.TargetGroupArns);
        xml.Element("HealthCheckType", spec.HealthCheckType);
        xml.Element("HealthCheckGracePeriod", spec.HealthCheckGracePeriod);
        xml.Element("CreatedTime", group.Created);
        xml.Element("VPCZoneIdentifier", spec.VpcZoneIdentifier);
        if (withInstances) xml.List("Instances", "member", group.Members, member => WriteInstance(xml, member));
        xml.List("SuspendedProcesses", "member", []);
        xml.List("EnabledMetrics", "member", []);
        xml.List("TerminationPolicies", "member", spec.TerminationPolicies);
        xml.List("Tags", "member", group.Tags, tag => WriteTag(xml, group, tag.Key, tag.Value));
        xml.Element("NewInstancesProtectedFromScaleIn", spec.ProtectsNewInstances);
        xml.Element("ServiceLinkedRoleARN", $"arn:aws:iam::{group.Arn.Split(':')[4]}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling");
        xml.Element("MaxInstanceLifetime", spec.MaxInstanceLifetime);
        xml.Element("CapacityRebalance", spec.CapacityRebalance);
        xml.Element("DefaultInstanceWarmup", spec.DefaultInstanceWarmup);
        if (group.WarmPool is not null)
        {
            WriteWarmPool(xml, group);
            xml.Element("WarmPoolSize", group.Members.Count(member => member.IsInWarmPool));
        }
        if (spec.RetainOnAbandon)
            xml.Element("InstanceLifecyclePolicy", () => xml.Element("RetentionTriggers", () => xml.Element("TerminateHookAbandon", "retain")));
    }

    public static void Write(XmlBuffer xml, AutoScalingGroup group, LifecycleHook hook)
    {
        xml.Element("AutoScalingGroupName", group.Name);
        xml.Element("LifecycleHookName", hook.Name);
        xml.Element("LifecycleTransition", hook.Transition);
        xml.Element("HeartbeatTimeout", hook.HeartbeatTimeout);
        xml.Element("GlobalTimeout", hook.GlobalTimeout);
        xml.Element("DefaultResult", hook.DefaultResult);
        xml.Element("NotificationMetadata", hook.NotificationMetadata);
        xml.Element("NotificationTargetARN", hook.NotificationTargetArn);
        xml.Element("RoleARN", hook.RoleArn);
    }

    /// <param name="health">DescribeAutoScalingInstances tells it in capitals, DescribeAutoScalingGroups does not.</param>
    public static void WriteInstance(XmlBuffer xml, GroupMember member, string? health = null)
    {
        xml.Element("InstanceId", member.Instance.Id);
        xml.Element("InstanceType", member.Instance.InstanceType);
        xml.Element("AvailabilityZone", member.Instance.AvailabilityZone);
        xml.Element("LifecycleState", member.LifecycleState);
        xml.Element("HealthStatus", health ?? member.HealthStatus);
        WriteSource(xml, member.Source);
        xml.Element("ProtectedFromScaleIn", member.IsProtected);
    }

    public static void WriteActivity(XmlBuffer xml, Activity activity)
    {
        xml.Element("ActivityId", activity.Id);
        xml.Element("AutoScalingGroupName", activity.GroupName);
        xml.Element("Description", activity.Description);
        xml.Element("Cause", activity.Cause);
        xml.Element("StartTime", activity.Started);
        xml.Element("EndTime", activity.Ended);
        xml.Element("StatusCode", activity.Status);
        xml.Element("StatusMessage", activity.Message);
        xml.Element("Progress", activity.Ended is null ? 50 : 100);
        xml.Element("Details", "{}");
    }

    public static void WriteTag(XmlBuffer xml, AutoScalingGroup group, string key, string value)
    {
        xml.Element("ResourceId", group.Name);
        xml.Element("ResourceType", "auto-scaling-group");
        xml.Element("Key", key);
        xml.Element("Value", value);
        xml.Element("PropagateAtLaunch", group.PropagatedTags.Contains(key));
    }

    public static void WriteWarmPool(XmlBuffer xml, AutoScalingGroup group)
    {
        var pool = group.WarmPool!;
        xml.Open("WarmPoolConfiguration");
        xml.Element("MaxGroupPreparedCapacity", pool.MaxGroupPreparedCapacity);
        xml.Element("MinSize", pool.MinSize);
        xml.Element("PoolState", pool.PoolState);
        if (pool.ReuseOnScaleIn) xml.Element("InstanceReusePolicy", () => xml.Element("ReuseOnScaleIn", true));
        xml.Close("WarmPoolConfiguration");
    }

    public static void Write(XmlBuffer xml, InstanceRefresh refresh)
    {
        xml.Element("InstanceRefreshId", refresh.Id);
        xml.Element("AutoScalingGroupName", refresh.GroupName);
        xml.Element("Status", refresh.Status);
        xml.Element("StartTime", refresh.Started);
        xml.Element("EndTime", refresh.Ended);
        xml.Element("PercentageComplete", refresh.Total == 0 ? 100 : 100 * (refresh.Total - refresh.Left.Count) / refresh.Total);
        xml.Element("InstancesToUpdate", refresh.Left.Count);
    }

    private static IEnumerable<string> ZonesOf(AutoScalingGroup group, ElasticCompute compute)
    {
        if (group.Spec.AvailabilityZones.Count > 0) return group.Spec.AvailabilityZones;
        return group.Spec.VpcZoneIdentifier.Length > 0
            ? group.Spec.VpcZoneIdentifier.Split(',', StringSplitOptions.TrimEntries)
                .Select(id => compute.Network.SeekSubnet(id)?.AvailabilityZone).OfType<string>().Distinct()
            : group.Members.Select(member => member.Instance.AvailabilityZone).Distinct();
    }

    private static void WriteSource(XmlBuffer xml, LaunchSource source)
    {
        xml.Element("LaunchConfigurationName", source.ConfigurationName);
        if (source.TemplateId is null) return;
        xml.Element("LaunchTemplate", () =>
        {
            xml.Element("LaunchTemplateId", source.TemplateId);
            xml.Element("LaunchTemplateName", source.TemplateName);
            xml.Element("Version", source.TemplateVersion);
        });
    }
}
