using System.Text.Json.Nodes;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Deployment;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;

namespace TargetDrain.Local.Hosting;

/// <summary>
/// TargetDrain as template.yaml installs it, inside an emulated account: queue and dead-letter queue, rules, event
/// source, settings and permissions. Whoever uses it brings the function itself.
/// </summary>
internal sealed class Installation : IDisposable
{
    public const string FunctionName = "target-drain";

    /// <summary>Signs the function's calls, so that the emulated IAM can tell them from a person's.</summary>
    public const string FunctionAccessKeyId = "AKIATARGETDRAIN00000";

    private readonly SqsEventSource source;
    private readonly SqsEventSource urgentSource;

    /// <param name="functionClock">By which runs are billed and time out; the world's own when not given.</param>
    public Installation(
        World world, InstallationOptions options, Func<LambdaSettings, FunctionHandler> host, TimeProvider? functionClock = null)
    {
        World = world;
        var stack = new InstalledStack(options, world.Options);
        DeadLetters = world.Queues.Create(InstalledStack.DeadLetterQueueName, stack.DeadLetterQueue());
        Queue = Create(InstalledStack.QueueName, "Queue");
        UrgentQueue = Create(InstalledStack.UrgentQueueName, "UrgentQueue");
        var settings = stack.Function(FunctionName, world.Options, world.Queues.UrlOf(Queue), world.Queues.UrlOf(UrgentQueue));
        Settings = settings with { Timeout = options.Timeout ?? settings.Timeout };
        EventSource = options.EventSource ?? stack.EventSource();
        world.Permissions.Grant(FunctionAccessKeyId, stack.Policy);
        Function = new LambdaFunction(Settings, host(Settings), functionClock ?? world.Clock, world.Journal);
        source = new SqsEventSource(Queue, Function, EventSource, world.Clock);
        var urgentEventSource = stack.EventSource("UrgentEventSource");
        urgentSource = new SqsEventSource(UrgentQueue, Function, urgentEventSource, world.Clock);
        foreach (var rule in stack.RulesToInstall) Add(rule);
        foreach (var alarm in stack.Alarms(world.Queues)) world.Alarms.Put(alarm);
        world.Stack.Add(new InstalledFunction(Settings, new InstalledEventSource(Queue, EventSource), new InstalledEventSource(UrgentQueue, urgentEventSource)));
        world.Stack.Add(stack.Describe(Settings, name => world.Queues.UrlOf(world.Queues.List(name).Single(queue => queue.Name == name)), world.Clock.GetUtcNow()));
        source.Start();
        urgentSource.Start();

        // Through EventBridge's own calls, so that the rules are told like any others.
        void Add(InstalledRule rule)
        {
            var queue = rule.IsUrgent ? UrgentQueue : Queue;
            Tell("PutRule", new JsonObject
            {
                ["Name"] = rule.Name, ["EventPattern"] = rule.Pattern, ["State"] = rule.IsEnabled ? "ENABLED" : "DISABLED", ["Description"] = rule.Description,
            });
            Tell("PutTargets", new JsonObject { ["Rule"] = rule.Name, ["Targets"] = new JsonArray(new JsonObject { ["Id"] = rule.IsUrgent ? "UrgentQueue" : "Queue", ["Arn"] = queue.Arn }) });
        }

        void Tell(string operation, JsonObject input) => world.Rules.InvokeAsync(operation, input, CancellationToken.None).GetAwaiter().GetResult();

        SqsQueue Create(string name, string resource)
        {
            var attributes = stack.Queue(resource, DeadLetters.Arn);
            return world.Queues.Create(name, attributes with { VisibilityTimeout = options.VisibilityTimeout ?? attributes.VisibilityTimeout });
        }
    }

    public World World { get; }

    public SqsQueue Queue { get; }

    public SqsQueue UrgentQueue { get; }

    public SqsQueue DeadLetters { get; }

    /// <summary>Messages in both queues, delayed and in flight ones too.</summary>
    public int Waiting => Queue.Counts.All + UrgentQueue.Counts.All;

    public LambdaSettings Settings { get; }

    public EventSourceOptions EventSource { get; }

    public LambdaFunction Function { get; }

    /// <summary>The function in this process, on the world's clock.</summary>
    public static Installation InProcess(World world, InstallationOptions? options = null, int seed = 1)
    {
        var random = new Random(seed);
        return new Installation(world, options ?? new InstallationOptions(), settings =>
            new InProcessEnvironments(() => FunctionInProcess.Start(world, settings, FunctionAccessKeyId, random.NextDouble)).InvokeAsync);
    }

    public void Dispose()
    {
        source.Dispose();
        urgentSource.Dispose();
    }
}
