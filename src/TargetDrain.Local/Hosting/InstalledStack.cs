using System.Globalization;
using System.Text.Json.Nodes;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Deployment;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;
using TargetDrain.Emulator.Traffic;

namespace TargetDrain.Local.Hosting;

/// <summary>What template.yaml makes of the installer's choices: rules, queue, event source, settings, permissions.</summary>
internal sealed class InstalledStack
{
    public const string QueueName = "target-drain";
    public const string UrgentQueueName = "target-drain-urgent";
    public const string DeadLetterQueueName = "target-drain-dead-letters";

    private readonly StackTemplate template;

    public InstalledStack(InstallationOptions options, WorldOptions world)
    {
        template = new StackTemplate(options.Template ?? Path.Combine(AppContext.BaseDirectory, "template.yaml"), new StackContext
        {
            Account = world.Account,
            Region = world.Region,
            Parameters = ParametersFor(options.Environment),
            PhysicalNames = new Dictionary<string, string> { ["Queue"] = QueueName, ["UrgentQueue"] = UrgentQueueName, ["DeadLetterQueue"] = DeadLetterQueueName },
        });
    }

    /// <summary>Name and event pattern of every rule that is on.</summary>
    public IReadOnlyDictionary<string, string> Rules => template.OfType("AWS::Events::Rule")
        .Where(rule => Text(rule.Properties["State"]) == "ENABLED")
        .ToDictionary(rule => rule.Name, rule => rule.Properties["EventPattern"]!.ToJsonString());

    /// <summary>Names of the rules whose events go to the urgent queue.</summary>
    public IReadOnlySet<string> UrgentRules => template.OfType("AWS::Events::Rule")
        .Where(rule => Text(rule.Properties["Targets"]![0]!["Id"]) == "UrgentQueue")
        .Select(rule => rule.Name).ToHashSet();

    public IReadOnlyList<PolicyStatement> Policy => StackPolicy.Of(template);

    /// <param name="name">Queue or UrgentQueue.</param>
    public QueueAttributes Queue(string name, string deadLetterQueueArn)
    {
        var properties = template.Properties(name);
        return new QueueAttributes
        {
            VisibilityTimeout = Seconds(properties["VisibilityTimeout"]),
            Retention = Seconds(properties["MessageRetentionPeriod"]),
            Redrive = new RedrivePolicy(deadLetterQueueArn, Whole(properties["RedrivePolicy"]!["maxReceiveCount"])),
        };
    }

    public QueueAttributes DeadLetterQueue() =>
        new() { Retention = Seconds(template.Properties("DeadLetterQueue")["MessageRetentionPeriod"]) };

    /// <param name="name">QueueEventSource or UrgentEventSource.</param>
    public EventSourceOptions EventSource(string name = "QueueEventSource")
    {
        var properties = template.Properties(name);
        return new EventSourceOptions
        {
            BatchSize = Whole(properties["BatchSize"]),
            Window = Seconds(properties["MaximumBatchingWindowInSeconds"]),
            MaximumConcurrency = Whole(properties["ScalingConfig"]!["MaximumConcurrency"]),
            ReportBatchItemFailures = properties["FunctionResponseTypes"]!.AsArray().Any(type => Text(type) == "ReportBatchItemFailures"),
        };
    }

    public LambdaSettings Function(string name, WorldOptions world, string queueUrl, string urgentQueueUrl)
    {
        var properties = template.Properties("DrainFunction");
        var variables = properties["Environment"]!["Variables"]!.AsObject().ToDictionary(entry => entry.Key, entry => Text(entry.Value));
        (variables["QUEUE_URL"], variables["URGENT_QUEUE_URL"]) = (queueUrl, urgentQueueUrl);
        return new LambdaSettings(name, world.Account, world.Region)
        {
            Timeout = Seconds(properties["Timeout"]), MemorySize = Whole(properties["MemorySize"]), Environment = variables,
            // Without the property Lambda stops loops.
            RecursiveLoop = properties["RecursiveLoop"] is { } loop ? Text(loop) : "Terminate",
        };
    }

    private static Dictionary<string, string> ParametersFor(IReadOnlyDictionary<string, string> variables)
    {
        // A local installation is there to be played with, by operators' requests too.
        var parameters = new Dictionary<string, string> { ["OperatorRequests"] = "true" };
        foreach (var (name, value) in variables)
        {
            if (name == "LIFECYCLE_HOOK_NAMES" && value.Contains('*')) parameters["LifecycleHookPattern"] = value;
            else if (name != "TARGET_GROUP_TAG") parameters[ParameterName(name)] = value;
            else if (value.Split('=', 2) is [var key, .. var rest])
                (parameters["TargetGroupTagKey"], parameters["TargetGroupTagValue"]) = (key, string.Concat(rest));
        }
        return parameters;
    }

    // DRY_RUN is set by the parameter DryRun, and so on.
    private static string ParameterName(string variable) =>
        string.Concat(variable.Split('_').Select(word => $"{word[0]}{word[1..].ToLowerInvariant()}"));

    private static string Text(JsonNode? value) => value!.GetValue<string>();

    private static int Whole(JsonNode? value) => int.Parse(Text(value), CultureInfo.InvariantCulture);

    private static TimeSpan Seconds(JsonNode? value) => TimeSpan.FromSeconds(Whole(value));
}
