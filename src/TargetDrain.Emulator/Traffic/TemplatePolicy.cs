using YamlDotNet.RepresentationModel;

namespace TargetDrain.Emulator.Traffic;

/// <summary>What is known when a template becomes a stack.</summary>
public sealed record TemplateContext
{
    public string Account { get; init; } = "123456789012";

    public string Region { get; init; } = "us-east-1";

    /// <summary>Instead of the template's defaults.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of resources by logical id. Without one, QueueName and the like, or else the logical id itself.</summary>
    public IReadOnlyDictionary<string, string> PhysicalNames { get; init; } = new Dictionary<string, string>();
}

/// <summary>The permissions that a SAM template gives its function.</summary>
public static class TemplatePolicy
{
    /// <summary>The inline policies of the template's AWS::Serverless::Function, and what SAM adds for its SQS events.</summary>
    /// <exception cref="InvalidDataException">There is no such function, or a condition that cannot be enforced.</exception>
    public static IReadOnlyList<PolicyStatement> Load(string path, TemplateContext? context = null)
    {
        using var text = File.OpenText(path);
        var stream = new YamlStream();
        stream.Load(text);
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        var template = new Template(root, context ?? new TemplateContext());
        var function = template.Resources.Values.FirstOrDefault(resource => Template.TypeOf(resource) == "AWS::Serverless::Function")
            ?? throw new InvalidDataException($"{path} has no AWS::Serverless::Function");
        var properties = template.Resolve(Template.Child(function, "Properties")) as Dictionary<string, object?> ?? [];
        var statements = new List<PolicyStatement>();
        foreach (var policy in Items(properties.GetValueOrDefault("Policies")).OfType<Dictionary<string, object?>>())
            foreach (var statement in Items(policy.GetValueOrDefault("Statement")).OfType<Dictionary<string, object?>>())
                if (Read(statement) is { } read) statements.Add(read);
        if (properties.GetValueOrDefault("Events") is Dictionary<string, object?> events)
            statements.AddRange(events.Values.OfType<Dictionary<string, object?>>().Select(OfEvent).OfType<PolicyStatement>());
        return statements;
    }

    private static PolicyStatement? Read(Dictionary<string, object?> statement)
    {
        if (statement.GetValueOrDefault("Effect") as string is "Deny")
            throw new InvalidDataException("Deny statements are not enforced here; write the policy with Allow only.");
        return new PolicyStatement(Texts(statement.GetValueOrDefault("Action")), Texts(statement.GetValueOrDefault("Resource")))
        {
            ResourceTags = TagsOf(statement.GetValueOrDefault("Condition") as Dictionary<string, object?> ?? []),
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> TagsOf(Dictionary<string, object?> condition)
    {
        var tags = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (test, keys) in condition)
        {
            if (test is not ("StringEquals" or "StringLike") || keys is not Dictionary<string, object?> entries)
                throw new InvalidDataException($"The condition {test} is not enforced here; StringEquals and StringLike are.");
            foreach (var (key, value) in entries)
            {
                var tag = key.IndexOf("ResourceTag/", StringComparison.OrdinalIgnoreCase);
                if (tag < 0) throw new InvalidDataException($"The condition key {key} is not enforced here; aws:ResourceTag/… is.");
                tags[key[(tag + "ResourceTag/".Length)..]] = Texts(value);
            }
        }
        return tags;
    }

    // SAM attaches AWSLambdaSQSQueueExecutionRole for an SQS event.
    private static PolicyStatement? OfEvent(Dictionary<string, object?> eventSource) =>
        eventSource.GetValueOrDefault("Type") as string == "SQS"
            ? new PolicyStatement(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], ["*"])
            : null;

    private static List<string> Texts(object? value) => [.. Items(value).OfType<string>()];

    private static List<object?> Items(object? value) => value switch
    {
        null => [],
        List<object?> list => list,
        _ => [value],
    };
}
