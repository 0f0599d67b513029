using Amazon.SQS;
using Amazon.SQS.Model;

namespace TargetDrain.Queue;

/// <summary>What SQS says is in a queue, delayed messages apart; up to a minute old.</summary>
internal sealed record QueueLoad(int Unread, int InFlight)
{
    private const string UnreadName = "ApproximateNumberOfMessages";
    private const string InFlightName = "ApproximateNumberOfMessagesNotVisible";

    public static async Task<QueueLoad> OfAsync(IAmazonSQS sqs, AwsApi api, string queueUrl, CancellationToken cancellation)
    {
        var request = new GetQueueAttributesRequest { QueueUrl = queueUrl, AttributeNames = [UnreadName, InFlightName] };
        var answer = await api.CallAsync("GetQueueAttributes", Urgency.Patient, stop => sqs.GetQueueAttributesAsync(request, stop), cancellation);
        int Number(string name) => int.Parse(answer.Attributes[name], CultureInfo.InvariantCulture);
        return new QueueLoad(Number(UnreadName), Number(InFlightName));
    }
}
