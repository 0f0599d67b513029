using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Queues;
using TargetDrain.Emulator.Wire;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Reliability;

/// <summary>What can happen in a random world.</summary>
internal enum Act
{
    Wait,
    ScaleIn,
    Terminate,
    InterruptSpot,
    OtherDeregisters,
    OtherRegisters,
    DeleteGroup,
    ChangeDelay,
    Fault,
    Crash,
    Poison,

    /// <summary>Everything that was sent so far comes once more, and once more much later.</summary>
    Repeat,

    /// <summary>An API answers late for ten minutes.</summary>
    Slow,

    /// <summary>Others eat the account's limits for ten minutes.</summary>
    Crowd,

    /// <summary>The next events are heard by nobody. Only where the reconciler runs.</summary>
    Lose,

    /// <summary>A host comes and serves, with the address of one that is gone where there is one.</summary>
    FreshHost,
}

/// <summary>One step; the numbers choose among what there is, so that every step is valid in every world.</summary>
internal readonly record struct Step(Act Act, int A, int B)
{
    public override string ToString() => $"{Act}({A},{B})";
}

/// <summary>A world, by numbers, and what happens in it.</summary>
/// <param name="IsReal">Calls take 20 ms, and not no time at all.</param>
/// <param name="Reconciles">What no event told of is looked for every five minutes, and what belongs to nothing is removed.</param>
/// <param name="Places">Instance by instance, the groups it serves in, as bits.</param>
internal sealed record Plan(IReadOnlyList<int> Groups, IReadOnlyList<int> Places, int Heartbeat, bool Twice, bool IsReal, bool Reconciles, IReadOnlyList<Step> Steps)
{
    public override string ToString() =>
        $"groups [{string.Join(' ', Groups)}] places [{string.Join(' ', Places)}] heartbeat {Heartbeat}{(Twice ? " twice" : "")}{(Reconciles ? " reconciles" : "")}{(IsReal ? "" : " timeless")}: {string.Join(" ", Steps)}";
}

/// <summary>Random worlds and random sequences, held against the same invariants as everything else.</summary>
internal static class Model
{
    private static readonly TimeSpan CallLatency = TimeSpan.FromMilliseconds(20);
    private static readonly string[] Poisons = ["{", """{"drainTicket":99}"""];
    private static readonly int[] Delays = [0, 5, 30, 120, 300, 900];
    private static readonly int[] Heartbeats = [60, 300, 3600];
    private static readonly string[] Operations =
    [
        "DescribeInstances", "DescribeTargetGroups", "DescribeTargetHealth", "DeregisterTargets", "DescribeTargetGroupAttributes",
        "DescribeLifecycleHooks", "RecordLifecycleActionHeartbeat", "CompleteLifecycleAction", "SendMessageBatch", "ChangeMessageVisibilityBatch",
    ];

