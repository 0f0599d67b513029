using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Events;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.AutoScaling;

/// <summary>Auto Scaling groups, their members and hooks; how members leave is in the other file.</summary>
public sealed partial class AutoScalingGroups
{
    private readonly StateLock state;
    private readonly Agenda agenda;
    private readonly IdSource ids;
    private readonly ElasticCompute compute;
    private readonly ElasticLoadBalancing loadBalancing;
    private readonly WorldOptions options;
    private readonly LifecycleMessages messages;
    private readonly Dictionary<string, AutoScalingGroup> groups = [];
    private readonly Dictionary<string, GroupMember> members = [];
    private readonly Dictionary<string, (GroupMember Member, LifecycleAction Action)> waiting = [];

    internal AutoScalingGroups(
        StateLock state, Agenda agenda, IdSource ids, ElasticCompute compute, ElasticLoadBalancing loadBalancing,
        EventBus events, WorldOptions options)
    {
        this.state = state;
        this.agenda = agenda;
        this.ids = ids;
        this.compute = compute;
        this.loadBalancing = loadBalancing;
        this.options = options;
        messages = new LifecycleMessages(state, agenda, ids, events, options);
        compute.StateChanged += Follow;
        compute.SpotInterrupted += Interrupt;
    }

    /// <summary>Takes what a hook sends to its notification target: the ARN and the body.</summary>
    public Action<string, string>? Notify
    {
        get => messages.Notify;
        set => messages.Notify = value;
    }

    public IReadOnlyList<AutoScalingGroup> Groups => state.Change(() => groups.Values.ToList());

    public AutoScalingGroup CreateGroup(AutoScalingGroupSpec spec) => state.Change(() =>
    {
        if (groups.ContainsKey(spec.Name))
            throw new AwsErrorException("AlreadyExists", $"AutoScalingGroup by this name already exists - A group with the name {spec.Name} already exists");
        foreach (var arn in spec.TargetGroupArns) loadBalancing.Find(arn);
        var group = new AutoScalingGroup(
            spec,
            $"arn:aws:autoscaling:{options.Region}:{options.Account}:autoScalingGroup:{ids.Uuid()}:autoScalingGroupName/{spec.Name}",
            agenda.Now);
        return groups[spec.Name] = group;
    });

    /// <exception cref="AwsErrorException">ValidationError.</exception>
    public AutoScalingGroup Find(string name) => state.Change(() => groups.GetValueOrDefault(name)
        ?? throw AwsErrorException.Validation($"AutoScalingGroup name not found - AutoScalingGroup '{name}' not found"));

    /// <summary>Makes running instances members, and registers them in the attached target groups on the groups' own ports.</summary>
    public void AttachInstances(string groupName, params IReadOnlyList<string> instanceIds) => state.Change(() =>
    {
        var group = Find(groupName);
        if (group.DesiredCapacity + instanceIds.Count > group.Spec.MaxSize)
            throw AwsErrorException.Validation(
                $"AutoScalingGroup {groupName} has max-size={group.Spec.MaxSize}. The instances would exceed it.");
        foreach (var id in instanceIds)
        {
            if (compute.Seek(id) is not { IsAlive: true } instance)
                throw AwsErrorException.Validation($"Invalid Instance ID(s): [{id}]. Instances are not running.");
            if (members.ContainsKey(id))
                throw AwsErrorException.Validation($"Instance {id} is already in an Auto Scaling group.");
            var member = new GroupMember(group, instance);
            members.Add(id, member);
            group.MemberMap.Add(id, member);
            group.DesiredCapacity++;
            foreach (var arn in group.Attached) RegisterMember(arn, id);
        }
    });

    /// <summary>From now on the group registers and deregisters its members there.</summary>
    public void AttachTargetGroups(string groupName, params IReadOnlyList<string> targetGroupArns) => state.Change(() =>
    {
        var group = Find(groupName);
        foreach (var arn in targetGroupArns)
        {
            loadBalancing.Find(arn);
            if (group.Attached.Contains(arn)) continue;
            group.Attached.Add(arn);
            foreach (var member in group.MemberMap.Values.Where(member => member.IsServing)) RegisterMember(arn, member.Instance.Id);
        }
    });

    /// <summary>Creates or replaces a hook; actions under way keep the old one. A notification target gets a test message.</summary>
    public LifecycleHook PutHook(string groupName, LifecycleHook hook) => state.Change(() =>
    {
        var group = Find(groupName);
        if (hook.Transition is not (LifecycleHook.Terminating or LifecycleHook.Launching))
            throw AwsErrorException.Validation($"Lifecycle transition '{hook.Transition}' is not one of "
                + $"[{LifecycleHook.Launching}, {LifecycleHook.Terminating}]");
        if (hook.HeartbeatTimeout is < 30 or > 7200)
            throw AwsErrorException.Validation($"HeartbeatTimeout must be from 30 to 7200 seconds, not {hook.HeartbeatTimeout}");
        CheckResult(hook.DefaultResult, "DefaultResult");
        group.HookMap[hook.Name] = hook;
        if (hook.NotificationTargetArn is { Length: > 0 } target) messages.SendTest(group, target);
        return hook;
    });

    public void DeleteHook(string groupName, string hookName) => state.Change(() =>
    {
        if (Find(groupName).HookMap.Remove(hookName)) return;
        throw AwsErrorException.Validation($"No Lifecycle Hook found with name {hookName}");
    });

    /// <summary>The member of this id in whichever group; null when it is in none.</summary>
    public GroupMember? Member(string instanceId) => state.Change(() => members.GetValueOrDefault(instanceId));

    internal IEnumerable<GroupMember> AllMembers => members.Values;

    internal string ArnOf(string groupName) => state.Change(() => groups.GetValueOrDefault(groupName)?.Arn ?? "");

    internal IReadOnlyDictionary<string, string>? SeekTags(string arn) =>
        state.Change(() => groups.Values.FirstOrDefault(group => group.Arn == arn)?.Spec.Tags);

    private static void CheckResult(string result, string name)
    {
        if (result is not ("CONTINUE" or "ABANDON"))
            throw AwsErrorException.Validation($"{name} must be CONTINUE or ABANDON, not '{result}'");
    }

    // An attachment has no port: it means the default port of the target group.
    private void RegisterMember(string targetGroupArn, string instanceId) =>
        loadBalancing.RegisterTargets(targetGroupArn, [new TargetSpec(instanceId)], "autoscaling");
}
