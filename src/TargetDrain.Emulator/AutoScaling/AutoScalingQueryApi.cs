using TargetDrain.Emulator.Compute;

namespace TargetDrain.Emulator.AutoScaling;

/// <summary>Auto Scaling on the wire, version 2011-01-01: groups and hooks. Their instances are in <see cref="MemberQueryApi"/>.</summary>
internal sealed class AutoScalingQueryApi(ServiceContext context, AutoScalingGroups groups, ElasticCompute compute)
{
    private readonly LaunchConfigurations configurations = new(context, groups);

    public QueryService Service => new(
        "autoscaling", "2011-01-01", context.State, Operations, p => p["AutoScalingGroupName"] is { } name ? groups.ArnOf(name) : "");

    private Dictionary<string, QueryOperation> Operations => new(
        new MemberQueryApi(groups).Operations.Concat(new GroupTagsApi(groups).Operations).Concat(configurations.Operations))
    {
        ["CreateAutoScalingGroup"] = Create,
        ["UpdateAutoScalingGroup"] = Update,
        ["DeleteAutoScalingGroup"] = p => groups.PlanDelete(Group(p), p.Flag("ForceDelete") ?? false).Silently(),
        ["DescribeAutoScalingGroups"] = DescribeGroups,
        ["SetDesiredCapacity"] = SetDesiredCapacity,
        ["AttachLoadBalancerTargetGroups"] = p => groups.PlanAttachTargetGroups(Group(p), p.List("TargetGroupARNs.member")).Silently(),
        ["DetachLoadBalancerTargetGroups"] = p => groups.PlanDetachTargetGroups(Group(p), p.List("TargetGroupARNs.member")).Silently(),
        ["DescribeLoadBalancerTargetGroups"] = DescribeTargetGroups,
        ["PutLifecycleHook"] = PutHook,
        ["DeleteLifecycleHook"] = p => groups.PlanDeleteHook(Group(p), p.Required("LifecycleHookName")).Silently(),
        ["DescribeLifecycleHooks"] = DescribeHooks,
        ["DescribeLifecycleHookTypes"] = _ => xml => xml.List("LifecycleHookTypes", "member", [LifecycleHook.Launching, LifecycleHook.Terminating]),
        ["CompleteLifecycleAction"] = p => groups.PlanComplete(NamedAction(p), p.Required("LifecycleActionResult")).Silently(),
        ["RecordLifecycleActionHeartbeat"] = p => groups.PlanHeartbeat(NamedAction(p)).Silently(),
        ["PutWarmPool"] = PutWarmPool,
        ["DescribeWarmPool"] = DescribeWarmPool,
        ["DeleteWarmPool"] = p =>
        {
            // Forced or not, its instances go through their hooks.
            p.Accept("ForceDelete");
            return groups.PlanDeleteWarmPool(Group(p)).Silently();
        },
        ["StartInstanceRefresh"] = StartRefresh,
        ["DescribeInstanceRefreshes"] = DescribeRefreshes,
    };

    internal static ListPage Page(QueryParameters p, int usual, int largest) => new(
        ListPage.SizeOf(p, "MaxRecords", usual, largest),
        ListPage.Before(p["NextToken"], () => new AwsErrorException("InvalidNextToken", "The token is not valid")), "NextToken");

    private static ActionName NamedAction(QueryParameters p) => new(
        p.Required("AutoScalingGroupName"), p.Required("LifecycleHookName"), p["InstanceId"], p["LifecycleActionToken"]);

    private AutoScalingGroup Group(QueryParameters p) => groups.Find(p.Required("AutoScalingGroupName"));

    private Action<XmlBuffer> Create(QueryParameters p)
    {
        var name = p.Required("AutoScalingGroupName");
        if (name.Contains(':', StringComparison.Ordinal)) throw AwsErrorException.Validation("The group's name must not contain a colon");
        var (tags, propagated) = GroupRequest.Tags(p.Items("Tags.member"), name);
        var spec = GroupRequest.Read(p, new AutoScalingGroupSpec(name), compute, configurations);
        var desired = p.Number("DesiredCapacity") ?? spec.MinSize;
        if (desired < spec.MinSize || desired > spec.MaxSize)
            throw AwsErrorException.Validation($"Desired capacity:{desired} must be between the specified min size:{spec.MinSize} and max size:{spec.MaxSize}");
        return groups.PlanCreate(
            spec with { DesiredCapacity = desired, Launches = true, TargetGroupArns = p.List("TargetGroupARNs.member"), Tags = tags, PropagatedTags = propagated },
            GroupRequest.Hooks(p)).Silently();
    }

