using System.Globalization;
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

    // Well below what Lambda hands on in one batch, so that several still share it.
    private const int MostBytesTogether = 200_000;

    // Whatever the error: what keeps its visibility timeout comes back when EC2 has long forgotten the addresses of an instance.
    private const int HandBackAttempts = 2;

    /// <summary>Tickets with the same delay go in one message, so that one poller gets them and one look serves them.</summary>
    /// <param name="apart">Each gets a message of its own all the same.</param>
    /// <returns>The tickets that did not get through, each with the reason.</returns>
    public async Task<IReadOnlyList<(DrainTicket Ticket, string Problem)>> SendAsync(
        IReadOnlyCollection<(DrainTicket Ticket, TimeSpan Delay)> tickets, CancellationToken cancellation, bool apart = false)
    {
        var messages = tickets.Select(item => new TicketMessage([item.Ticket], item.Delay, item.Ticket.ToJson()));
        if (!apart)
            messages = messages.GroupBy(message => message.Delay)
                .SelectMany(same => Packed(same, int.MaxValue, MostBytesTogether)).Select(TicketMessage.Together);
        var problems = await Task.WhenAll(Packed(messages, MostEntries, MostBytes).Select(batch => SendBatchAsync(batch, cancellation)));
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

    private async Task<IEnumerable<(DrainTicket, string)>> SendBatchAsync(IReadOnlyList<TicketMessage> batch, CancellationToken cancellation)
    {
        var request = new SendMessageBatchRequest
        {
            QueueUrl = queueUrl,
            Entries = [.. batch.Select((message, index) => new SendMessageBatchRequestEntry
            {
                Id = Number(index),
                MessageBody = message.Body,
                DelaySeconds = (int)message.Delay.TotalSeconds,
            })],
        };
        try
        {
            var answer = await api.CallAsync("SendMessageBatch", Urgency.Normal, stop => sqs.SendMessageBatchAsync(request, stop), cancellation);
            var unsent = (answer.Failed ?? [])
                .SelectMany(failed => batch[Index(failed)].Tickets.Select(ticket => (ticket, $"SendMessageBatch: {failed.Code}: {failed.Message}"))).ToList();
            metrics.Count(MetricNames.TicketsSent, batch.Sum(message => message.Tickets.Count) - unsent.Count);
            return unsent;
        }
        catch (Exception exception)
        {
            return batch.SelectMany(message => message.Tickets.Select(ticket => (ticket, $"SendMessageBatch: {AwsErrors.Describe(exception)}")));
        }
    }

    /// <summary>One after the other, as many at a time as fit.</summary>
    private static IEnumerable<IReadOnlyList<TicketMessage>> Packed(IEnumerable<TicketMessage> messages, int most, int mostBytes)
    {
        var (pack, bytes) = (new List<TicketMessage>(), 0);
        foreach (var message in messages)
        {
            // All ASCII, so a letter is a byte; and a comma.
            var size = message.Body.Length + 1;
            if (pack.Count > 0 && (pack.Count == most || bytes + size > mostBytes))
            {
                yield return pack;
                (pack, bytes) = ([], 0);
            }
            pack.Add(message);
            bytes += size;
        }
        if (pack.Count > 0) yield return pack;
    }

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static int Index(BatchResultErrorEntry entry) => int.Parse(entry.Id, CultureInfo.InvariantCulture);

    private sealed record TicketMessage(IReadOnlyList<DrainTicket> Tickets, TimeSpan Delay, string Body)
    {
        public static TicketMessage Together(IReadOnlyList<TicketMessage> some) => some.Count == 1
            ? some[0]
            : new([.. some.SelectMany(one => one.Tickets)], some[0].Delay, $"[{string.Join(',', some.Select(one => one.Body))}]");
    }
}
