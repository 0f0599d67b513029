using System.Collections.Concurrent;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.CloudWatch;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Deployment;
using TargetDrain.Emulator.Events;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Queues;

namespace TargetDrain.Emulator;

/// <summary>
/// One emulated AWS account in one region. Use it from C# through its services, or speak to <see cref="Endpoint"/> as an
/// SDK does. Moves only by the clock it is given.
/// </summary>
internal sealed partial class World
{
    private readonly ConcurrentDictionary<string, World> regions = new(StringComparer.Ordinal);

    public World(TimeProvider clock, WorldOptions? options = null)
    {
        Clock = clock;
        Options = options ?? new WorldOptions();
        Journal = new WorldJournal(clock);
        var context = new ServiceContext(new StateLock(Journal), new Scheduler(clock), new IdSource(Options.Seed), Options);
        Events = new EventBus(clock, Journal, Options.Account, Options.Region, context.Ids.Uuid)
        {
            Lost = Options.EventsLost, Doubled = Options.EventsDoubled, Random = new Random(Options.Seed),
        };
        Compute = new ElasticCompute(context, Events);
        LoadBalancing = new ElasticLoadBalancing(context, Compute);
        AutoScaling = new AutoScalingGroups(context, Compute, LoadBalancing, Events);
        Compute.StateChanged += LoadBalancing.Follow;
        Compute.StateChanged += AutoScaling.Follow;
        Compute.SpotInterrupted += AutoScaling.Interrupt;
        Queues = new QueueService(clock, Journal, Options.Account, Options.Region);
        AutoScaling.Notify = (arn, body) => Queues.FindByArn(arn)?.Send(body);
        // Topics and functions are told by whoever plays them.
        AutoScaling.NotifyOnly(arn => !arn.Contains(":sqs:", StringComparison.Ordinal) || Queues.FindByArn(arn) is { IsFifo: false });
        Throttle = new Throttle(clock);
        Faults = new ArmedFaults(clock);
        Permissions = new Permissions(arn => LoadBalancing.SeekTags(arn) ?? AutoScaling.SeekTags(arn));
        Stack = new StackRegistry(Options, Queues);
        Endpoint = new AwsEndpoint(this, context.Ids,
        [
            new LoadBalancingQueryApi(LoadBalancing, context.State).Service,
            new ComputeQueryApi(context, Compute).Service,
            new AutoScalingQueryApi(context, AutoScaling, Compute).Service,
            new IdentityApi(context).Service,
            new StackQueryApi(Stack, context.State).Service,
        ])
        {
            Rest = new FunctionRestApi(Stack).Service,
        };
        Endpoint.Add(new JsonService("AmazonSQS.", "sqs", new SqsApi(Queues).InvokeAsync)
        {
            Model = ServiceModel.Of("sqs"), Carry = TraceHeaders.Carry,
        });
        Rules = new EventBridgeApi(Events, new EventTargets(Queues, arn => Stack.Function(arn)?.Invoke), clock);
        Endpoint.Add(new JsonService("AWSEvents.", "events", Rules.InvokeAsync) { Model = ServiceModel.Of("events") });
        Alarms = new AlarmBook(Options, clock);
        Endpoint.Add(new JsonService("GraniteServiceVersion20100801.", "cloudwatch", Alarms.InvokeAsync) { Model = ServiceModel.Of("monitoring") });
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
    public ArmedFaults Faults { get; }

    /// <summary>Who may call what; principals without a policy may do everything.</summary>
    public Permissions Permissions { get; }

    /// <summary>What is installed, as the services that describe installations tell it.</summary>
    public StackRegistry Stack { get; }

    /// <summary>The rules on the bus, as EventBridge's own API makes and tells them.</summary>
    public EventBridgeApi Rules { get; }

    public AlarmBook Alarms { get; }

    public AwsEndpoint Endpoint { get; }

    /// <summary>The same account in another region, where nothing is until somebody makes it; null when there is no such region.</summary>
    public World? Elsewhere(string region) => RegionName().IsMatch(region)
        ? regions.GetOrAdd(region, name => new World(Clock, Options with { Region = name }))
        : null;

    [GeneratedRegex(@"\A(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-[1-9]\z")]
    private static partial Regex RegionName();
}
