using TargetDrain.Emulator.Compute;

namespace TargetDrain.Emulator.LoadBalancing;

internal sealed partial class ElasticLoadBalancing
{
    /// <summary>Which groups know an id: what AWS does not offer, and what makes a termination cheap here.</summary>
    private readonly Dictionary<string, HashSet<TargetGroup>> groupsOf = [];

    public void Register(string targetGroupArn, params IReadOnlyList<TargetSpec> targets) =>
        RegisterTargets(targetGroupArn, targets, "test");

    /// <summary>
    /// Takes targets out. Only the exact id and port: no port means the group's own, and what is not there is success.
    /// </summary>
    /// <returns>When the last of them has drained; now, when there is nothing to wait for.</returns>
    public DateTimeOffset Deregister(string targetGroupArn, params IReadOnlyList<TargetSpec> targets) =>
        DeregisterTargets(targetGroupArn, targets, "test");

    /// <summary>The unfiltered listing: all that is registered or draining.</summary>
    public IReadOnlyList<TargetStatus> Targets(string targetGroupArn) => state.Read(() =>
    {
        var group = Find(targetGroupArn);
        return Present(group).Select(target => new TargetStatus(target.Spec, HealthOf(group, target))).ToList();
    });

    /// <summary>Makes a target show this health until it leaves the group; null lets it show its own again.</summary>
    public void SetHealth(string targetGroupArn, TargetSpec target, Health? health) => state.Perform(() =>
    {
        var group = Find(targetGroupArn);
        if (Seek(group, target) is not { } found)
            throw new InvalidOperationException($"{target.Id}:{target.Port} is not registered in {group.Name}");
        return () =>
        {
            found.Forced = health;
            Write(group, found.Key, HealthOf(group, found).State, "test");
        };
    });

    /// <summary>
    /// Whether traffic still comes to a target. A Network Load Balancer goes on sending new connections for a while after
    /// the target was taken out, whatever the deregistration delay: <see cref="WorldOptions.NetworkTrafficLingers"/>.
    /// </summary>
    public bool ReceivesTraffic(string targetGroupArn, TargetSpec target) => state.Read(() =>
    {
        var group = Find(targetGroupArn);
        return group.LateTraffic.TryGetValue(group.KeyOf(target), out var until) && until > context.Now
            || (Seek(group, target) is { IsDraining: false } found && HealthOf(group, found).State is "healthy" or "unavailable");
    });

    internal void RegisterTargets(string targetGroupArn, IReadOnlyList<TargetSpec> specs, string by) =>
        state.Perform(() => PlanRegister(targetGroupArn, specs, by));

    internal DateTimeOffset DeregisterTargets(string targetGroupArn, IReadOnlyList<TargetSpec> specs, string by) =>
        state.Perform(() => PlanDeregister(targetGroupArn, specs, by));

    internal Action PlanRegister(string targetGroupArn, IReadOnlyList<TargetSpec> specs, string by)
    {
        var group = Find(targetGroupArn);
        if (specs.Count == 0) throw AwsErrorException.Validation("At least one target must be specified");
        var coming = new Dictionary<TargetKey, Target>();
        foreach (var target in specs.Select(spec => RegistrationRules.Check(group, spec, compute, this, context.Now)))
        {
            if (group.Targets.Find(target.Key) is { } present && !present.IsGone(context.Now))
            {
                if (!present.IsDraining) continue;
                // "must finish its deregistration delay before the same IP can be re-registered": Application Load Balancers.
                if (target.Address is not null && group.Spec.Protocol is "HTTP" or "HTTPS")
                    throw new AwsErrorException(
                        "InvalidTarget", $"The following targets are still being deregistered: '{target.Key.Id}'");
            }
            coming[target.Key] = target;
        }
        var added = coming.Keys.Count(key => group.Targets.Find(key) is not { } present || present.IsGone(context.Now));
        if (added > 0 && group.Targets.Count + added > context.Options.TargetsPerGroup)
            throw new AwsErrorException("TooManyTargets", $"The maximum number of targets per target group is {context.Options.TargetsPerGroup}");
        return () =>
        {
            foreach (var target in coming.Values)
            {
                group.Targets.Put(target);
                group.Ghosts.Remove(target.Key);
                group.LateTraffic.Remove(target.Key);
                Index(target.Key.Id, group);
                Write(group, target.Key, "registered", by);
            }
        };
    }

    internal Func<DateTimeOffset> PlanDeregister(string targetGroupArn, IReadOnlyList<TargetSpec> specs, string by)
    {
        var group = Find(targetGroupArn);
        if (specs.Count == 0) throw AwsErrorException.Validation("At least one target must be specified");
        return () => Deregister(group, specs, by);
    }

