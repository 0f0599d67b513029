using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Events;
using TargetDrain.Emulator.Identity;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Queues;
using TargetDrain.Emulator.Traffic;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator;

/// <summary>
/// One emulated AWS account in one region. Use it from C# through its services, or speak to <see cref="Endpoint"/> as an
/// SDK does. Moves only by the clock it is given.
/// </summary>
public sealed class World
{
    public World(TimeProvider clock, WorldOptions? options = null)
    {
        Clock = clock;
        Options = options ?? new WorldOptions();
        Journal = new WorldJournal(clock);
        var state = new StateLock(Journal);
        var agenda = new Agenda(clock);
        var ids = new IdSource(Options.Seed);
        Events = new EventBus(clock, Journal, Options.Account, Options.Region, ids.Uuid);
        Compute = new ElasticCompute(state, agenda, ids, Events, Options);
        LoadBalancing = new ElasticLoadBalancing(state, agenda, ids, Compute, Options);
        AutoScaling = new AutoScalingGroups(state, agenda, ids, Compute, LoadBalancing, Events, Options);
        Queues = new QueueService(clock, Journal, Options.Account, Options.Region);
        AutoScaling.Notify = (arn, body) => Queues.FindByArn(arn)?.Send(body);
        Throttle = new Throttle(clock);
        Faults = new Faults(clock);
        Permissions = new Permissions(arn => LoadBalancing.SeekTags(arn) ?? AutoScaling.SeekTags(arn));
        Endpoint = new AwsEndpoint(this, ids,
        [
            new LoadBalancingQueryApi(LoadBalancing, state).Service,
            new ComputeQueryApi(Compute, state, Options).Service,
            new AutoScalingQueryApi(AutoScaling, state).Service,
            new SecurityTokenQueryApi(Options).Service,
        ]);
        Endpoint.AddJsonService("AmazonSQS.", "sqs", new SqsApi(Queues).InvokeAsync);
        Endpoint.AddJsonService("AWSEvents.", "events", new EventBridgeApi(Events, new EventTargets(Queues), clock).InvokeAsync);
    }

    public TimeProvider Clock { get; }

    public WorldOptions Options { get; }

    public WorldJournal Journal { get; }

    public EventBus Events { get; }

    public ElasticCompute Compute { get; }

    public ElasticLoadBalancing LoadBalancing { get; }

    public AutoScalingGroups AutoScaling { get; }

    public QueueService Queues { get; }

    /// <summary>The account's API limits; off until switched on.</summary>
    public Throttle Throttle { get; }

    /// <summary>How long calls take; nothing unless set.</summary>
    public Latency Latency { get; } = new();

    /// <summary>What goes wrong, on demand.</summary>
    public Faults Faults { get; }

    /// <summary>Who may call what; principals without a policy may do everything.</summary>
    public Permissions Permissions { get; }

    public AwsEndpoint Endpoint { get; }
}
