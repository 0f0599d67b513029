using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;

namespace TargetDrain.Emulator.Deployment;

/// <summary>Queues and event sources, from the properties that a template gives them.</summary>
internal static class StackQueues
{
    // What CloudFormation has beside the attributes of SQS, and what only says who may look.
    private static readonly HashSet<string> NotAttributes = ["QueueName", "Tags"];

    public static QueueAttributes Attributes(JsonObject properties)
    {
        var attributes = new JsonObject();
        foreach (var (name, value) in properties)
            if (!NotAttributes.Contains(name)) attributes[name] = value is JsonObject policy ? policy.ToJsonString() : value!.DeepClone();
        return new QueueAttributes().With(attributes, isNew: true);
    }

    public static EventSourceOptions EventSource(JsonObject properties) => new()
    {
        BatchSize = StackTemplate.Whole(properties["BatchSize"]) ?? 10,
        Window = TimeSpan.FromSeconds(StackTemplate.Whole(properties["MaximumBatchingWindowInSeconds"]) ?? 0),
        // Without a limit there is the account's.
        MaximumConcurrency = StackTemplate.Whole(properties["ScalingConfig"]?["MaximumConcurrency"]) ?? 1000,
        ReportBatchItemFailures = (properties["FunctionResponseTypes"] as JsonArray ?? []).Any(type => (string?)type == "ReportBatchItemFailures"),
    };
}
