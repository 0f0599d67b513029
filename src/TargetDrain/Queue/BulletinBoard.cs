using Amazon.SQS;
using Amazon.SQS.Model;

namespace TargetDrain.Queue;

/// <summary>
/// Where the function's environments tell each other what saves work: a standard queue that is only looked at. What is received stays
/// visible for everybody, and SQS itself drops it after some minutes. Nobody waits long for it, and nothing is lost with it.
/// </summary>
internal sealed class BulletinBoard(IAmazonSQS sqs, AwsApi api, string? queueUrl, TimeProvider clock, ILogger log)
{
    private const int MostMessages = 10;

    // A poll asks some of SQS's servers, and gets ten messages at most. What is missed costs a look.
    private const int MostPolls = 10;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public async Task PostAsync(Bulletin bulletin, CancellationToken cancellation)
    {
        if (queueUrl is null) return;
        var request = new SendMessageRequest { QueueUrl = queueUrl, MessageBody = bulletin.ToJson() };
        try
        {
            await api.CallAsync("SendMessage", Urgency.Critical, stop => sqs.SendMessageAsync(request, stop), cancellation);
        }
        catch (Exception exception)
        {
            log.BulletinNotPosted(AwsErrors.Describe(exception));
        }
    }

    /// <returns>Within a second what is there; nothing when SQS does not answer.</returns>
    public async Task<IReadOnlyCollection<Bulletin>> ReadAsync(CancellationToken cancellation)
    {
        var seen = new Dictionary<string, Bulletin>(StringComparer.Ordinal);
        if (queueUrl is null) return [];
        using var limit = new CancellationTokenSource(LongestWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            for (var (poll, known) = (0, -1); poll < MostPolls && seen.Count > known; poll++)
            {
                known = seen.Count;
                foreach (var message in await PollAsync(either.Token)) seen.TryAdd(message.MessageId, Bulletin.Parse(message.Body));
            }
        }
        catch (Exception exception)
        {
            log.BulletinsNotRead(AwsErrors.Describe(exception));
        }
        return seen.Values;
    }

    private async Task<IReadOnlyList<Message>> PollAsync(CancellationToken cancellation)
    {
        var request = new ReceiveMessageRequest { QueueUrl = queueUrl, MaxNumberOfMessages = MostMessages, VisibilityTimeout = 0 };
        var answer = await api.CallAsync("ReceiveMessage", Urgency.Critical, stop => sqs.ReceiveMessageAsync(request, stop), cancellation);
        return answer.Messages ?? [];
    }
}
