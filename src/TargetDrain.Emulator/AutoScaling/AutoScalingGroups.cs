using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Events;
using TargetDrain.Emulator.LoadBalancing;

namespace TargetDrain.Emulator.AutoScaling;

/// <summary>Auto Scaling groups and their hooks; how members come, go and rest is in the other files.</summary>
internal sealed partial class AutoScalingGroups(
    ServiceContext context, ElasticCompute compute, ElasticLoadBalancing loadBalancing, EventBus events)
{
    private readonly StateLock state = context.State;
    private readonly LifecycleMessages messages = new(context, events);
    private readonly Dictionary<string, AutoScalingGroup> groups = [];
    private readonly Dictionary<string, GroupMember> members = [];
    private readonly Dictionary<string, (GroupMember Member, LifecycleAction Action)> waiting = [];

    /// <summary>Takes what a hook sends to its notification target: the ARN and the body.</summary>
    public Action<string, string>? Notify
    {
        get => messages.Notify;
        // Whoever takes the messages takes them all.
        set => (messages.Notify, messages.CanNotify) = (value, null);
    }

    public IReadOnlyList<AutoScalingGroup> Groups => state.Read(() => groups.Values.ToList());

    internal IEnumerable<GroupMember> AllMembers => members.Values;

    public AutoScalingGroup CreateGroup(AutoScalingGroupSpec spec) => state.Perform(() => PlanCreate(spec, []));

    /// <exception cref="AwsErrorException">ValidationError.</exception>
    public AutoScalingGroup Find(string name) => state.Read(() => groups.GetValueOrDefault(name)
        ?? throw AwsErrorException.Validation($"AutoScalingGroup name not found - AutoScalingGroup '{name}' not found"));

    /// <summary>Makes running instances members, and registers them in the attached target groups on the groups' own ports.</summary>
    public void AttachInstances(string groupName, params IReadOnlyList<string> instanceIds) =>
        state.Perform(() => PlanAttach(Find(groupName), instanceIds));

    /// <summary>The member of this id in whichever group; null when it is in none.</summary>
    public GroupMember? Member(string instanceId) => state.Read(() => members.GetValueOrDefault(instanceId));

    internal Func<AutoScalingGroup> PlanCreate(AutoScalingGroupSpec spec, IReadOnlyList<LifecycleHook> hooks)
    {
        if (groups.ContainsKey(spec.Name))
            throw new AwsErrorException("AlreadyExists", $"AutoScalingGroup by this name already exists - A group with the name {spec.Name} already exists");
        foreach (var attached in spec.TargetGroupArns) CheckTargetGroup(attached);
        var arn = context.Arn("autoscaling", $"autoScalingGroup:{context.Ids.Uuid()}:autoScalingGroupName/{spec.Name}");
        var group = new AutoScalingGroup(spec, arn, context.Now);
        var put = PlanHooks(group, hooks);
        return () =>
        {
            groups.Add(spec.Name, group);
            put();
            Converge(group);
            return group;
        };
    }

    internal Action PlanUpdate(AutoScalingGroup group, AutoScalingGroupSpec spec, int? desired)
    {
        if (desired > spec.MaxSize || desired < spec.MinSize)
            throw AwsErrorException.Validation("Desired capacity must be between the specified min size and max size");
        return () =>
        {
            group.Spec = spec;
            group.DesiredCapacity = Math.Clamp(desired ?? group.DesiredCapacity, spec.MinSize, spec.MaxSize);
            Converge(group);
        };
    }

    internal Action PlanDelete(AutoScalingGroup group, bool force)
    {
        if (group.MemberMap.Count > 0 && !force)
            throw new AwsErrorException(
                "ResourceInUse", "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.");
        return () =>
        {
            groups.Remove(group.Name);
            foreach (var member in group.MemberMap.Values.ToList())
            {
                foreach (var action in member.Open) Close(member, action, action.Hook.DefaultResult, "group deleted");
                Forget(member);
                compute.Terminate(member.Instance.Id);
            }
        };
    }

    internal Action PlanDesired(AutoScalingGroup group, int desired)
    {
        if (desired > group.Spec.MaxSize)
            throw AwsErrorException.Validation($"New SetDesiredCapacity value {desired} is above max value {group.Spec.MaxSize} for the AutoScalingGroup.");
        if (desired < group.Spec.MinSize)
            throw AwsErrorException.Validation($"New SetDesiredCapacity value {desired} is below min value {group.Spec.MinSize} for the AutoScalingGroup.");
        return () =>
        {
            group.DesiredCapacity = desired;
            Converge(group);
        };
    }

    internal Action PlanAttach(AutoScalingGroup group, IReadOnlyList<string> instanceIds)
    {
        if (group.DesiredCapacity + instanceIds.Count > group.Spec.MaxSize)
            throw AwsErrorException.Validation(
                $"AutoScalingGroup {group.Name} has min-size={group.Spec.MinSize}, max-size={group.Spec.MaxSize}, and desired-size={group.DesiredCapacity}. "
                + $"To attach {instanceIds.Count} more instance, please update the AutoScalingGroup sizes appropriately.");
        var coming = new List<Instance>();
        foreach (var id in instanceIds)
        {
            if (compute.Seek(id) is not { IsAlive: true } instance)
                throw AwsErrorException.Validation($"Invalid Instance ID(s): [{id}]. Instances are not running.");
            if (members.TryGetValue(id, out var present))
                throw AwsErrorException.Validation($"Instance {id} is already part of AutoScalingGroup:{present.Group.Name}.");
            if (coming.Contains(instance)) throw AwsErrorException.Validation($"The instance ID(s) are not unique: {id}");
            coming.Add(instance);
        }
        return () =>
        {
            foreach (var instance in coming)
            {
                group.DesiredCapacity++;
                Welcome(Join(group, instance));
            }
        };
    }

    /// <summary>From now on the group registers and deregisters its members there.</summary>
    internal Action PlanAttachTargetGroups(AutoScalingGroup group, IReadOnlyList<string> arns)
    {
        foreach (var arn in arns) CheckTargetGroup(arn);
        return () =>
        {
            foreach (var arn in arns.Distinct().Where(arn => !group.TargetGroupArns.Contains(arn)))
            {
                group.TargetGroupArns.Add(arn);
                foreach (var member in group.MemberMap.Values.Where(member => member.IsServing)) Register(arn, member);
            }
        };
    }

    internal Action PlanDetachTargetGroups(AutoScalingGroup group, IReadOnlyList<string> arns)
    {
        foreach (var arn in arns)
            if (!group.TargetGroupArns.Contains(arn))
                throw AwsErrorException.Validation($"Trying to remove Target Groups that are not part of the group: {arn}");
        return () =>
        {
            foreach (var arn in arns.Distinct())
            {
                group.TargetGroupArns.Remove(arn);
                foreach (var member in group.MemberMap.Values) Deregister(arn, member);
            }
        };
    }

    internal string ArnOf(string groupName) => state.Read(() => groups.GetValueOrDefault(groupName)?.Arn ?? "");

    internal IReadOnlyDictionary<string, string>? SeekTags(string arn) =>
        state.Read(() => groups.Values.FirstOrDefault(group => group.Arn == arn)?.Tags);

    private void CheckTargetGroup(string arn)
    {
        try
        {
            loadBalancing.Find(arn);
        }
        catch (AwsErrorException)
        {
            throw AwsErrorException.Validation($"Provided Target Groups may not be valid. Please ensure they exist and try again: {arn}");
        }
    }
}
