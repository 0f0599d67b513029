namespace TargetDrain.Events;

/// <summary>One message, freed from the way it came.</summary>
/// <param name="Id">The SQS or SNS message id, or "direct" for an invocation with the event itself.</param>
/// <param name="Body">JSON.</param>
/// <param name="ReceiptHandle">To change how long SQS hides it; null when it did not come from a queue.</param>
/// <param name="ReceiveCount">1 the first time.</param>
/// <param name="QueueArn">Where it came from; null when it did not come from a queue.</param>
/// <param name="SentAt">When it was sent, UTC; null when nobody says.</param>
internal sealed record InboundMessage(
    string Id, string Body, string? ReceiptHandle = null, int ReceiveCount = 1, string? QueueArn = null, DateTimeOffset? SentAt = null)
{
    public bool IsFromQueue => ReceiptHandle is not null;
}

/// <summary>A message that is not done and has to come again.</summary>
/// <param name="RetryIn">Whole seconds.</param>
internal sealed record FailedMessage(InboundMessage Message, string Problem, TimeSpan RetryIn);
