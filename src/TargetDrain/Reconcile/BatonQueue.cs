using Amazon.SQS;
using Amazon.SQS.Model;

namespace TargetDrain.Reconcile;

/// <summary>
/// The FIFO queue that holds the baton. All its messages are of one group, and while one of a group is being worked on SQS gives out no
/// other: so two runs never overlap, in however many environments the function is invoked. A run that dies loses it until its visibility
/// timeout.
/// </summary>
internal sealed class BatonQueue(IAmazonSQS sqs, AwsApi api, string? queueUrl, TimeProvider clock, ILogger log)
{
    private const string MessageGroup = "baton";

    // Asks all of SQS's servers, where a poll that does not wait asks some.
    private const int SecondsToWait = 1;

    private const int MostMessages = 10;

    private List<Message> taken = [];

    /// <returns>Null while another run is under way, and when one went through everything just now.</returns>
    public async Task<Baton?> TakeAsync(InvocationTime time)
    {
        taken = await ReceiveAsync(time.Work);
        if (taken.Count == 0 && await IsEmptyAsync(time.Work))
        {
            // The queue's deduplication makes one of two that come at the same time.
            await SendAsync(Baton.First, time.Work);
            taken = await ReceiveAsync(time.Work);
        }
        // More than one when the last run could not delete what it had taken, or somebody wrote into the queue.
        var baton = taken.Select(message => Baton.Parse(message.Body)).MaxBy(baton => baton.StartedAt ?? DateTimeOffset.MinValue);
        if (baton is null) log.ReconcilerRunsElsewhere();
        else if (baton.IsFresh(clock.GetUtcNow())) await ReleaseAsync(time.WrapUp);
        else return baton;
        return null;
    }

    /// <summary>The new one first: when that fails, the old one comes back.</summary>
    public async Task PassOnAsync(Baton baton, CancellationToken cancellation)
    {
        try
        {
            await SendAsync(baton, cancellation);
            foreach (var message in taken)
                await api.CallAsync("DeleteMessage", Urgency.Patient, stop => sqs.DeleteMessageAsync(new DeleteMessageRequest(queueUrl, message.ReceiptHandle), stop), cancellation);
        }
        catch (Exception exception)
        {
            log.BatonKept(AwsErrors.Describe(exception));
        }
    }

    /// <summary>Puts it back as it was.</summary>
    private async Task ReleaseAsync(CancellationToken cancellation)
    {
        foreach (var request in taken.Select(one => new ChangeMessageVisibilityRequest { QueueUrl = queueUrl, ReceiptHandle = one.ReceiptHandle, VisibilityTimeout = 0 }))
            await api.CallAsync("ChangeMessageVisibility", Urgency.Patient, stop => sqs.ChangeMessageVisibilityAsync(request, stop), cancellation);
    }

    private async Task<List<Message>> ReceiveAsync(CancellationToken cancellation)
    {
        var request = new ReceiveMessageRequest { QueueUrl = queueUrl, MaxNumberOfMessages = MostMessages, WaitTimeSeconds = SecondsToWait };
        var answer = await api.CallAsync("ReceiveMessage", Urgency.Patient, stop => sqs.ReceiveMessageAsync(request, stop), cancellation);
        return answer.Messages ?? [];
    }

    private async Task<bool> IsEmptyAsync(CancellationToken cancellation)
    {
        var load = await QueueLoad.OfAsync(sqs, api, queueUrl!, cancellation);
        return load is { Unread: 0, InFlight: 0 };
    }

    private Task<SendMessageResponse> SendAsync(Baton baton, CancellationToken cancellation)
    {
        var request = new SendMessageRequest { QueueUrl = queueUrl, MessageBody = baton.ToJson(), MessageGroupId = MessageGroup };
        return api.CallAsync("SendMessage", Urgency.Patient, stop => sqs.SendMessageAsync(request, stop), cancellation);
    }
}
