using System.Globalization;
using System.Text.Json.Nodes;
using TargetDrain.Emulator;
using TargetDrain.Emulator.CloudWatch;
using TargetDrain.Emulator.Deployment;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;
using TargetDrain.Emulator.Traffic;

namespace TargetDrain.Local.Hosting;

/// <param name="IsUrgent">Its events go to the urgent queue.</param>
internal sealed record InstalledRule(string Name, string Pattern, bool IsEnabled, bool IsUrgent, string Description);

/// <summary>What template.yaml makes of the installer's choices: rules, queue, event source, settings, permissions.</summary>
internal sealed class InstalledStack
{
    public const string StackName = "target-drain";
    public const string QueueName = "target-drain";
    public const string UrgentQueueName = "target-drain-urgent";
    public const string DeadLetterQueueName = "target-drain-dead-letters";

    private readonly StackTemplate template;
    private readonly StackContext context;
    private readonly IReadOnlyDictionary<string, string>? ownRules;

    public InstalledStack(InstallationOptions options, WorldOptions world)
    {
        var path = options.Template ?? Path.Combine(AppContext.BaseDirectory, "template.yaml");
        var names = StackTemplate.ResourceNames(path).ToDictionary(name => name, name => $"{StackName}-{name}");
        (names["Queue"], names["UrgentQueue"], names["DeadLetterQueue"], names["DrainFunction"]) = (QueueName, UrgentQueueName, DeadLetterQueueName, Installation.FunctionName);
        context = new StackContext
        {
            Account = world.Account, Region = world.Region, StackName = StackName, Parameters = ParametersFor(options.Environment), PhysicalNames = names,
        };
        template = new StackTemplate(path, context);
        ownRules = options.Rules;
    }

    /// <summary>Logical id and event pattern of every rule that is on.</summary>
    public IReadOnlyDictionary<string, string> Rules => OfTemplate.Where(rule => rule.IsEnabled).ToDictionary(rule => rule.Name, rule => rule.Pattern);

    /// <summary>The template's rules, or those that were chosen in their place, by the names they get.</summary>
    public IEnumerable<InstalledRule> RulesToInstall => ownRules is null
        ? OfTemplate.Select(rule => rule with { Name = PhysicalName(rule.Name) })
        : ownRules.Select(own => new InstalledRule(
            PhysicalName(own.Key), own.Value, IsEnabled: true, OfTemplate.Any(rule => rule.IsUrgent && rule.Name == own.Key), own.Key));

    private IEnumerable<InstalledRule> OfTemplate => template.OfType("AWS::Events::Rule").Select(rule => new InstalledRule(
        rule.Name, rule.Properties["EventPattern"]!.ToJsonString(), Text(rule.Properties["State"]) == "ENABLED",
        Text(rule.Properties["Targets"]![0]!["Id"]) == "UrgentQueue", Text(rule.Properties["Description"])));

    /// <summary>The template's alarms; those on queues follow them.</summary>
    public IEnumerable<MetricAlarm> Alarms(QueueService queues) => template.OfType("AWS::CloudWatch::Alarm").Select(alarm =>
    {
        var (name, properties) = alarm;
        var dimensions = properties["Dimensions"]!.AsArray().ToDictionary(item => Text(item!["Name"]), item => Text(item!["Value"]));
        var metric = Text(properties["MetricName"]);
        return new MetricAlarm(
            PhysicalName(name), Text(properties["Namespace"]), metric, dimensions, Text(properties["Statistic"]),
            Text(properties["ComparisonOperator"]), double.Parse(Text(properties["Threshold"]), CultureInfo.InvariantCulture))
        {
            Description = Text(properties["AlarmDescription"]), Period = Whole(properties["Period"]), EvaluationPeriods = Whole(properties["EvaluationPeriods"]),
            DatapointsToAlarm = properties["DatapointsToAlarm"] is { } points ? Whole(points) : null, TreatMissingData = Text(properties["TreatMissingData"]),
            AlarmActions = Texts(properties["AlarmActions"]), OkActions = Texts(properties["OKActions"]),
            Measure = metric == "ApproximateNumberOfMessagesVisible"
                ? () => queues.List().FirstOrDefault(queue => queue.Name == dimensions["QueueName"])?.Counts.Visible
                : null,
        };
    });

    /// <summary>The stack as CloudFormation tells it.</summary>
    /// <param name="queueUrl">The URL of a queue's name.</param>
    public InstalledStackView Describe(LambdaSettings function, Func<string, string> queueUrl, DateTimeOffset created)
    {
        var urls = new Dictionary<string, string> { ["Queue"] = queueUrl(QueueName), ["UrgentQueue"] = queueUrl(UrgentQueueName), ["DeadLetterQueue"] = queueUrl(DeadLetterQueueName) };
        var outputs = template.Outputs.ToDictionary(output => output.Name, output => output.Value);
        foreach (var (name, url) in urls) outputs[$"{name}Url"] = url;
        (outputs["FunctionArn"], outputs["FunctionRoleArn"]) = (function.Arn, $"arn:aws:iam::{function.Account}:role/{function.Name}");
        return new InstalledStackView(
            StackName, $"arn:aws:cloudformation:{function.Region}:{function.Account}:stack/{StackName}/{Guid.NewGuid()}", created,
            template.Parameters(context.Parameters).ToDictionary(parameter => parameter.Name, parameter => parameter.Value), outputs,
            [.. template.Resources.Select(resource => (resource.Name, urls.GetValueOrDefault(resource.Name) ?? PhysicalName(resource.Name), resource.Type))])
        {
            Description = StackTemplate.Word(template.Root["Description"]),
        };
    }

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

    private string PhysicalName(string logicalId) => context.PhysicalNames.GetValueOrDefault(logicalId, logicalId);

    private static IReadOnlyList<string> Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(Text)];

    private static string Text(JsonNode? value) => value!.GetValue<string>();

    private static int Whole(JsonNode? value) => int.Parse(Text(value), CultureInfo.InvariantCulture);

    private static TimeSpan Seconds(JsonNode? value) => TimeSpan.FromSeconds(Whole(value));
}
