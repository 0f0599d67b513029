using System.CommandLine;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace TargetDrain.Local.Diagnostics;

/// <summary>Finds the queue of an installation.</summary>
internal static class InstalledQueue
{
    public static Option<string?> UrlOption { get; } = new("--queue-url")
    {
        Description = "The stack's output QueueUrl. Default: QUEUE_URL, or the queue of that name.",
        HelpName = "url",
    };

    public static Option<string> NameOption { get; } = new("--queue-name")
    {
        Description = "The queue's name, instead of its URL.",
        DefaultValueFactory = _ => "target-drain",
        HelpName = "name",
    };

    /// <returns>Null when the queue cannot be read.</returns>
    public static async Task<string?> ArnAsync(string url, IAmazonSQS queues, CancellationToken cancellation)
    {
        try
        {
            var answer = await queues.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = ["QueueArn"] }, cancellation);
            return answer.Attributes?.GetValueOrDefault("QueueArn");
        }
        catch (AmazonSQSException)
        {
            return null;
        }
    }

    /// <exception cref="WrongUseException">There is no such queue.</exception>
    public static async Task<string> UrlAsync(ParseResult parsed, IAmazonSQS queues, CancellationToken cancellation)
    {
        if (parsed.GetValue(UrlOption) is { Length: > 0 } given) return given;
        if (parsed.GetResult(NameOption) is null or { Implicit: true } && Environment.GetEnvironmentVariable("QUEUE_URL") is { Length: > 0 } variable) return variable;
        var name = parsed.GetValue(NameOption)!;
        try
        {
            return (await queues.GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = name }, cancellation)).QueueUrl;
        }
        catch (QueueDoesNotExistException)
        {
            throw new WrongUseException(
                $"There is no queue named {name} here. Give --queue-url; the stack tells it: aws cloudformation describe-stacks "
                + "--stack-name STACK --query \"Stacks[0].Outputs[?OutputKey=='QueueUrl'].OutputValue\" --output text");
        }
    }
}
