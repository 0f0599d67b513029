using TargetDrain.Emulator.Compute;

namespace TargetDrain.Emulator.AutoScaling;

/// <summary>CreateAutoScalingGroup and UpdateAutoScalingGroup as they were asked for, and what Auto Scaling would say to them.</summary>
internal static class GroupRequest
{
    private const int MostTags = 50;

    /// <param name="before">The group as it is; its name only, when it is to be made.</param>
    public static AutoScalingGroupSpec Read(QueryParameters p, AutoScalingGroupSpec before, ElasticCompute compute, LaunchConfigurations configurations)
    {
        var spec = before with
        {
            MinSize = p.Number("MinSize") ?? before.MinSize,
            MaxSize = p.Number("MaxSize") ?? before.MaxSize,
            VpcZoneIdentifier = p["VPCZoneIdentifier"] ?? before.VpcZoneIdentifier,
            AvailabilityZones = p.Has("AvailabilityZones") ? p.List("AvailabilityZones.member") : before.AvailabilityZones,
            HealthCheckType = p["HealthCheckType"] ?? before.HealthCheckType,
            HealthCheckGracePeriod = p.Number("HealthCheckGracePeriod") ?? before.HealthCheckGracePeriod,
            DefaultCooldown = p.Number("DefaultCooldown") ?? before.DefaultCooldown,
            // -1 takes it away again.
            DefaultInstanceWarmup = p.Number("DefaultInstanceWarmup") switch { -1 => null, null => before.DefaultInstanceWarmup, var seconds => seconds },
            MaxInstanceLifetime = p.Number("MaxInstanceLifetime") switch { 0 => null, null => before.MaxInstanceLifetime, var seconds => seconds },
            CapacityRebalance = p.Flag("CapacityRebalance") ?? before.CapacityRebalance,
            ProtectsNewInstances = p.Flag("NewInstancesProtectedFromScaleIn") ?? before.ProtectsNewInstances,
            TerminationPolicies = p.Has("TerminationPolicies") ? p.List("TerminationPolicies.member") : before.TerminationPolicies,
            RetainOnAbandon = p["InstanceLifecyclePolicy.RetentionTriggers.TerminateHookAbandon"] is { } retain ? retain == "retain" : before.RetainOnAbandon,
            Source = Source(p, compute, configurations) ?? before.Source,
        };
        Check(spec, compute);
        return spec;
    }

    public static IReadOnlyList<LifecycleHook> Hooks(QueryParameters p) =>
        [.. p.Items("LifecycleHookSpecificationList.member").Select(hook => Hook(hook, new LifecycleHook(hook.Required("LifecycleHookName"))
        {
            Transition = hook.Required("LifecycleTransition"),
        }))];

    /// <summary>A hook with what was given put over what it was.</summary>
    public static LifecycleHook Hook(QueryParameters p, LifecycleHook before) => before with
    {
        Transition = p["LifecycleTransition"] ?? before.Transition,
        HeartbeatTimeout = p.Number("HeartbeatTimeout") ?? before.HeartbeatTimeout,
        DefaultResult = p["DefaultResult"] ?? before.DefaultResult,
        NotificationMetadata = p["NotificationMetadata"] ?? before.NotificationMetadata,
        NotificationTargetArn = Arn(p["NotificationTargetARN"]) ?? before.NotificationTargetArn,
        RoleArn = p["RoleARN"] ?? before.RoleArn,
    };

