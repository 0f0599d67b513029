using Amazon.SQS;
using Amazon.SQS.Model;

namespace TargetDrain.Local.Stacks;

/// <summary>Finds the queue of an installation.</summary>
internal static class InstalledQueue
{
    public static Option<string?> UrlOption { get; } = new("--queue-url")
    {
        Description = "The installation's queue. Default: the stack's, QUEUE_URL, or the queue of that name.",
        HelpName = "url",
    };

    public static Option<string> NameOption { get; } = new("--queue-name")
    {
        Description = "The queue's name, instead of its URL.",
        DefaultValueFactory = _ => "target-drain",
        HelpName = "name",
    };

    /// <returns>Of those that can be read.</returns>
    public static async Task<List<string>> ArnsAsync(IEnumerable<string> urls, IAmazonSQS queues, CancellationToken cancellation)
    {
        var arns = new List<string>();
        foreach (var url in urls)
        {
            try
            {
                var answer = await queues.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = ["QueueArn"] }, cancellation);
                if (answer.Attributes?.GetValueOrDefault("QueueArn") is { } arn) arns.Add(arn);
            }
            catch (AmazonSQSException)
            {
                // The check of the queue tells.
            }
        }
        return arns;
    }

    /// <exception cref="WrongUseException">There is no such queue.</exception>
    public static Task<string> UrlAsync(Session session, ParseResult parsed, Stacks.DeployedStack? stack) => session.WhileAsync("Looking for the queue", async _ =>
    {
        var isNamed = parsed.GetResult(NameOption) is { Implicit: false };
        if (parsed.GetValue(UrlOption) is { Length: > 0 } given) return given;
        if (stack is not null && !isNamed) return stack.QueueUrl;
        if (!isNamed && Environment.GetEnvironmentVariable("QUEUE_URL") is { Length: > 0 } variable) return variable;
        var name = parsed.GetValue(NameOption)!;
        try
        {
            return (await session.Aws.Queues.GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = name }, session.Cancellation)).QueueUrl;
        }
        catch (QueueDoesNotExistException)
        {
            throw new WrongUseException(
                $"There is no queue named {name} here, and no stack that would tell one. Give --stack or --queue-url.");
        }
    });
}
