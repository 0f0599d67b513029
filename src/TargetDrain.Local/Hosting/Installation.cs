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

    private readonly List<SqsEventSource> sources = [];

    /// <param name="functionClock">By which runs are billed and time out; the world's own when not given.</param>
    public Installation(
        World world, InstallationOptions options, Func<LambdaSettings, FunctionHandler> host, TimeProvider? functionClock = null)
    {
        World = world;
        var stack = new InstalledStack(options, world.Options);
        DeadLetters = world.Queues.Create(InstalledStack.DeadLetterQueueName, stack.Queue("DeadLetterQueue"));
        Queue = Create(InstalledStack.QueueName, "Queue");
        UrgentQueue = Create(InstalledStack.UrgentQueueName, "UrgentQueue");
        stack.InstallQueues(world);
        var settings = stack.Function(FunctionName, world.Options, world.Queues);
        Settings = settings with { Timeout = options.Timeout ?? settings.Timeout };
        EventSource = options.EventSource ?? stack.EventSource();
        world.Permissions.Grant(FunctionAccessKeyId, stack.Policy);
        Function = new LambdaFunction(Settings, host(Settings), functionClock ?? world.Clock, world.Journal);
        var mappings = stack.EventSources(world.Queues, options.EventSource).Values.ToList();
        foreach (var mapping in mappings.Where(mapping => mapping.IsEnabled)) sources.Add(new SqsEventSource(mapping.Queue, Function, mapping.Options, world.Clock));
        world.Stack.Add(new InstalledFunction(Settings, mappings) { Invoke = new AsyncInvoker(Function, world.Clock).Post });
        // Through EventBridge's own calls, so that the rules are told like any others.
        StackRules.Install(world.Rules, stack.RulesToInstall.Where(rule => options.Scheduled || rule.Pattern is not null));
        foreach (var alarm in stack.Alarms(world.Queues)) world.Alarms.Put(alarm);
        world.Stack.Add(stack.Describe(Settings, world.Queues, world.Clock.GetUtcNow()));
        foreach (var source in sources) source.Start();

        SqsQueue Create(string name, string resource)
        {
            var attributes = stack.Queue(resource);
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
        foreach (var source in sources) source.Dispose();
    }
}
