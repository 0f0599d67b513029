using Amazon.SQS;
using Amazon.SQS.Model;

namespace TargetDrain.Local.Diagnostics;

/// <summary>The queue that feeds the function, and the one behind it.</summary>
internal sealed class QueueCheck(IAmazonSQS queues, TimeSpan functionTimeout, DrainOptions options, TimeProvider clock)
{
    /// <param name="withDeadLetters">False where another queue has the same dead-letter queue, which is looked at once.</param>
    public async IAsyncEnumerable<Finding> RunAsync(
        string queueUrl, bool withDeadLetters, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (_, attributes, problem) = await ReadAsync(() => Task.FromResult(queueUrl), cancellation);
        if (attributes is null)
        {
            yield return Finding.Error($"The queue {queueUrl} cannot be read: {problem}", "Check the URL, the region, and that you have the IAM permission sqs:GetQueueAttributes.");
            yield break;
        }
        yield return Finding.Good($"The queue {Name(queueUrl)} exists.");
        var visibility = Seconds(attributes, "VisibilityTimeout");
        yield return visibility >= functionTimeout
            ? Finding.Good($"Messages of {Name(queueUrl)} stay hidden for {visibility.TotalSeconds:0} s, the function runs for {functionTimeout.TotalSeconds:0} s at most.")
            : Finding.Error(
                $"Messages of {Name(queueUrl)} stay hidden for {visibility.TotalSeconds:0} s only, less than the function's timeout of {functionTimeout.TotalSeconds:0} s: Lambda refuses such an event source, and messages would be worked on twice.",
                $"Set the queue's VisibilityTimeout to {functionTimeout.TotalSeconds + 60:0} or more.");
        yield return Backlog(Name(queueUrl), attributes);
        if (Redrive(attributes) is not { } redrive)
        {
            yield return Finding.Error(
                "The queue has no dead-letter queue: a message that cannot be understood comes back until it expires.",
                "Give it a RedrivePolicy, as template.yaml does.");
            yield break;
        }
        yield return redrive.Count == options.MaxReceiveCount
            ? Finding.Good($"After {redrive.Count} attempts a message of {Name(queueUrl)} goes to {Name(redrive.Arn)}.")
            : Finding.Warning(
                $"After {redrive.Count} attempts a message goes to {Name(redrive.Arn)}, but the function takes the attempt {options.MaxReceiveCount} for the last one (MAX_RECEIVE_COUNT).",
                "Make both the same; otherwise the function lets go too early, or never.");
        if (!withDeadLetters) yield break;
        await foreach (var finding in DeadLettersAsync(redrive.Arn, attributes, cancellation)) yield return finding;
    }

    private async IAsyncEnumerable<Finding> DeadLettersAsync(
        string arn, Dictionary<string, string> source, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (url, attributes, problem) = await ReadAsync(
            async () => (await queues.GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = Name(arn) }, cancellation)).QueueUrl, cancellation);
        if (attributes is null)
        {
            yield return Finding.Warning($"The dead-letter queue {arn} cannot be read: {problem}", "Check that it exists and that you may read it.");
            yield break;
        }
        var dead = Number(attributes, "ApproximateNumberOfMessages");
        yield return dead == 0
            ? Finding.Good("No dead letters.")
            : Finding.Error(
                $"{(dead == 1 ? "1 dead letter: a request" : $"{dead} dead letters: requests")} whose retries are exhausted.",
                $"Fix the cause, then move them back: aws sqs start-message-move-task --source-arn {arn}");
        if (dead > 0)
            foreach (var letter in await new DeadLetters(queues, options, clock).LookAsync(url, cancellation)) yield return letter;
        if (Seconds(attributes, "MessageRetentionPeriod") <= Seconds(source, "MessageRetentionPeriod"))
            yield return Finding.Warning(
                "Dead letters are kept no longer than messages; their age counts from when they were first sent, so some are lost unseen.",
                "Set MessageRetentionPeriod of the dead-letter queue to 1209600 (14 days).");
    }

    private async Task<(string Url, Dictionary<string, string>? Attributes, string Problem)> ReadAsync(Func<Task<string>> find, CancellationToken cancellation)
    {
        try
        {
            var url = await find();
            var answer = await queues.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = ["All"] }, cancellation);
            return (url, answer.Attributes ?? [], "");
        }
        catch (AmazonSQSException exception)
        {
            return ("", null, Problem.InWords(exception));
        }
    }

    private static Finding Backlog(string queue, Dictionary<string, string> attributes)
    {
        var visible = Number(attributes, "ApproximateNumberOfMessages");
        return Finding.Note(
            $"{queue}: {visible} messages to be read, {Number(attributes, "ApproximateNumberOfMessagesNotVisible")} in work or to be tried again, "
            + $"{Number(attributes, "ApproximateNumberOfMessagesDelayed")} tickets waiting.");
    }

    private static (string Arn, int Count)? Redrive(Dictionary<string, string> attributes)
    {
        if (!attributes.TryGetValue("RedrivePolicy", out var text) || text.Length == 0) return null;
        using var policy = JsonDocument.Parse(text);
        var arn = policy.RootElement.TryGetProperty("deadLetterTargetArn", out var target) ? target.GetString() : null;
        var count = policy.RootElement.TryGetProperty("maxReceiveCount", out var most) && int.TryParse(most.ToString(), CultureInfo.InvariantCulture, out var number) ? number : 0;
        return arn is null ? null : (arn, count);
    }

    private static string Name(string arnOrUrl) => arnOrUrl[(arnOrUrl.LastIndexOfAny([':', '/']) + 1)..];

    private static int Number(Dictionary<string, string> attributes, string name) =>
        attributes.TryGetValue(name, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static TimeSpan Seconds(Dictionary<string, string> attributes, string name) => TimeSpan.FromSeconds(Number(attributes, name));
}