    /// <summary>Throws with the smallest plan that fails and the seed that finds it again.</summary>
    /// <param name="seed">One number, or what a failure printed: "(number,number)" or "(number,number,size)"; null for a new one.</param>
    public static void Check(int plans, string? seed, Action<string>? tell = null)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(plans).WithEndSize(60).WithQuietOnSuccess(tell is null);
        if (seed is not null)
        {
            var parts = seed.Trim('(', ')').Split(',').Select(part => ulong.Parse(part, CultureInfo.InvariantCulture)).ToList();
            config = config.WithReplay(new Replay(
                parts.Count == 1 ? new Rnd(parts[0]) : new Rnd(parts[0], parts[1]),
                parts.Count == 3 ? FSharpOption<int>.Some((int)parts[2]) : FSharpOption<int>.None));
        }
        Prop.ForAll(Arb.From(Plans, Shrink), plan =>
        {
            var broken = Run(plan);
            return (broken.Count == 0).Label(string.Join("; ", broken));
        }).Check(config);
    }

    /// <returns>What did not hold; empty when all did.</returns>
    public static IReadOnlyList<string> Run(Plan plan, Action<string>? log = null) => Stage.Play(async stage =>
    {
        if (log is not null) stage.World.Journal.Written += entry => log(FaultMatrix.Tell(entry));
        var run = new Running(stage, plan);
        Disorder.Deliver(stage, () => run.Loses() ? [] : plan.Twice ? [TimeSpan.Zero, TimeSpan.FromSeconds(40)] : [TimeSpan.Zero]);
        stage.Ledger.OthersRegister = true;
        foreach (var step in plan.Steps) await run.DoAsync(step);
        await stage.Pass(4 * 3600);
    }, Disorder.Undelivered, latency: plan.IsReal ? CallLatency : default, reconciles: plan.Reconciles);

    private static Gen<Plan> Plans =>
        from groups in Gen.Choose(0, 11).ListOf(4)
        from places in Gen.Choose(0, 15).ListOf(4)
        from heartbeat in Gen.Choose(0, 2)
        from twice in Gen.Elements(true, false)
        from real in Gen.Elements(true, true, false)
        from reconciles in Gen.Elements(true, false)
        from steps in OneStep.ListOf()
        select new Plan([.. groups], [.. places], heartbeat, twice, real, reconciles, [.. steps]);

    private static Gen<Step> OneStep =>
        from act in Gen.Elements(Enum.GetValues<Act>().Concat([Act.Wait, Act.Wait, Act.ScaleIn, Act.ScaleIn]).ToArray())
        from a in Gen.Choose(0, 99)
        from b in Gen.Choose(0, 99)
        select new Step(act, a, b);

    private static IEnumerable<Plan> Shrink(Plan plan)
    {
        for (var half = plan.Steps.Count / 2; half > 1; half /= 2)
            for (var at = 0; at < plan.Steps.Count; at += half)
                yield return plan with { Steps = [.. plan.Steps.Take(at), .. plan.Steps.Skip(at + half)] };
        for (var i = 0; i < plan.Steps.Count; i++) yield return plan with { Steps = [.. plan.Steps.Where((_, at) => at != i)] };
        if (!plan.IsReal) yield return plan with { IsReal = true };
        if (plan.Twice) yield return plan with { Twice = false };
        for (var i = 0; i < plan.Places.Count; i++)
            for (var bits = plan.Places[i]; bits != 0; bits &= bits - 1)
                yield return plan with { Places = [.. plan.Places.Select((place, at) => at == i ? place & ~(bits & -bits) : place)] };
    }

    private sealed class Running
    {
        private readonly Stage stage;
        private readonly List<TargetGroup> groups;
        private readonly List<Instance> instances;
        private readonly HashSet<string> left = [];
        private readonly Dictionary<string, string> addresses;
        private readonly HashSet<string> reused = [];
        private readonly bool shortHook;
        private readonly bool runsOut;
        private readonly List<(SqsQueue Queue, string Body)> sent = [];
        private readonly HashSet<string> known = [];
        private readonly bool reconciles;
        private int toLose;
        private Task crowd = Task.CompletedTask;

        public Running(Stage stage, Plan plan)
        {
            this.stage = stage;
            groups = [.. plan.Groups.Select((kind, i) => stage.Group($"g{i}", Delays[kind % 6], kind < 8 ? "instance" : "ip"))];
            instances = [.. plan.Places.Select((_, i) => stage.Launch(new InstanceSpec { SpotBehavior = i % 2 == 0 ? "terminate" : null }))];
            addresses = instances.ToDictionary(instance => instance.Id, instance => instance.PrivateIpAddress!);
            for (var i = 0; i < instances.Count; i++)
                for (var g = 0; g < groups.Count; g++)
                    if ((plan.Places[i] >> g & 1) != 0) stage.Register(groups[g], instances[i], port: i % 2 == 0 ? null : 8080 + g);
            reconciles = plan.Reconciles;
            shortHook = Heartbeats[plan.Heartbeat] < 3600;
            runsOut = shortHook || plan.Steps.Any(step => step.Act == Act.InterruptSpot);
            stage.World.Journal.Written += entry =>
            {
                if (entry is MessageSent message && Disorder.QueueOf(stage, message.Queue) is { } queue && known.Add(message.Body)) sent.Add((queue, message.Body));
            };
            // The last one stands alone.
            stage.Scale("web", Heartbeats[plan.Heartbeat], [.. instances.Take(instances.Count - 1)]);
        }

        /// <summary>Whether the event that comes now gets lost.</summary>
        public bool Loses() => toLose > 0 && toLose-- > 0;

        public async Task DoAsync(Step step)
        {
            var instance = instances[step.A % instances.Count];
            var group = groups.Count > 0 ? groups[step.B % groups.Count] : null;
            try
            {
                switch (step.Act)
                {
                    case Act.Wait: await stage.Pass(step.A * (1 + step.B % 10)); break;
                    case Act.ScaleIn when stage.World.AutoScaling.Member(instance.Id) is not null && left.Add(instance.Id): stage.ScaleIn(instance); break;
                    case Act.Terminate when instance.State == "running":
                        // The hook's action, where there is one, dies with the instance; and so may what is known of its addresses.
                        stage.Ledger.AddressesMayStay = true;
                        left.Add(instance.Id);
                        stage.Terminate(instance);
                        break;
                    case Act.InterruptSpot when instance is { State: "running", SpotBehavior: not null }:
                        left.Add(instance.Id);
                        stage.Interrupt(instance);
                        break;
                    case Act.OtherDeregisters when group is not null:
                        stage.World.LoadBalancing.Deregister(
                            group.Arn, [.. stage.World.LoadBalancing.Targets(group.Arn).Where(target => Is(instance, target)).Select(target => target.Target)]);
                        break;
                    case Act.OtherRegisters when group is not null && instance.State == "running":
                        stage.Register(group, instance, step.A % 3 == 0 ? 9000 + step.A : null);
                        break;
                    case Act.DeleteGroup when group is not null:
                        groups.Remove(group);
                        stage.Delete(group);
                        break;
                    // Not while something drains: AWS does not say which delay counts then, and whoever comes later can only ask for the new one.
                    case Act.ChangeDelay when group is not null && !stage.World.LoadBalancing.Targets(group.Arn).Any(target => target.Health.State == "draining"):
                        stage.World.LoadBalancing.SetAttribute(
                            group.Arn, "deregistration_delay.timeout_seconds", $"{Delays[step.A % Delays.Length]}");
                        break;
                    case Act.Repeat:
                        foreach (var (queue, body) in sent.Where(message => !Poisons.Contains(message.Body)).ToList())
                        {
                            queue.Send(body, TimeSpan.FromSeconds(step.A));
                            queue.Send(body, TimeSpan.FromMinutes(step.B * 2));
                        }
                        break;
                    case Act.Lose when reconciles:
                        if (shortHook) stage.Ledger.ActionsMayTimeOut = true;
                        toLose += 1 + (step.A % 3);
                        break;
                    case Act.Slow: Slow(step); break;
                    case Act.Crowd when crowd.IsCompleted:
                        if (runsOut) stage.Ledger.AddressesMayStay = true;
                        crowd = Crowd.ComeAsync(stage, step.A % 2 == 0 ? 0.10 : 0.02, TimeSpan.FromMinutes(10));
                        break;
                    case Act.FreshHost when group is not null:
                        var reuses = instance.State == "terminated" && addresses.TryGetValue(instance.Id, out var freed) && reused.Add(freed);
                        var host = stage.Launch(reuses ? new InstanceSpec { Interfaces = [new InterfaceSpec { Address = addresses[instance.Id] }] } : null);
                        stage.Register(group, host);
                        break;
                    case Act.Fault: Arm(step); break;
                    case Act.Crash: ArmCrash(step); break;
                    case Act.Poison: stage.Poison(Poisons[step.A % Poisons.Length]); break;
                }
            }
            catch (AwsErrorException)
            {
                // AWS refuses it: an address that still drains, say.
            }
        }

        private static bool Is(Instance instance, TargetStatus target) =>
            target.Target.Id == instance.Id || target.Target.Id == instance.PrivateIpAddress;

        private void Arm(Step step)
        {
            if (shortHook) stage.Ledger.ActionsMayTimeOut = true;
            // The instance may be gone before it is looked for again, and with it what EC2 tells of its addresses.
            if (runsOut) stage.Ledger.AddressesMayStay = true;
            stage.World.Faults.Add(new FaultRule(FaultKinds.All.Values.ElementAt(step.A % FaultKinds.All.Count))
            {
                Operation = Operations[step.B % Operations.Length],
                When = call => call.Principal == Installation.FunctionAccessKeyId,
                Times = 1 + (step.A % 6),
                Until = stage.Clock.GetUtcNow() + TimeSpan.FromMinutes(10),
            });
        }

        private void Slow(Step step)
        {
            var kind = step.A % FaultKinds.Slow.Count;
            var isOutage = kind == FaultKinds.Slow.Count - 1;
            if (isOutage && shortHook) stage.Ledger.ActionsMayTimeOut = true;
            if (runsOut) stage.Ledger.AddressesMayStay = true;
            stage.World.Faults.Add(new FaultRule(FaultKinds.Slow.Values.ElementAt(kind))
            {
                Operation = Operations[step.B % Operations.Length],
                When = call => call.Principal == Installation.FunctionAccessKeyId,
                Until = stage.Clock.GetUtcNow() + TimeSpan.FromMinutes(10),
            });
        }

        private void ArmCrash(Step step)
        {
            if (shortHook) stage.Ledger.ActionsMayTimeOut = true;
            // The instance may be gone before it is looked for again, and with it what EC2 tells of its addresses.
            if (runsOut) stage.Ledger.AddressesMayStay = true;
            stage.Ledger.CrashesAreMeant();
            var calls = step.A % 7;
            stage.World.Faults.Add(new FaultRule(step.B % 2 == 0 ? Fault.ConnectionReset : Fault.ConnectionResetAfterEffect)
            {
                When = call => call.Principal == Installation.FunctionAccessKeyId && calls-- == 0 && stage.Installation.Function.Crash() > 0,
            });
        }
    }
}
