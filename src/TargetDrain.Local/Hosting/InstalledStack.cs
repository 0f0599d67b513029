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
        var path = options.Template ?? Path.Combine(AppContext.BaseDirectory, "template.yaml");
        var names = new Dictionary<string, string>
        {
            ["Queue"] = QueueName, ["UrgentQueue"] = UrgentQueueName, ["DeadLetterQueue"] = DeadLetterQueueName,
            ["DrainFunction"] = Installation.FunctionName,
        };
        foreach (var (queue, isFifo) in StackTemplate.QueuesIn(path)) names.TryAdd(queue, $"{QueueName}-{queue}{(isFifo ? ".fifo" : "")}");
        template = new StackTemplate(path, new StackContext
        {
            Account = world.Account,
            Region = world.Region,
            Parameters = ParametersFor(options.Environment),
            PhysicalNames = names,
        });
    }

    /// <summary>Name and event pattern of every rule that is on and has one.</summary>
    public IReadOnlyDictionary<string, string> Rules => template.OfType("AWS::Events::Rule")
        .Where(rule => Text(rule.Properties["State"]) == "ENABLED" && rule.Properties["EventPattern"] is not null)
        .ToDictionary(rule => rule.Name, rule => rule.Properties["EventPattern"]!.ToJsonString());

    /// <param name="chosen">Names and patterns of the only ones wanted; null for all. One that the template lacks feeds the queue.</param>
    public void InstallRules(World world, IReadOnlyDictionary<string, string>? chosen)
    {
        var rules = StackRules.Of(template).ToDictionary(rule => Text(rule.Rule["Name"]));
        StackRules.Install(world.Rules, chosen is null ? rules.Values : chosen.Select(rule => (
            new JsonObject { ["Name"] = rule.Key, ["EventPattern"] = rule.Value },
            rules.TryGetValue(rule.Key, out var known) ? known.Targets : ToQueue(rule.Key, world))));
    }

    private static JsonObject ToQueue(string rule, World world) => new()
    {
        ["Rule"] = rule,
        ["Targets"] = new JsonArray(new JsonObject { ["Id"] = "Queue", ["Arn"] = world.Queues.Find(QueueName)!.Arn }),
    };

    public IReadOnlyList<PolicyStatement> Policy => StackPolicy.Of(template);

    /// <param name="name">Of the resource, such as Queue or UrgentQueue.</param>
    public QueueAttributes Queue(string name) => StackQueues.Attributes(template.Properties(name));

    /// <summary>Makes the queues that are not there yet; dead-letter queues first, because the others name them.</summary>
    public void InstallQueues(World world)
    {
        foreach (var (name, properties) in template.OfType("AWS::SQS::Queue").OrderBy(queue => queue.Properties.ContainsKey("RedrivePolicy")))
            if (world.Queues.FindByArn(template.Arn(name)) is null)
                world.Queues.Create(template.Arn(name).Split(':')[^1], StackQueues.Attributes(properties));
    }

    /// <summary>The function's event sources, by the names of their resources: the ARN of the queue, and how it feeds.</summary>
    public IReadOnlyDictionary<string, (string QueueArn, EventSourceOptions Options)> EventSources =>
        template.OfType("AWS::Lambda::EventSourceMapping").ToDictionary(
            source => source.Name, source => (Text(source.Properties["EventSourceArn"]), StackQueues.EventSource(source.Properties)));

    public EventSourceOptions EventSource() => EventSources["QueueEventSource"].Options;

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
