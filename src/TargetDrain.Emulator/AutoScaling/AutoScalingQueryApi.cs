using System.Globalization;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.AutoScaling;

/// <summary>Auto Scaling on the wire, version 2011-01-01.</summary>
internal sealed class AutoScalingQueryApi
{
    private readonly AutoScalingGroups groups;

    public AutoScalingQueryApi(AutoScalingGroups groups, StateLock state)
    {
        this.groups = groups;
        var operations = new Dictionary<string, Action<QueryParameters, XmlBuffer>>
        {
            ["CreateAutoScalingGroup"] = (p, _) => Create(p),
            ["DescribeAutoScalingGroups"] = DescribeGroups,
            ["AttachInstances"] = (p, _) => groups.AttachInstances(Group(p), p.List("InstanceIds.member")),
            ["AttachLoadBalancerTargetGroups"] = (p, _) =>
                groups.AttachTargetGroups(Group(p), p.List("TargetGroupARNs.member")),
            ["PutLifecycleHook"] = (p, _) => PutHook(p),
            ["DeleteLifecycleHook"] = (p, _) => groups.DeleteHook(Group(p), p.Required("LifecycleHookName")),
            ["DescribeLifecycleHooks"] = DescribeHooks,
            ["DescribeAutoScalingInstances"] = DescribeInstances,
            ["TerminateInstanceInAutoScalingGroup"] = Terminate,
            ["CompleteLifecycleAction"] = (p, _) => groups.CompleteAction(
                Group(p), p.Required("LifecycleHookName"), p["InstanceId"], p["LifecycleActionToken"],
                p.Required("LifecycleActionResult")),
            ["RecordLifecycleActionHeartbeat"] = (p, _) => groups.RecordHeartbeat(
                Group(p), p.Required("LifecycleHookName"), p["InstanceId"], p["LifecycleActionToken"]),
        };
        Service = new QueryService(
            "autoscaling",
            "2011-01-01",
            operations.ToDictionary(
                operation => operation.Key,
                operation => (QueryOperation)((p, xml, _) => state.Change(() => operation.Value(p, xml)))),
            p => p["AutoScalingGroupName"] is { } name ? groups.ArnOf(name) : "");
    }

    public QueryService Service { get; }

    private static string Group(QueryParameters p) => p.Required("AutoScalingGroupName");

    private void Create(QueryParameters p) => groups.CreateGroup(new AutoScalingGroupSpec(Group(p))
    {
        MinSize = p.Number("MinSize") ?? 0,
        MaxSize = p.Number("MaxSize") ?? 0,
        TargetGroupArns = p.List("TargetGroupARNs.member"),
        VpcZoneIdentifier = p["VPCZoneIdentifier"] ?? "",
        RetainOnAbandon = p["InstanceLifecyclePolicy.RetentionTriggers.TerminateHookAbandon"] == "retain",
        Tags = p.Tags("Tags.member"),
    });

    private void PutHook(QueryParameters p)
    {
        var name = p.Required("LifecycleHookName");
        var old = groups.Find(Group(p)).Hooks.FirstOrDefault(hook => hook.Name == name);
        var hook = old ?? new LifecycleHook(name) { Transition = p.Required("LifecycleTransition") };
        groups.PutHook(Group(p), hook with
        {
            Transition = p["LifecycleTransition"] ?? hook.Transition,
            HeartbeatTimeout = p.Number("HeartbeatTimeout") ?? hook.HeartbeatTimeout,
            DefaultResult = p["DefaultResult"] ?? hook.DefaultResult,
            NotificationMetadata = p["NotificationMetadata"] ?? hook.NotificationMetadata,
            NotificationTargetArn = p["NotificationTargetARN"] ?? hook.NotificationTargetArn,
            RoleArn = p["RoleARN"] ?? hook.RoleArn,
        });
    }

    private void DescribeHooks(QueryParameters p, XmlBuffer xml)
    {
        var group = groups.Find(Group(p));
        var names = p.List("LifecycleHookNames.member");
        if (names.Count > 50) throw AwsErrorException.Validation("At most 50 lifecycle hooks can be described");
        xml.List("LifecycleHooks", "member", group.Hooks.Where(hook => names.Count == 0 || names.Contains(hook.Name)), hook =>
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
        });
    }

    private void DescribeInstances(QueryParameters p, XmlBuffer xml)
    {
        var ids = p.List("InstanceIds.member");
        if (ids.Count > 50) throw AwsErrorException.Validation("The number of instance ids that may be passed in is limited to 50");
        // Unknown ids are ignored with no error.
        var found = ids.Count == 0 ? groups.AllMembers : ids.Select(groups.Member).OfType<GroupMember>();
        Page(p, xml, "AutoScalingInstances", 50, found, member => GroupXml.WriteDetails(xml, member));
    }

    private void DescribeGroups(QueryParameters p, XmlBuffer xml)
    {
        var names = p.List("AutoScalingGroupNames.member");
        var found = groups.Groups.Where(group => names.Count == 0 || names.Contains(group.Name));
        Page(p, xml, "AutoScalingGroups", 100, found, group => GroupXml.Write(xml, group));
    }

    private void Terminate(QueryParameters p, XmlBuffer xml)
    {
        var member = groups.TerminateInstance(p.Required("InstanceId"), p.Flag("ShouldDecrementDesiredCapacity") ?? false);
        GroupXml.WriteActivity(xml, member);
    }

    private static void Page<T>(QueryParameters p, XmlBuffer xml, string name, int maximum, IEnumerable<T> found, Action<T> write)
    {
        var size = p.Number("MaxRecords") ?? maximum;
        if (size < 1 || size > maximum) throw AwsErrorException.Validation($"MaxRecords must be from 1 to {maximum}, not {size}");
        var after = 0;
        if (p["NextToken"] is { Length: > 0 } token && !int.TryParse(token, CultureInfo.InvariantCulture, out after))
            throw new AwsErrorException("InvalidNextToken", "The token is not valid");
        var page = found.Skip(after).Take(size + 1).ToList();
        xml.List(name, "member", page.Take(size), write);
        if (page.Count > size) xml.Element("NextToken", after + size);
    }
}
