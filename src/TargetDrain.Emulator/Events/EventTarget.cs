namespace TargetDrain.Emulator.Events;

/// <summary>Where a rule sends its events, as PutTargets names it.</summary>
/// <param name="Arn">Of an SQS queue, or of a function.</param>
internal sealed record EventTarget(string Id, string Arn)
{
    /// <summary>Sent in place of the event.</summary>
    public string? Input { get; init; }

    /// <summary>The part of the event that is sent, such as "$.detail".</summary>
    public string? InputPath { get; init; }

    /// <summary>For a FIFO queue.</summary>
    public string? MessageGroupId { get; init; }

    /// <summary>Of the standard queue that gets what could not be delivered.</summary>
    public string? DeadLetterArn { get; init; }

    /// <summary>Kept: a delivery either succeeds here or never will.</summary>
    public JsonObject? Retries { get; init; }

    /// <exception cref="AwsErrorException">ValidationException.</exception>
    public void Check()
    {
        if (Input is not null && InputPath is not null) throw Invalid($"Only one of Input, InputPath, or InputTransformer must be provided for target {Id}.");
        if (InputPath?.StartsWith('$') == false) throw Invalid($"Invalid InputPath for target {Id}.");
        foreach (var arn in (string?[])[Arn, DeadLetterArn])
            if (arn?.StartsWith("arn:", StringComparison.Ordinal) == false)
                throw Invalid($"Parameter {arn} is not valid. Reason: Provided Arn is not in correct format.");
        var isFifo = Arn.Contains(":sqs:", StringComparison.Ordinal) && Arn.EndsWith(Queues.FifoRules.Suffix, StringComparison.Ordinal);
        if (isFifo && MessageGroupId is null) throw Invalid($"Parameter(s) SqsParameters must be specified for target: {Id}.");
        if (DeadLetterArn?.EndsWith(Queues.FifoRules.Suffix, StringComparison.Ordinal) == true)
            throw Invalid($"Parameter {DeadLetterArn} is not valid. Reason: a dead-letter queue must be a standard queue.");
        if (Input is null) return;
        try { JsonNode.Parse(Input); }
        catch (JsonException) { throw Invalid($"JSON syntax error in input for target {Id}."); }
    }

    public string InputFor(string body)
    {
        if (Input is not null) return Input;
        if (InputPath is null or "$") return body;
        var node = JsonNode.Parse(body);
        foreach (var step in InputPath.Split('.').Skip(1)) node = (node as JsonObject)?[step];
        return node?.ToJsonString() ?? "null";
    }

    private static AwsErrorException Invalid(string message) => new("ValidationException", message);
}