    private Action<XmlBuffer> Update(QueryParameters p)
    {
        var group = Group(p);
        return groups.PlanUpdate(group, GroupRequest.Read(p, group.Spec, compute, configurations), p.Number("DesiredCapacity")).Silently();
    }

    private Action<XmlBuffer> DescribeGroups(QueryParameters p)
    {
        var (names, page, withInstances) = (p.List("AutoScalingGroupNames.member"), Page(p, 50, 100), p.Flag("IncludeInstances") ?? true);
        var matches = GroupFilters.OfGroups(p);
        return xml => page.Write(
            xml, "AutoScalingGroups",
            groups.Groups.Where(group => (names.Count == 0 || names.Contains(group.Name)) && matches(group)),
            group => GroupXml.Write(xml, group, compute, withInstances));
    }

    private Action<XmlBuffer> SetDesiredCapacity(QueryParameters p)
    {
        // No cooldown ever runs here: nothing scales by itself.
        p.Accept("HonorCooldown");
        return groups.PlanDesired(Group(p), p.Number("DesiredCapacity") ?? 0).Silently();
    }

    private Action<XmlBuffer> DescribeTargetGroups(QueryParameters p)
    {
        var (group, page) = (Group(p), Page(p, 100, 100));
        return xml => page.Write(xml, "LoadBalancerTargetGroups", group.TargetGroupArns, arn =>
        {
            xml.Element("LoadBalancerTargetGroupARN", arn);
            xml.Element("State", group.Members.Any(member => member.IsServing) ? "InService" : "Added");
        });
    }

    private Action<XmlBuffer> PutHook(QueryParameters p)
    {
        var (group, name) = (Group(p), p.Required("LifecycleHookName"));
        var before = group.Hooks.FirstOrDefault(hook => hook.Name == name)
            ?? new LifecycleHook(name) { Transition = p["LifecycleTransition"] ?? throw AwsErrorException.Validation("LifecycleTransition is required to create a lifecycle hook") };
        return groups.PlanHooks(group, [GroupRequest.Hook(p, before)]).Silently();
    }

    private Action<XmlBuffer> DescribeHooks(QueryParameters p)
    {
        var (group, names) = (Group(p), p.List("LifecycleHookNames.member"));
        return xml => xml.List(
            "LifecycleHooks", "member", group.Hooks.Where(hook => names.Count == 0 || names.Contains(hook.Name)), hook => GroupXml.Write(xml, group, hook));
    }

    private Action<XmlBuffer> PutWarmPool(QueryParameters p) => groups.PlanWarmPool(Group(p), new WarmPool
    {
        MaxGroupPreparedCapacity = p.Number("MaxGroupPreparedCapacity"),
        MinSize = p.Number("MinSize") ?? 0,
        PoolState = p["PoolState"] ?? "Stopped",
        ReuseOnScaleIn = p.Flag("InstanceReusePolicy.ReuseOnScaleIn") ?? false,
    }).Silently();

    private Action<XmlBuffer> DescribeWarmPool(QueryParameters p)
    {
        var (group, page) = (Group(p), Page(p, 50, 50));
        return xml =>
        {
            if (group.WarmPool is not null) GroupXml.WriteWarmPool(xml, group);
            page.Write(
                xml, "Instances", group.Members.Where(member => member.IsInWarmPool),
                member => GroupXml.WriteInstance(xml, member));
        };
    }

    private Action<XmlBuffer> StartRefresh(QueryParameters p)
    {
        if (p["Strategy"] is "ReplaceRootVolume") throw Violations.NotEmulated("Strategy=ReplaceRootVolume", "StartInstanceRefresh");
        var start = groups.PlanRefresh(Group(p));
        return xml => xml.Element("InstanceRefreshId", start().Id);
    }

    private Action<XmlBuffer> DescribeRefreshes(QueryParameters p)
    {
        var (group, wanted, page) = (Group(p), p.List("InstanceRefreshIds.member"), Page(p, 50, 100));
        return xml => page.Write(
            xml, "InstanceRefreshes",
            Enumerable.Reverse(group.Refreshes).Where(refresh => wanted.Count == 0 || wanted.Contains(refresh.Id)),
            refresh => GroupXml.Write(xml, refresh));
    }
}
