using Amazon.SQS;
using Amazon.SQS.Model;

namespace TargetDrain.Queue;

/// <summary>
/// Our own queues: tickets go in with a delay, failed messages come back sooner than their visibility timeout. What ends in two minutes
/// has a queue of its own, so that it never waits behind what can wait.
/// </summary>
internal sealed class WorkQueue(IAmazonSQS sqs, AwsApi api, string queueUrl, string? urgentQueueUrl, DrainMetrics metrics, ILogger log)
{
    private const int MostEntries = 10;

    // The whole batch may hold no more than one message may: 1 MiB. Kept well below, for the JSON around it.
    private const int MostBytes = 800_000;

    // Whatever the error: what keeps its visibility timeout comes back when EC2 has long forgotten the addresses of an instance.
    private const int HandBackAttempts = 2;

    /// <returns>The tickets that did not get through, each with the reason.</returns>
    public async Task<IReadOnlyList<(DrainTicket Ticket, string Problem)>> SendAsync(
        IReadOnlyCollection<(DrainTicket Ticket, TimeSpan Delay)> tickets, CancellationToken cancellation)
    {
        var messages = tickets.Select(item => (item.Ticket, item.Delay, Body: item.Ticket.ToJson())).ToList();
        // All ASCII, so a letter is a byte.
        var entries = messages.Select(message => message.Body.Length).DefaultIfEmpty().Max() * MostEntries > MostBytes ? 1 : MostEntries;
        var problems = await Task.WhenAll(messages.Chunk(entries).Select(batch => SendBatchAsync(batch, cancellation)));
        return [.. problems.SelectMany(problem => problem)];
    }

    /// <summary>Lets failed messages reappear after a delay of their own. When that fails they reappear later.</summary>
    public async Task HandBackAsync(IReadOnlyCollection<FailedMessage> messages, CancellationToken cancellation) =>
        await Task.WhenAll(messages
            .Where(item => item.Message.IsFromQueue)
            .GroupBy(item => UrlOf(item.Message), StringComparer.Ordinal)
            .SelectMany(queue => queue.Chunk(MostEntries).Select(chunk => HandBackAsync(queue.Key, chunk, cancellation))));

    /// <summary>Whether messages wait to be read. Where SQS does not say, they may.</summary>
    public Task<bool> HasBacklogAsync(CancellationToken cancellation) => AnyAsync(load => load.Unread > 0, cancellation);

    /// <summary>Whether messages wait to be read or are being worked on, those that are delayed apart.</summary>
    public Task<bool> IsBusyAsync(CancellationToken cancellation) => AnyAsync(load => load.Unread + load.InFlight > 0, cancellation);

    private async Task<bool> AnyAsync(Func<QueueLoad, bool> isSo, CancellationToken cancellation)
    {
        try
        {
            var loads = await Task.WhenAll(new[] { queueUrl, urgentQueueUrl }.OfType<string>().Select(url => QueueLoad.OfAsync(sqs, api, url, cancellation)));
            return loads.Any(isSo);
        }
        catch (Exception exception)
        {
            log.LoadUnknown(AwsErrors.Describe(exception));
            return true;
        }
    }

    private async Task HandBackAsync(string url, IReadOnlyList<FailedMessage> messages, CancellationToken cancellation)
    {
        var (left, problem) = (messages, "");
        for (var attempt = 0; attempt < HandBackAttempts && left.Count > 0; attempt++) (left, problem) = await TryHandBackAsync(url, left, cancellation);
        if (left.Count > 0) log.HandBackFailed(left.Count, problem);
    }

    /// <returns>Those that keep their visibility timeout, and why.</returns>
    private async Task<(IReadOnlyList<FailedMessage> Left, string Problem)> TryHandBackAsync(
        string url, IReadOnlyList<FailedMessage> messages, CancellationToken cancellation)
    {
        var request = new ChangeMessageVisibilityBatchRequest
        {
            QueueUrl = url,
            Entries = [.. messages.Select((item, index) => new ChangeMessageVisibilityBatchRequestEntry
            {
                Id = Number(index),
                ReceiptHandle = item.Message.ReceiptHandle,
                VisibilityTimeout = (int)item.RetryIn.TotalSeconds,
            })],
        };
        try
        {
            var answer = await api.CallAsync(
                "ChangeMessageVisibilityBatch", Urgency.Normal, stop => sqs.ChangeMessageVisibilityBatchAsync(request, stop), cancellation);
            return answer.Failed is [var first, ..] failed
                ? ([.. failed.Select(entry => messages[Index(entry)])], $"{first.Code}: {first.Message}")
                : ([], "");
        }
        catch (Exception exception)
        {
            return (messages, AwsErrors.Describe(exception));
        }
    }

    private string UrlOf(InboundMessage message) =>
        urgentQueueUrl is not null && message.QueueArn is { } arn && arn[(arn.LastIndexOf(':') + 1)..] == urgentQueueUrl[(urgentQueueUrl.LastIndexOf('/') + 1)..]
            ? urgentQueueUrl
            : queueUrl;

    private async Task<IEnumerable<(DrainTicket, string)>> SendBatchAsync(
        (DrainTicket Ticket, TimeSpan Delay, string Body)[] batch, CancellationToken cancellation)
    {
        var request = new SendMessageBatchRequest
        {
            QueueUrl = queueUrl,
            Entries = [.. batch.Select((item, index) => new SendMessageBatchRequestEntry
            {
                Id = Number(index),
                MessageBody = item.Body,
                DelaySeconds = (int)item.Delay.TotalSeconds,
            })],
        };
        try
        {
            var answer = await api.CallAsync("SendMessageBatch", Urgency.Normal, stop => sqs.SendMessageBatchAsync(request, stop), cancellation);
            metrics.Count(MetricNames.TicketsSent, batch.Length - (answer.Failed?.Count ?? 0));
            return (answer.Failed ?? []).Select(failed => (
                batch[Index(failed)].Ticket, $"SendMessageBatch: {failed.Code}: {failed.Message}"));
        }
        catch (Exception exception)
        {
            return batch.Select(item => (item.Ticket, $"SendMessageBatch: {AwsErrors.Describe(exception)}"));
        }
    }

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static int Index(BatchResultErrorEntry entry) => int.Parse(entry.Id, CultureInfo.InvariantCulture);
}