    public static (Dictionary<string, string> Tags, List<string> Propagated) Tags(IEnumerable<QueryParameters> given, string group)
    {
        var (tags, propagated) = (new Dictionary<string, string>(), new List<string>());
        foreach (var tag in given)
        {
            var key = tag.Required("Key");
            if (tag["ResourceType"] is { } type && type != "auto-scaling-group") throw AwsErrorException.Validation($"'{type}' is no resource type that has tags here");
            if (tag["ResourceId"] is { } id && id != group) throw AwsErrorException.Validation($"The resource id '{id}' is not the group's name");
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) throw AwsErrorException.Validation("The tag key prefix 'aws:' is reserved");
            if (!tags.TryAdd(key, tag["Value"] ?? "")) throw AwsErrorException.Validation($"Duplicate tag key '{key}' specified");
            if (tag.Flag("PropagateAtLaunch") == true) propagated.Add(key);
        }
        if (tags.Count > MostTags) throw new AwsErrorException("LimitExceeded", $"An Auto Scaling group can have {MostTags} tags");
        return (tags, propagated);
    }

    private static LaunchSource? Source(QueryParameters p, ElasticCompute compute, LaunchConfigurations configurations)
    {
        var (template, configuration) = (p.Part("LaunchTemplate"), p["LaunchConfigurationName"]);
        if (p["InstanceId"] is not null) throw Violations.NotEmulated("InstanceId", "CreateAutoScalingGroup");
        if (template is not null && configuration is not null)
            throw AwsErrorException.Validation(
                "Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter, and only one of them.");
        var defaults = new LaunchSource();
        if (configuration is not null)
        {
            var found = configurations.Find(configuration);
            return defaults with { ConfigurationName = found.Name, ImageId = found.ImageId, InstanceType = found.InstanceType };
        }
        if (template is null) return null;
        try
        {
            var version = template["Version"];
            var found = compute.Templates.Find(template["LaunchTemplateId"], template["LaunchTemplateName"], version);
            return defaults with
            {
                TemplateId = found.Id,
                TemplateName = found.Name,
                TemplateVersion = version ?? "$Default",
                ImageId = found.ImageId ?? defaults.ImageId,
                InstanceType = found.InstanceType ?? defaults.InstanceType,
            };
        }
        catch (AwsErrorException unknown)
        {
            throw AwsErrorException.Validation($"You must use a valid fully-formed launch template. {unknown.Message}");
        }
    }

    private static void Check(AutoScalingGroupSpec spec, ElasticCompute compute)
    {
        if (spec.MinSize < 0 || spec.MaxSize < 0) throw AwsErrorException.Validation("Min and max size must not be negative");
        if (spec.MinSize > spec.MaxSize) throw AwsErrorException.Validation("Max bound, " + $"{spec.MaxSize}, must be greater than or equal to min bound, {spec.MinSize}");
        if (spec.HealthCheckGracePeriod < 0 || spec.DefaultCooldown < 0) throw AwsErrorException.Validation("Seconds must not be negative");
        if (spec.DefaultInstanceWarmup < 0) throw AwsErrorException.Validation("DefaultInstanceWarmup must be -1 or more");
        if (spec.MaxInstanceLifetime is < 86_400 or > 31_536_000) throw AwsErrorException.Validation("MaxInstanceLifetime must be 0, or from 86400 to 31536000 seconds");
        if (spec.HealthCheckType.Split(',').FirstOrDefault(type => type is not ("EC2" or "ELB" or "EBS" or "VPC_LATTICE")) is { } check)
            throw AwsErrorException.Validation($"{check} is not a valid health check type. Valid types are: EC2, EBS, ELB and VPC_LATTICE");
        if (spec.TerminationPolicies.FirstOrDefault(policy => !Policies.Contains(policy) && !policy.StartsWith("arn:", StringComparison.Ordinal)) is { } unknown)
            throw AwsErrorException.Validation($"{unknown} is not a valid termination policy");
        if (spec.AvailabilityZones.Count == 0 && spec.VpcZoneIdentifier.Length == 0)
            throw AwsErrorException.Validation("At least one Availability Zone or VPC Subnet is required.");
        if (spec.AvailabilityZones.FirstOrDefault(zone => !compute.Network.Zones.Contains(zone)) is { } zone)
            throw AwsErrorException.Validation($"The availability zone '{zone}' is not valid");
        foreach (var id in spec.VpcZoneIdentifier.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (compute.Network.SeekSubnet(id) is null) throw AwsErrorException.Validation($"The subnet ID '{id}' does not exist");
    }

    private static string? Arn(string? arn) => arn is null or "" || arn.Split(':') is ["arn", _, "sqs" or "sns" or "lambda", _, _, ..]
        ? arn
        : throw AwsErrorException.Validation($"NotificationTargetARN '{arn}' is not the ARN of a queue, a topic or a function");

    private static readonly string[] Policies =
    [
        "Default", "OldestInstance", "NewestInstance", "OldestLaunchConfiguration", "OldestLaunchTemplate", "ClosestToNextInstanceHour", "AllocationStrategy",
    ];
}
