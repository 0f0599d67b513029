using TargetDrain.Emulator;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Reliability;

/// <param name="FaultShare">Of every kind of fault, at every call: 0.01 with eleven kinds makes every ninth call fail.</param>
/// <param name="Troubled">
/// All along others eat nine tenths of the account's limits for a minute in every five, one API answers after five seconds, one
/// message in twenty comes again an hour later, fresh hosts come, and one instance in twenty is registered again while it drains.
/// </param>
/// <param name="Reconciles">The reconciler runs every five minutes and removes what it finds.</param>
/// <param name="EventsLost">The share of AWS's events that nobody ever hears of.</param>
/// <param name="Outage">The operation that answers nobody for ten minutes, a third into the time; null for none.</param>
internal sealed record SoakPlan(int Terminations, TimeSpan Over, double FaultShare, string? Outage = null, int Groups = 40, int Seed = 1, bool Troubled = false,
    bool Reconciles = false, double EventsLost = 0);

/// <param name="Recovery">From the end of the outage until no message waits any more that came before; null without one.</param>
internal sealed record SoakResult(IReadOnlyList<string> Broken, Figures Figures, int Lost, TimeSpan? Recovery, TimeSpan LongestToDeregister);

/// <summary>Many terminations over a long time, with faults all along and the account's own API limits.</summary>
internal static class Soak
{
    private static readonly TimeSpan CallLatency = TimeSpan.FromMilliseconds(20);

    public static readonly TimeSpan OutageLength = TimeSpan.FromMinutes(10);

    public static SoakResult Run(SoakPlan plan)
    {
        var (figures, recovery) = (new Figures(), (TimeSpan?)null);
        var lateness = new Lateness();
        var broken = Stage.Play(
            async stage =>
            {
                figures = stage.Ledger.Figures;
                lateness.Watch(stage);
                stage.World.Throttle.IsOn = true;
                var random = new Random(plan.Seed);
                var instances = Build(stage, plan, random);
                if (plan.FaultShare > 0) ArmFaults(stage, plan.FaultShare, random);
                // A Spot instance has two minutes; where the outage is longer, EC2 has forgotten its addresses at the end.
                stage.Ledger.AddressesMayStay = plan.Outage is not null;
                if (plan.Troubled) Troubles.Arm(stage, plan.Over, random);
                var watching = WatchOutageAsync(stage, plan);
                var step = plan.Over / plan.Terminations;
                foreach (var instance in instances)
                {
                    Leave(stage, instance, random);
                    if (plan.Troubled) Troubles.Around(stage, instance, random);
                    await stage.Pass(step.TotalSeconds);
                }
                recovery = await watching;
                stage.World.Faults.Clear();
                await stage.Pass(2 * 3600);
            },
            world: new WorldOptions { TargetsPerGroup = 100_000, EventsLost = plan.EventsLost },
            seed: plan.Seed,
            latency: CallLatency,
            reconciles: plan.Reconciles);
        var lost = broken.Count(line => line.StartsWith("lost", StringComparison.Ordinal) || line.StartsWith("left behind", StringComparison.Ordinal));
        return new SoakResult(broken, figures, lost, recovery, lateness.Longest);
    }

    private static List<Instance> Build(Stage stage, SoakPlan plan, Random random)
    {
        // The default subnets are too small for ten thousand.
        var vpc = stage.World.Compute.CreateVpc("10.0.0.0/16");
        var subnet = stage.World.Compute.CreateSubnet(vpc.Id, "10.0.0.0/16");
        var groups = Enumerable.Range(0, plan.Groups)
            .Select(i => stage.Group($"g{i}", delay: 30 + (random.Next(5) * 60), i % 4 == 3 ? "ip" : "instance", vpc.Id)).ToList();
        var instances = new List<Instance>();
        for (var i = 0; i < plan.Terminations; i++)
        {
            var instance = stage.Launch(new InstanceSpec { SubnetId = subnet.Id, SpotBehavior = i % 10 == 0 ? "terminate" : null });
            foreach (var group in random.GetItems<TargetGroup>([.. groups], 3).Distinct()) stage.Register(group, instance);
            instances.Add(instance);
        }
        // Some that stay, in the midst of it all.
        for (var i = 0; i < 100; i++) stage.Register(groups[random.Next(groups.Count)], stage.Launch(new InstanceSpec { SubnetId = subnet.Id }));
        stage.Scale("web", heartbeat: 3600, [.. instances.Where(instance => instance.SpotBehavior is null)]);
        return instances;
    }

    private static void Leave(Stage stage, Instance instance, Random random)
    {
        if (instance.SpotBehavior is not null) stage.Interrupt(instance);
        else stage.ScaleIn(instance);
        if (random.Next(1000) == 0) stage.Poison("""{"detail-type":"EC2 Spot Instance Interruption Warning","source":"aws.ec2"}""");
    }

    private static void ArmFaults(Stage stage, double share, Random random)
    {
        foreach (var fault in FaultKinds.All.Values)
            stage.World.Faults.Add(new FaultRule(fault)
            {
                When = call => call.Principal == Installation.FunctionAccessKeyId && random.NextDouble() < share,
            });
    }

    private static async Task<TimeSpan?> WatchOutageAsync(Stage stage, SoakPlan plan)
    {
        if (plan.Outage is null) return null;
        await stage.Pass(plan.Over.TotalSeconds / 3);
        var rule = stage.World.Faults.Add(new FaultRule(Fault.Unavailable)
        {
            Operation = plan.Outage,
            When = call => call.Principal == Installation.FunctionAccessKeyId,
        });
        await stage.Pass(OutageLength.TotalSeconds);
        stage.World.Faults.Remove(rule);
        var over = stage.Clock.GetUtcNow();
        var before = stage.Ledger.Unfinished();
        while (stage.Ledger.StillUnfinished(before)) await stage.Pass(1);
        return stage.Clock.GetUtcNow() - over;
    }

    /// <summary>How long the targets of an instance stayed in after its event.</summary>
    private sealed class Lateness
    {
        private readonly Dictionary<string, DateTimeOffset> since = [];

        public TimeSpan Longest { get; private set; }

        public void Watch(Stage stage) => stage.World.Journal.Written += entry =>
        {
            switch (entry)
            {
                case Emulator.Journal.LifecycleActionStarted started:
                    since.TryAdd(started.InstanceId, started.At);
                    break;
                case Emulator.Journal.TargetChanged { State: "draining" } change when change.By == Installation.FunctionAccessKeyId:
                    var id = change.Target.Split(':')[0];
                    if (since.TryGetValue(id, out var start) && change.At - start > Longest) Longest = change.At - start;
                    break;
            }
        };
    }
}
