namespace TargetDrain.Emulator.AutoScaling;

/// <summary>The instances of Auto Scaling groups on the wire.</summary>
internal sealed class MemberQueryApi(AutoScalingGroups groups)
{
    private const int MostIds = 50;

    public IReadOnlyDictionary<string, QueryOperation> Operations => new Dictionary<string, QueryOperation>
    {
        ["AttachInstances"] = p => groups.PlanAttach(Group(p), p.List("InstanceIds.member")).Silently(),
        ["DetachInstances"] = p => Moved(groups.PlanDetach(Group(p), Ids(p), Decrement(p))),
        ["EnterStandby"] = p => Moved(groups.PlanEnterStandby(Group(p), Ids(p), Decrement(p))),
        ["ExitStandby"] = p => Moved(groups.PlanExitStandby(Group(p), Ids(p))),
        ["DescribeAutoScalingInstances"] = Describe,
        ["TerminateInstanceInAutoScalingGroup"] = Terminate,
        ["SetInstanceHealth"] = p =>
        {
            // No grace period ever runs here.
            p.Accept("ShouldRespectGracePeriod");
            return groups.PlanHealth(p.Required("InstanceId"), p.Required("HealthStatus")).Silently();
        },
        ["SetInstanceProtection"] = p =>
            AutoScalingGroups.PlanProtection(Group(p), Ids(p), p.Flag("ProtectedFromScaleIn") ?? false).Silently(),
        ["DescribeScalingActivities"] = DescribeActivities,
    };

    private AutoScalingGroup Group(QueryParameters p) => groups.Find(p.Required("AutoScalingGroupName"));

    private static List<string> Ids(QueryParameters p) => p.List("InstanceIds.member");

    private static bool Decrement(QueryParameters p) => p.Flag("ShouldDecrementDesiredCapacity") ?? false;

    private static Action<XmlBuffer> Moved(Func<IReadOnlyList<Activity>> move) => xml =>
        xml.List("Activities", "member", move(), activity => GroupXml.WriteActivity(xml, activity));

    private Action<XmlBuffer> Describe(QueryParameters p)
    {
        var (ids, page) = (Ids(p), AutoScalingQueryApi.Page(p, MostIds, MostIds));
        if (ids.Count > MostIds) throw AwsErrorException.Validation($"The number of instance ids that may be passed in is limited to {MostIds}");
        // Unknown ids are ignored with no error.
        return xml => page.Write(
            xml, "AutoScalingInstances",
            ids.Count == 0 ? groups.AllMembers : ids.Distinct().Select(groups.Member).OfType<GroupMember>(),
            member =>
            {
                xml.Element("AutoScalingGroupName", member.Group.Name);
                GroupXml.WriteInstance(xml, member, member.HealthStatus.ToUpperInvariant());
            });
    }

    private Action<XmlBuffer> Terminate(QueryParameters p)
    {
        var terminate = groups.PlanTerminate(p.Required("InstanceId"), Decrement(p));
        return xml =>
        {
            var member = terminate();
            if (member.Activity is { } activity) xml.Element("Activity", () => GroupXml.WriteActivity(xml, activity));
        };
    }

    private Action<XmlBuffer> DescribeActivities(QueryParameters p)
    {
        var (wanted, page) = (p.List("ActivityIds.member"), AutoScalingQueryApi.Page(p, 100, 100));
        var group = p["AutoScalingGroupName"] is not null ? Group(p) : null;
        return xml => page.Write(
            xml, "Activities",
            (group is null ? groups.Groups.SelectMany(each => each.Activities) : group.Activities)
                .Where(activity => wanted.Count == 0 || wanted.Contains(activity.Id)).OrderByDescending(activity => activity.Started),
            activity => GroupXml.WriteActivity(xml, activity));
    }
}
