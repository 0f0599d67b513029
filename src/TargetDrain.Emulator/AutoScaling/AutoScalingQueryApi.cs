using TargetDrain.Emulator.Compute;

namespace TargetDrain.Emulator.AutoScaling;

/// <summary>Auto Scaling on the wire, version 2011-01-01: groups and hooks. Their instances are in <see cref="MemberQueryApi"/>.</summary>
internal sealed class AutoScalingQueryApi
{
    private readonly AutoScalingGroups groups;
    private readonly ElasticCompute compute;
    private readonly LaunchConfigurations configurations;

    public AutoScalingQueryApi(AutoScalingGroups groups, ElasticCompute compute, LaunchConfigurations configurations, StateLock state)
    {
        (this.groups, this.compute, this.configurations) = (groups, compute, configurations);
        var operations = new Dictionary<string, QueryOperation>(
            new MemberQueryApi(groups).Operations.Concat(new GroupTagsApi(groups).Operations).Concat(configurations.Operations))
        {
            ["CreateAutoScalingGroup"] = (p, _) => Create(p),
            ["UpdateAutoScalingGroup"] = (p, _) => Update(p),
            ["DeleteAutoScalingGroup"] = (p, _) => Silently(groups.PlanDelete(Group(p), p.Flag("ForceDelete") ?? false)),
            ["DescribeAutoScalingGroups"] = (p, _) => DescribeGroups(p),
            ["SetDesiredCapacity"] = (p, _) => SetDesiredCapacity(p),
            ["AttachLoadBalancerTargetGroups"] = (p, _) => Silently(groups.PlanAttachTargetGroups(Group(p), p.List("TargetGroupARNs.member"))),
            ["DetachLoadBalancerTargetGroups"] = (p, _) => Silently(groups.PlanDetachTargetGroups(Group(p), p.List("TargetGroupARNs.member"))),
            ["DescribeLoadBalancerTargetGroups"] = (p, _) => DescribeTargetGroups(p),
            ["PutLifecycleHook"] = (p, _) => PutHook(p),
            ["DeleteLifecycleHook"] = (p, _) => Silently(groups.PlanDeleteHook(Group(p), p.Required("LifecycleHookName"))),
            ["DescribeLifecycleHooks"] = (p, _) => DescribeHooks(p),
            ["DescribeLifecycleHookTypes"] = (_, _) => xml => xml.List("LifecycleHookTypes", "member", [LifecycleHook.Launching, LifecycleHook.Terminating]),
            ["CompleteLifecycleAction"] = (p, _) => Silently(groups.PlanComplete(
                p.Required("AutoScalingGroupName"), p.Required("LifecycleHookName"), p["InstanceId"], p["LifecycleActionToken"],
                p.Required("LifecycleActionResult"))),
            ["RecordLifecycleActionHeartbeat"] = (p, _) => Silently(groups.PlanHeartbeat(
                p.Required("AutoScalingGroupName"), p.Required("LifecycleHookName"), p["InstanceId"], p["LifecycleActionToken"])),
            ["PutWarmPool"] = (p, _) => PutWarmPool(p),
            ["DescribeWarmPool"] = (p, _) => DescribeWarmPool(p),
            ["DeleteWarmPool"] = (p, _) =>
            {
                // Forced or not, its instances go through their hooks.
                p.Accept("ForceDelete");
                return Silently(groups.PlanDeleteWarmPool(Group(p)));
            },
            ["StartInstanceRefresh"] = (p, _) => StartRefresh(p),
            ["DescribeInstanceRefreshes"] = (p, _) => DescribeRefreshes(p),
        };
        Service = new QueryService(
            "autoscaling", "2011-01-01", state, operations, p => p["AutoScalingGroupName"] is { } name ? groups.ArnOf(name) : "");
    }

    public QueryService Service { get; }

    internal static Action<XmlBuffer> Silently(Action change) => _ => change();

    internal static MarkerPage Page(QueryParameters p, int usual, int largest) => MarkerPage.Read(
        p, "MaxRecords", "NextToken", usual, largest, _ => new AwsErrorException("InvalidNextToken", "The token is not valid"));

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
        var create = groups.PlanCreate(
            spec with { DesiredCapacity = desired, Launches = true, TargetGroupArns = p.List("TargetGroupARNs.member"), Tags = tags, PropagatedTags = propagated },
            GroupRequest.Hooks(p));
        return _ => create();
    }

    private Action<XmlBuffer> Update(QueryParameters p)
    {
        var group = Group(p);
        return Silently(groups.PlanUpdate(group, GroupRequest.Read(p, group.Spec, compute, configurations), p.Number("DesiredCapacity")));
    }

    private Action<XmlBuffer> DescribeGroups(QueryParameters p)
    {
        var (names, page, withInstances) = (p.List("AutoScalingGroupNames.member"), Page(p, 50, 100), p.Flag("IncludeInstances") ?? true);
        var matches = GroupFilters.OfGroups(p);
        return xml => page.Write(
            xml, "AutoScalingGroups", "NextToken",
            groups.Groups.Where(group => (names.Count == 0 || names.Contains(group.Name)) && matches(group)),
            group => GroupXml.Write(xml, group, compute, withInstances));
    }

    private Action<XmlBuffer> SetDesiredCapacity(QueryParameters p)
    {
        // No cooldown ever runs here: nothing scales by itself.
        p.Accept("HonorCooldown");
        return Silently(groups.PlanDesired(Group(p), p.Number("DesiredCapacity") ?? 0));
    }

    private Action<XmlBuffer> DescribeTargetGroups(QueryParameters p)
    {
        var (group, page) = (Group(p), Page(p, 100, 100));
        return xml => page.Write(xml, "LoadBalancerTargetGroups", "NextToken", group.TargetGroupArns, arn =>
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
        var put = groups.PlanHooks(group, [GroupRequest.Hook(p, before)]);
        return _ => put();
    }

    private Action<XmlBuffer> DescribeHooks(QueryParameters p)
    {
        var (group, names) = (Group(p), p.List("LifecycleHookNames.member"));
        return xml => xml.List(
            "LifecycleHooks", "member", group.Hooks.Where(hook => names.Count == 0 || names.Contains(hook.Name)), hook => GroupXml.Write(xml, group, hook));
    }

    private Action<XmlBuffer> PutWarmPool(QueryParameters p) => Silently(groups.PlanWarmPool(Group(p), new WarmPool
    {
        MaxGroupPreparedCapacity = p.Number("MaxGroupPreparedCapacity"),
        MinSize = p.Number("MinSize") ?? 0,
        PoolState = p["PoolState"] ?? "Stopped",
        ReuseOnScaleIn = p.Flag("InstanceReusePolicy.ReuseOnScaleIn") ?? false,
    }));

    private Action<XmlBuffer> DescribeWarmPool(QueryParameters p)
    {
        var (group, page) = (Group(p), Page(p, 50, 50));
        return xml =>
        {
            if (group.WarmPool is not null) GroupXml.WriteWarmPool(xml, group);
            page.Write(
                xml, "Instances", "NextToken", group.Members.Where(member => member.LifecycleState.StartsWith("Warmed:", StringComparison.Ordinal)),
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
            xml, "InstanceRefreshes", "NextToken",
            Enumerable.Reverse(group.Refreshes).Where(refresh => wanted.Count == 0 || wanted.Contains(refresh.Id)),
            refresh => GroupXml.Write(xml, refresh));
    }
}
