using TargetDrain.Emulator.CloudWatch;
using TargetDrain.Emulator.Deployment;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;

namespace TargetDrain.Local.Hosting;

/// <summary>What template.yaml makes of the installer's choices: rules, queue, event source, settings, permissions.</summary>
internal sealed class InstalledStack
{
    public const string StackName = "target-drain";
    public const string QueueName = "target-drain";
    public const string UrgentQueueName = "target-drain-urgent";
    public const string DeadLetterQueueName = "target-drain-dead-letters";

    private const string QueueEventSource = "QueueEventSource";

    private readonly StackTemplate template;
    private readonly StackContext context;
    private readonly IReadOnlyDictionary<string, string>? ownRules;

    public InstalledStack(InstallationOptions options, WorldOptions world)
    {
        var path = options.Template ?? Path.Combine(AppContext.BaseDirectory, "template.yaml");
        var names = StackTemplate.PhysicalNames(path, StackName);
        (names["Queue"], names["UrgentQueue"], names["DeadLetterQueue"], names["DrainFunction"]) = (QueueName, UrgentQueueName, DeadLetterQueueName, Installation.FunctionName);
        context = new StackContext
        {
            Account = world.Account, Region = world.Region, StackName = StackName, Parameters = ParametersFor(options.Environment), PhysicalNames = names,
        };
        template = new StackTemplate(path, context);
        ownRules = options.Rules;
    }

    /// <summary>Logical id and event pattern of every rule that is on and has one.</summary>
    public IReadOnlyDictionary<string, string> Rules =>
        StackRules.Of(template).Where(rule => rule is { IsEnabled: true, Pattern: not null }).ToDictionary(rule => rule.LogicalId, rule => rule.Pattern!);

    /// <summary>The template's rules; in place of those on events, what was chosen. One that the template lacks feeds the queue.</summary>
    public IEnumerable<StackRule> RulesToInstall => ownRules is null
        ? StackRules.Of(template)
        : ownRules.Select(own => (StackRules.Of(template).FirstOrDefault(rule => rule.LogicalId == own.Key) ?? ToQueue(own.Key)).With(own.Value))
            .Concat(StackRules.Of(template).Where(rule => rule.Pattern is null));

    private StackRule ToQueue(string name) => new(
        name, new JsonObject { ["Name"] = name },
        new JsonObject { ["Rule"] = name, ["Targets"] = new JsonArray(new JsonObject { ["Id"] = "Queue", ["Arn"] = template.Arn("Queue") }) });

    /// <summary>The template's alarms; those on queues follow them.</summary>
    public IEnumerable<MetricAlarm> Alarms(QueueService queues) => template.OfType("AWS::CloudWatch::Alarm").Select(alarm =>
    {
        var (name, properties) = alarm;
        var dimensions = properties["Dimensions"]!.AsArray().ToDictionary(item => Text(item!["Name"]), item => Text(item!["Value"]));
        var metric = new AlarmMetric(Text(properties["Namespace"]), Text(properties["MetricName"]), dimensions);
        return new MetricAlarm(
            template.PhysicalName(name), metric, Text(properties["Statistic"]), Text(properties["ComparisonOperator"]), double.Parse(Text(properties["Threshold"]), CultureInfo.InvariantCulture))
        {
            Description = Text(properties["AlarmDescription"]), Period = Whole(properties["Period"]), EvaluationPeriods = Whole(properties["EvaluationPeriods"]),
            DatapointsToAlarm = StackTemplate.Whole(properties["DatapointsToAlarm"]), TreatMissingData = Text(properties["TreatMissingData"]),
            AlarmActions = Texts(properties["AlarmActions"]), OkActions = Texts(properties["OKActions"]),
            Measure = metric.Name == "ApproximateNumberOfMessagesVisible"
                ? () => queues.List().FirstOrDefault(queue => queue.Name == dimensions["QueueName"])?.Counts.Visible
                : null,
        };
    });

    /// <summary>The stack as CloudFormation tells it.</summary>
    public InstalledStackView Describe(LambdaSettings function, QueueService queues, DateTimeOffset created)
    {
        var urls = QueueUrls(queues);
        var outputs = template.Outputs.ToDictionary(output => output.Name, output => urls.GetValueOrDefault(output.Value) ?? output.Value);
        outputs["FunctionRoleArn"] = $"arn:aws:iam::{function.Account}:role/{function.Name}";
        return new InstalledStackView(
            StackName, $"arn:aws:cloudformation:{function.Region}:{function.Account}:stack/{StackName}/{Guid.NewGuid()}", created,
            template.Parameters(context.Parameters).ToDictionary(parameter => parameter.Name, parameter => parameter.Value), outputs,
            [.. template.Resources.Select(resource => (resource.Name, urls.GetValueOrDefault(template.Ref(resource.Name)) ?? template.PhysicalName(resource.Name), resource.Type))])
        {
            Description = StackTemplate.Word(template.Root["Description"]),
        };
    }

    /// <summary>The queues' URLs, by those that they would have in AWS.</summary>
    private Dictionary<string, string> QueueUrls(QueueService queues) => template.OfType("AWS::SQS::Queue")
        .ToDictionary(queue => template.Ref(queue.Name), queue => queues.UrlOf(queues.FindByArn(template.Arn(queue.Name))!));

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

    /// <summary>The function's event sources, by the names of their resources.</summary>
    /// <param name="queueSource">How the queue feeds it, in place of what the template says.</param>
    public IReadOnlyDictionary<string, InstalledEventSource> EventSources(QueueService queues, EventSourceOptions? queueSource) =>
        template.OfType("AWS::Lambda::EventSourceMapping").ToDictionary(source => source.Name, source => new InstalledEventSource(
            queues.FindByArn(Text(source.Properties["EventSourceArn"]))!,
            source.Name == QueueEventSource && queueSource is not null ? queueSource : StackQueues.EventSource(source.Properties),
            (string?)source.Properties["Enabled"] == "false" ? "Disabled" : "Enabled"));

    public EventSourceOptions EventSource() => StackQueues.EventSource(template.Properties(QueueEventSource));

    public LambdaSettings Function(string name, WorldOptions world, QueueService queues)
    {
        var properties = template.Properties("DrainFunction");
        var urls = QueueUrls(queues);
        var variables = properties["Environment"]!["Variables"]!.AsObject().ToDictionary(
            entry => entry.Key, entry => urls.GetValueOrDefault(Text(entry.Value)) ?? Text(entry.Value));
        return new LambdaSettings(name, world.Account, world.Region)
        {
            Timeout = TimeSpan.FromSeconds(Whole(properties["Timeout"])), MemorySize = Whole(properties["MemorySize"]), Environment = variables,
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

    private static IReadOnlyList<string> Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(Text)];

    private static string Text(JsonNode? value) => value!.GetValue<string>();

    private static int Whole(JsonNode? value) => StackTemplate.Whole(value)!.Value;
}
