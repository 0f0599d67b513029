namespace TargetDrain.Emulator.AutoScaling;

/// <summary>What to create. It launches nothing: instances are attached.</summary>
public sealed record AutoScalingGroupSpec(string Name)
{
    public int MinSize { get; init; }

    public int MaxSize { get; init; } = 10_000;

    public IReadOnlyList<string> TargetGroupArns { get; init; } = [];

    /// <summary>Subnets, comma separated.</summary>
    public string VpcZoneIdentifier { get; init; } = "";

    /// <summary>The instance lifecycle policy: an abandoned termination keeps the instance, as Terminating:Retained.</summary>
    public bool RetainOnAbandon { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>An Auto Scaling group. Changes only through <see cref="AutoScalingGroups"/>.</summary>
public sealed class AutoScalingGroup(AutoScalingGroupSpec spec, string arn, DateTimeOffset created)
{
    public string Name => Spec.Name;

    public string Arn { get; } = arn;

    public AutoScalingGroupSpec Spec { get; } = spec;

    public DateTimeOffset Created { get; } = created;

    public int DesiredCapacity { get; internal set; } = spec.MinSize;

    public IReadOnlyList<string> TargetGroupArns => Attached;

    public IReadOnlyCollection<LifecycleHook> Hooks => HookMap.Values;

    public IReadOnlyCollection<GroupMember> Members => MemberMap.Values;

    internal List<string> Attached { get; } = [.. spec.TargetGroupArns];

    internal Dictionary<string, LifecycleHook> HookMap { get; } = [];

    internal Dictionary<string, GroupMember> MemberMap { get; } = [];
}

/// <summary>An instance in its group.</summary>
public sealed class GroupMember(AutoScalingGroup group, Compute.Instance instance)
{
    public AutoScalingGroup Group { get; } = group;

    public Compute.Instance Instance { get; } = instance;

    /// <summary>InService, Terminating, Terminating:Wait, Warmed:Pending:Wait and so on.</summary>
    public string LifecycleState { get; internal set; } = "InService";

    public string HealthStatus { get; internal set; } = "Healthy";

    /// <summary>Those of the transition under way or just over.</summary>
    public IReadOnlyList<LifecycleAction> Actions => ActionList;

    internal List<LifecycleAction> ActionList { get; } = [];

    internal bool ToWarmPool { get; set; }

    internal string ActivityId { get; set; } = "";

    internal DateTimeOffset ActivityStarted { get; set; }

    internal bool IsServing => LifecycleState == "InService";

    internal string Destination => ToWarmPool ? "WarmPool" : "EC2";
}
