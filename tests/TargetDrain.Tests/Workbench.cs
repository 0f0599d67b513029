using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using TargetDrain.Calls;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Queues;
using TargetDrain.Local.Hosting;
using TargetDrain.Queue;
using TargetDrain.Targets;
using TargetDrain.Telemetry;

namespace TargetDrain.Tests;

/// <summary>One part of the function on an emulated account in virtual time, without the rest of it.</summary>
internal sealed class Workbench
{
    public Workbench()
    {
        World = new World(Clock);
        Aws = AwsClients.Create(new InProcessTransport(World), new BasicAWSCredentials("key", "secret"), "us-east-1");
        Metrics = new DrainMetrics("test", "test", Clock);
        Api = new AwsApi(new CallGate(new CallRate(1000, 1000), 100, Clock), Metrics, Clock, () => 0.5);
    }

    public VirtualClock Clock { get; } = new();

    public World World { get; }

    public AwsClients Aws { get; }

    public AwsApi Api { get; }

    public DrainMetrics Metrics { get; }

    public LogLines Log { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public Task Pass(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Clock);

    /// <summary>The operation fails, so often; always where nothing is said.</summary>
    public void Fail(string operation, int? times = null, string? resource = null) => World.Faults.Add(
        new FaultRule(Fault.AccessDenied) { Operation = operation, Times = times, When = call => resource is null || call.Resource == resource });

    public int Calls(string operation) => World.Journal.Of<ApiCalled>().Count(call => call.Operation == operation);

    public string Group(string name, string type = "instance", double delay = 300, string protocol = "HTTP", string? tag = null) =>
        World.LoadBalancing.CreateTargetGroup(new TargetGroupSpec(name)
        {
            TargetType = type, Protocol = protocol, DeregistrationDelay = TimeSpan.FromSeconds(delay),
            Tags = tag is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [tag] = "yes" },
        }).Arn;

    /// <summary>Everything that is registered in a group.</summary>
    public Task<IReadOnlyList<Registration>> RegisteredAsync(string groupArn) => new TargetHealthReader(Aws.LoadBalancing, Api)
        .ReadAsync(groupArn, target => target.Id, Urgency.Normal, CancellationToken.None);

    /// <param name="bulletins">Where environments tell each other.</param>
    public TargetSearch Search(GroupHistory history, SqsQueue bulletins, AwsApi? compute = null, AwsApi? health = null)
    {
        var options = new DrainOptions();
        return new TargetSearch(
            new InstanceLookup(Aws.Compute, compute ?? Api), new TargetGroupCatalog(Aws.LoadBalancing, Api, new TargetGroupScope(options)),
            new TargetHealthReader(Aws.LoadBalancing, health ?? Api), new Deregistrar(Aws.LoadBalancing, Api, options.DryRun, Metrics, Clock, Log),
            new DeregistrationDelays(Aws.LoadBalancing, Api, Log), history,
            new BulletinBoard(Aws.Queues, Api, World.Queues.UrlOf(bulletins), Clock, Log), new CallRate(1000, 1000), options, Metrics, Clock, Log);
    }

    internal sealed class LogLines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
