using Amazon.SQS;
using Amazon.SQS.Model;
using TargetDrain.Local.Explain;

namespace TargetDrain.Local.Diagnostics;

/// <summary>The first few dead letters: what they are and why they died. None is removed, and none is hidden from others.</summary>
internal sealed class DeadLetters(IAmazonSQS queues, DrainOptions options, TimeProvider clock)
{
    private const int Few = 5;

    // Where EventBridge and Lambda write why they could not deliver.
    private static readonly string[] ReasonAttributes = ["ERROR_MESSAGE", "ErrorMessage"];

    private readonly EventExplainer explainer = new(options);

    public async Task<IReadOnlyList<Finding>> LookAsync(string queueUrl, CancellationToken cancellation)
    {
        var request = new ReceiveMessageRequest
        {
            QueueUrl = queueUrl, MaxNumberOfMessages = Few, VisibilityTimeout = 0, MessageAttributeNames = ["All"], MessageSystemAttributeNames = ["All"],
        };
        try
        {
            var answer = await queues.ReceiveMessageAsync(request, cancellation);
            return [.. (answer.Messages ?? []).DistinctBy(message => message.MessageId).Select(message => Finding.Note(Describe(message)))];
        }
        catch (AmazonSQSException exception)
        {
            return [Finding.Note($"They cannot be read: {Problem.InWords(exception)}", Problem.IsDenied(exception) ? "Grant sqs:ReceiveMessage to yourself." : "")];
        }
    }

    private string Describe(Message message)
    {
        var explanation = explainer.Explain("It", Encoding.UTF8.GetBytes(message.Body ?? ""))[0];
        var what = string.Join(", ", explanation.Facts.Where(fact => fact.Name is "kind" or "instance").Select(fact => fact.Text));
        var told = ReasonAttributes.Select(name => message.MessageAttributes?.GetValueOrDefault(name)?.StringValue).FirstOrDefault(text => text is { Length: > 0 });
        var why = told ?? explanation.Problem ?? "it was understood, but its retries are exhausted; the log has what happened to its instance.";
        return $"Dead letter {message.MessageId}, sent {Age(message)}{(what.Length > 0 ? $" ({what})" : "")}: {why}";
    }

    private string Age(Message message) =>
        message.Attributes?.GetValueOrDefault("SentTimestamp") is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? $"{HookCheck.InWords(clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(milliseconds))} ago"
            : "at an unknown time";
}
