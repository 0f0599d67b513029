using TargetDrain.Emulator.Queues;

namespace TargetDrain.Emulator.Events;

/// <summary>Takes events to what an ARN names.</summary>
/// <param name="invoke">Gives the way to invoke the function of an ARN, or null when there is none.</param>
internal sealed class EventTargets(QueueService queues, Func<string, Action<string>?>? invoke = null)
{
    internal static bool CanBe(string arn) => arn.Split(':') is ["arn", _, "sqs" or "lambda", ..];

    /// <summary>What cannot be delivered goes to the target's dead-letter queue, if it has one, and is lost otherwise.</summary>
    internal void Deliver(string ruleArn, EventTarget target, string body)
    {
        var input = target.InputFor(body);
        var failure = "RESOURCE_NOT_FOUND";
        try
        {
            if (Function(target.Arn) is { } function)
            {
                function(input);
                return;
            }
            if (queues.FindByArn(target.Arn) is { } queue)
            {
                queue.Send(input, groupId: target.MessageGroupId);
                return;
            }
        }
        catch (AwsErrorException refusal)
        {
            // A FIFO queue that wants a deduplication id: EventBridge gives none.
            failure = refusal.QueryCode;
        }
        if (target.DeadLetterArn is { } arn) queues.FindByArn(arn)?.Send(body, messageAttributes: Why(ruleArn, target, failure));
    }

    private static Dictionary<string, MessageAttribute> Why(string ruleArn, EventTarget target, string failure) => new()
    {
        ["RULE_ARN"] = Text(ruleArn), ["TARGET_ARN"] = Text(target.Arn), ["ERROR_CODE"] = Text(failure),
    };

    private static MessageAttribute Text(string value) => new("String", value, null);

    private Action<string>? Function(string arn) => arn.Contains(":lambda:", StringComparison.Ordinal) ? invoke?.Invoke(arn) : null;
}