    private DateTimeOffset Deregister(TargetGroup group, IReadOnlyList<TargetSpec> specs, string by)
    {
        var latest = context.Now;
        var ends = context.Now + group.DeregistrationDelay;
        var leaving = new List<Target>();
        foreach (var spec in specs)
        {
            if (Seek(group, spec) is not { } target) continue;
            if (!target.IsDraining)
            {
                target.Drain(ends);
                leaving.Add(target);
                Write(group, target.Key, "draining", by);
                if (group.IsNetwork && context.Options.NetworkTrafficLingers > TimeSpan.Zero) Linger(group, target.Key);
            }
            if (target.DrainEnds is { } end && end > latest) latest = end;
        }
        if (leaving.Count == 0) return latest;
        context.At(ends, () => Remove(group, leaving));
        return latest;
    }

    private void Linger(TargetGroup group, TargetKey key)
    {
        var until = context.Now + context.Options.NetworkTrafficLingers;
        group.LateTraffic[key] = until;
        context.After(context.Options.NetworkTrafficLingers, () =>
        {
            // Registered anew in the meantime, it would not be there or not be the same.
            if (group.LateTraffic.GetValueOrDefault(key) != until) return;
            group.LateTraffic.Remove(key);
            state.Write(new TrafficStopped(group.Arn, group.Name, key.ToString()));
        });
    }

    internal Target? Seek(TargetGroup group, TargetSpec spec)
    {
        var key = group.KeyOf(spec);
        if (group.Spec.TargetType == "ip" && compute.Network.Know(spec.Id) is { } address) key = key with { Id = address.Text };
        return group.Targets.Find(key) is { } target && !target.IsGone(context.Now) ? target : null;
    }

    internal IEnumerable<Target> Present(TargetGroup group) => group.Targets.All.Where(target => !target.IsGone(context.Now));

    internal Health HealthOf(TargetGroup group, Target target)
    {
        if (target.IsDraining) return Health.Draining;
        if (target.Forced is { } forced) return forced;
        if (group.Spec.TargetType == "instance" && compute.Seek(target.Key.Id) is { } instance)
        {
            if (instance.State is "stopping" or "stopped") return Health.Stopped;
            if (instance.State is "shutting-down" or "terminated") return Health.Terminated;
        }
        if (!group.IsInUse) return Health.NotInUse;
        if (group.Spec.TargetType == "lambda") return Health.HealthCheckDisabled;
        if (target.IsNew(context.Now, context.Options.RegistrationTime / 2)) return Health.Initial;
        if (target.IsNew(context.Now, context.Options.RegistrationTime)) return Health.InitialHealthChecking;
        return target.Address is { } address && compute.Network.IsDead(group.Spec.VpcId!, address.Address)
            ? Health.TimedOut
            : Health.Healthy;
    }

    /// <summary>About a target by name, registered or not, as a filtered query answers it.</summary>
    internal TargetStatus StatusOf(TargetGroup group, TargetSpec spec)
    {
        if (Seek(group, spec) is { } target) return new TargetStatus(target.Spec, HealthOf(group, target));
        var key = group.KeyOf(spec);
        var health = group.Ghosts.Contains(key) ? Health.Draining : Health.NotRegistered;
        return new TargetStatus(spec with { Port = key.Port == 0 ? null : key.Port }, health);
    }

    internal void Follow(Instance instance)
    {
        if (context.Options.TerminatedStayRegistered || instance.State != "terminated" || !groupsOf.TryGetValue(instance.Id, out var known)) return;
        foreach (var group in known.ToList())
        {
            // A terminated instance leaves its groups at once, without draining.
            var dead = group.Targets.OfId(instance.Id).ToList();
            foreach (var target in dead) group.Ghosts.Add(target.Key);
            Remove(group, dead, "ec2");
        }
    }

    private void Remove(TargetGroup group, List<Target> leaving, string by = "clock")
    {
        foreach (var target in leaving)
        {
            // It may have been registered anew, or gone with its instance.
            if (!group.Targets.Remove(target)) continue;
            Unindex(target.Key.Id, group);
            if (groups.ContainsKey(group.Arn)) Write(group, target.Key, "gone", by);
        }
    }

    private void Index(string id, TargetGroup group)
    {
        if (!groupsOf.TryGetValue(id, out var known)) groupsOf.Add(id, known = []);
        known.Add(group);
    }

    private void Unindex(string id, TargetGroup group)
    {
        if (!groupsOf.TryGetValue(id, out var known) || group.Targets.HasId(id)) return;
        known.Remove(group);
        if (known.Count == 0) groupsOf.Remove(id);
    }

    private void Write(TargetGroup group, TargetKey key, string to, string by) =>
        state.Write(new TargetChanged(group.Arn, group.Name, key.ToString(), to, by));
}
