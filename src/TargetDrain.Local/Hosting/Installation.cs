using TargetDrain.Emulator;
using TargetDrain.Emulator.Events;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;

namespace TargetDrain.Local.Hosting;

/// <summary>
/// TargetDrain as template.yaml installs it, inside an emulated account: queue and dead-letter queue, rules, event
/// source, and the function's settings. Whoever uses it brings the function itself.
/// </summary>
internal sealed class Installation : IDisposable
{
    public const string FunctionName = "target-drain";

    /// <summary>Signs the function's calls, so that the emulated IAM can tell them from a person's.</summary>
    public const string FunctionAccessKeyId = "AKIATARGETDRAIN00000";

    private readonly SqsEventSource source;

    public Installation(World world, InstallationOptions options, Func<LambdaSettings, FunctionHandler> host)
    {
        World = world;
        DeadLetters = world.Queues.Create($"{FunctionName}-dead-letters", new QueueAttributes { Retention = TimeSpan.FromDays(14) });
        Queue = world.Queues.Create(FunctionName, new QueueAttributes
        {
            VisibilityTimeout = options.VisibilityTimeout,
            Redrive = new RedrivePolicy(DeadLetters.Arn, options.MaxReceiveCount),
        });
        var environment = new Dictionary<string, string>(options.Environment) { ["QUEUE_URL"] = world.Queues.UrlOf(Queue) };
        environment.TryAdd("MAX_RECEIVE_COUNT", options.MaxReceiveCount.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Settings = new LambdaSettings(FunctionName, world.Options.Account, world.Options.Region)
        {
            Timeout = options.Timeout,
            Environment = environment,
        };
        Function = new LambdaFunction(Settings, host(Settings), world.Clock, world.Journal);
        source = new SqsEventSource(Queue, Function, options.EventSource, world.Clock);
        foreach (var (name, pattern) in options.Rules)
            world.Events.Add(new EventRule(name, EventPattern.Parse(pattern).Matches, body => Queue.Send(body)));
        source.Start();
    }

    public World World { get; }

    public SqsQueue Queue { get; }

    public SqsQueue DeadLetters { get; }

    public LambdaSettings Settings { get; }

    public LambdaFunction Function { get; }

    /// <summary>The function in this process, on the world's clock.</summary>
    public static Installation InProcess(World world, InstallationOptions? options = null, int seed = 1)
    {
        var random = new Random(seed);
        return new Installation(world, options ?? new InstallationOptions(), settings =>
            new InProcessEnvironments(() => FunctionInProcess.Start(world, settings, FunctionAccessKeyId, random.NextDouble)).InvokeAsync);
    }

    public void Dispose() => source.Dispose();
}

/// <summary>What an installer chooses.</summary>
internal sealed record InstallationOptions
{
    /// <summary>The function's variables, but for the queue's URL.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromMinutes(6);

    public int MaxReceiveCount { get; init; } = 20;

    public EventSourceOptions EventSource { get; init; } = new()
    {
        BatchSize = 2000,
        Window = TimeSpan.FromSeconds(1),
        MaximumConcurrency = 2,
        ReportBatchItemFailures = true,
    };

    /// <summary>Name and event pattern.</summary>
    public IReadOnlyDictionary<string, string> Rules { get; init; } = new Dictionary<string, string>
    {
        ["lifecycle"] = """{"source":["aws.autoscaling"],"detail-type":["EC2 Instance-terminate Lifecycle Action"]}""",
        ["state"] = """{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],"detail":{"state":["shutting-down"]}}""",
        ["spot"] = """{"source":["aws.ec2"],"detail-type":["EC2 Spot Instance Interruption Warning"]}""",
    };
}
