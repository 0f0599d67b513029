namespace TargetDrain.Emulator.AutoScaling;

/// <summary>What to create. It launches nothing unless told so: instances are attached.</summary>
internal sealed record AutoScalingGroupSpec(string Name)
{
    public int MinSize { get; init; }

    public int MaxSize { get; init; } = 10_000;

    /// <summary>MinSize when null.</summary>
    public int? DesiredCapacity { get; init; }

    /// <summary>Launches and ends instances until there are as many as desired, as AWS does.</summary>
    public bool Launches { get; init; }

    public IReadOnlyList<string> TargetGroupArns { get; init; } = [];

    /// <summary>Subnets, comma separated.</summary>
    public string VpcZoneIdentifier { get; init; } = "";

    public IReadOnlyList<string> AvailabilityZones { get; init; } = [];

    /// <summary>The instance lifecycle policy: an abandoned termination keeps the instance, as Terminating:Retained.</summary>
    public bool RetainOnAbandon { get; init; }

    public string HealthCheckType { get; init; } = "EC2";

    public int HealthCheckGracePeriod { get; init; }

    public int DefaultCooldown { get; init; } = 300;

    public int? DefaultInstanceWarmup { get; init; }

    public int? MaxInstanceLifetime { get; init; }

    public bool? CapacityRebalance { get; init; }

    public bool ProtectsNewInstances { get; init; }

    public IReadOnlyList<string> TerminationPolicies { get; init; } = ["Default"];

    public LaunchSource Source { get; init; } = new();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys of the tags that new instances get as well.</summary>
    public IReadOnlyList<string> PropagatedTags { get; init; } = [];
}

/// <summary>What a group launches: a launch template, a launch configuration, or neither, which launches a default.</summary>
internal sealed record LaunchSource
{
    public string? TemplateId { get; init; }

    public string? TemplateName { get; init; }

    public string? TemplateVersion { get; init; }

    public string? ConfigurationName { get; init; }

    public string ImageId { get; init; } = "ami-0123456789abcdef0";

    public string InstanceType { get; init; } = "m7g.large";
}

/// <summary>Instances kept ready outside of the group's capacity.</summary>
internal sealed record WarmPool
{
    public int? MaxGroupPreparedCapacity { get; init; }

    public int MinSize { get; init; }

    /// <summary>Stopped, Running or Hibernated.</summary>
    public string PoolState { get; init; } = "Stopped";

    /// <summary>Instances return here on scale in.</summary>
    public bool ReuseOnScaleIn { get; init; }
}

/// <summary>An Auto Scaling group. Changes only through <see cref="AutoScalingGroups"/>.</summary>
internal sealed class AutoScalingGroup(AutoScalingGroupSpec spec, string arn, DateTimeOffset created)
{
    public string Name => Spec.Name;

    public string Arn { get; } = arn;

    public AutoScalingGroupSpec Spec { get; internal set; } = spec;

    public DateTimeOffset Created { get; } = created;

    public int DesiredCapacity { get; internal set; } = spec.DesiredCapacity ?? spec.MinSize;

    /// <summary>Null when it has none.</summary>
    public WarmPool? WarmPool { get; internal set; }

    public IReadOnlyCollection<LifecycleHook> Hooks => HookMap.Values;

    public IReadOnlyCollection<GroupMember> Members => MemberMap.Values;

    public Dictionary<string, string> Tags { get; } = new(spec.Tags);

    internal HashSet<string> PropagatedTags { get; } = [.. spec.PropagatedTags];

    public List<string> TargetGroupArns { get; } = [.. spec.TargetGroupArns];

    internal Dictionary<string, LifecycleHook> HookMap { get; } = [];

    internal Dictionary<string, GroupMember> MemberMap { get; } = [];

    internal List<Activity> Activities { get; } = [];

    internal List<InstanceRefresh> Refreshes { get; } = [];
}

/// <summary>An instance in its group.</summary>
internal sealed class GroupMember(AutoScalingGroup group, Compute.Instance instance)
{
    public AutoScalingGroup Group { get; } = group;

    public Compute.Instance Instance { get; } = instance;

    /// <summary>InService, Terminating, Terminating:Wait, Warmed:Pending:Wait and so on.</summary>
    public string LifecycleState { get; internal set; } = "InService";

    public string HealthStatus { get; internal set; } = "Healthy";

    public bool IsProtected { get; internal set; } = group.Spec.ProtectsNewInstances;

    /// <summary>Those of the transition under way or just over.</summary>
    public List<LifecycleAction> Actions { get; } = [];

    /// <summary>Those that still wait.</summary>
    internal IEnumerable<LifecycleAction> Open => Actions.Where(action => action.Result is null);

    internal bool ToWarmPool { get; set; }

    /// <summary>It comes, it does not go: from EC2 or the warm pool, into the group or the warm pool.</summary>
    internal bool IsLaunching => LifecycleState.StartsWith("Pending", StringComparison.Ordinal)
        || (LifecycleState.StartsWith("Warmed:Pending", StringComparison.Ordinal) && !LeftGroup);

    /// <summary>In the warm pool, or on its way there, after it had served.</summary>
    internal bool LeftGroup { get; set; }

    internal bool CameFromWarmPool { get; set; }

    internal LaunchSource Source { get; } = group.Spec.Source;

    internal Activity? Activity { get; set; }

    internal bool IsServing => LifecycleState == "InService";

    internal bool IsInWarmPool => LifecycleState.StartsWith("Warmed:", StringComparison.Ordinal);

    internal bool IsWarm => LifecycleState is "Warmed:Stopped" or "Warmed:Running" or "Warmed:Hibernated";

    /// <summary>Counts towards the desired capacity.</summary>
    internal bool Counts => IsServing || LifecycleState.StartsWith("Pending", StringComparison.Ordinal);

    internal string Origin => IsLaunching ? CameFromWarmPool ? "WarmPool" : "EC2" : "AutoScalingGroup";

    internal string Destination => ToWarmPool ? "WarmPool" : IsLaunching ? "AutoScalingGroup" : "EC2";
}

/// <summary>One thing that Auto Scaling does to an instance, as DescribeScalingActivities tells it.</summary>
internal sealed record Activity(string Id, string GroupName, string Description, string Cause, DateTimeOffset Started)
{
    public DateTimeOffset? Ended { get; set; }

    public string Status { get; set; } = "InProgress";

    public string? Message { get; set; }
}

/// <summary>Every instance of the group replaced, one after the other.</summary>
internal sealed record InstanceRefresh(string Id, string GroupName, DateTimeOffset Started, Queue<string> Left, int Total)
{
    public DateTimeOffset? Ended { get; set; }

    public string Status { get; set; } = "InProgress";
}
