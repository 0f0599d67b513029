using System.Text.Json.Nodes;
using TargetDrain.Emulator.Queues;

namespace TargetDrain.Emulator.Events;

/// <summary>Where a rule sends its events, as PutTargets names it.</summary>
/// <param name="Arn">Of an SQS queue, or of a function.</param>
/// <param name="Input">Sent in place of the event.</param>
/// <param name="InputPath">The part of the event that is sent, such as "$.detail".</param>
internal sealed record EventTarget(string Id, string Arn, string? Input, string? InputPath)
{
    public string InputFor(string body)
    {
        if (Input is not null) return Input;
        if (InputPath is null or "$") return body;
        var node = JsonNode.Parse(body);
        foreach (var step in InputPath.Split('.').Skip(1)) node = (node as JsonObject)?[step];
        return node?.ToJsonString() ?? "null";
    }
}

/// <summary>Finds out how to deliver to an ARN.</summary>
/// <param name="invoke">Gives the way to invoke the function of an ARN, or null when there is none.</param>
public sealed class EventTargets(QueueService queues, Func<string, Action<string>?>? invoke = null)
{
    /// <returns>Takes the JSON to send; null when nothing has that ARN.</returns>
    public Action<string>? Find(string arn) => arn.Split(':') switch
    {
        ["arn", _, "sqs", ..] => queues.FindByArn(arn) is { } queue ? body => queue.Send(body) : null,
        ["arn", _, "lambda", ..] => invoke?.Invoke(arn),
        _ => null,
    };
}
