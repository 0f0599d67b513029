namespace TargetDrain.Emulator.Queues;

/// <summary>The errors of SQS: the shape name for the body, and the older code that clients show.</summary>
internal static class SqsError
{
    public static AwsErrorException QueueDoesNotExist() =>
        new("QueueDoesNotExist", "The specified queue does not exist.") { QueryCode = Legacy("NonExistentQueue") };

    public static AwsErrorException QueueNameExists(string attribute) =>
        new("QueueNameExists", $"A queue already exists with the same name and a different value for attribute {attribute}.")
        {
            QueryCode = "QueueAlreadyExists",
        };

    public static AwsErrorException ReceiptHandleIsInvalid(string handle) =>
        new("ReceiptHandleIsInvalid", $"The input receipt handle \"{handle}\" is not a valid receipt handle.");

    public static AwsErrorException MessageNotInflight() => Of("MessageNotInflight", "The message referred to is not in flight.");

    public static AwsErrorException OverLimit(int limit) =>
        new("OverLimit", $"Too many messages in flight: {limit} is the limit for a queue.", 403);

    public static AwsErrorException PurgeInProgress(string queue) =>
        Of("PurgeQueueInProgress", $"Only one PurgeQueue operation on {queue} is allowed every 60 seconds.");

    public static AwsErrorException EmptyBatch(string operation) =>
        Of("EmptyBatchRequest", $"There should be at least one {operation}RequestEntry in the request.");

    public static AwsErrorException TooManyEntries(int count) =>
        Of("TooManyEntriesInBatchRequest", $"Maximum number of entries per request are 10. You have sent {count}.");

    public static AwsErrorException IdsNotDistinct(string id) => Of("BatchEntryIdsNotDistinct", $"Id {id} repeated.");

    public static AwsErrorException InvalidEntryId() => Of(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.");

    public static AwsErrorException BatchTooLong(int limit, long sent) =>
        Of("BatchRequestTooLong", $"Batch requests cannot be longer than {limit} bytes. You have sent {sent} bytes.");

    public static AwsErrorException InvalidContents() => new(
        "InvalidMessageContents",
        "The message contains characters outside the allowed set: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.");

    public static AwsErrorException Unsupported(string what) => Of("UnsupportedOperation", what);

    public static AwsErrorException InvalidAttributeName(string name) => new("InvalidAttributeName", $"Unknown Attribute {name}.");

    public static AwsErrorException InvalidAttributeValue(string name) =>
        new("InvalidAttributeValue", $"Invalid value for the parameter {name}.");

    public static AwsErrorException InvalidParameter(string message) =>
        new("InvalidParameterValueException", message) { QueryCode = "InvalidParameterValue" };

    public static AwsErrorException InvalidParameter(string value, string parameter, string reason) =>
        InvalidParameter($"Value {value} for parameter {parameter} is invalid. Reason: {reason}");

    public static AwsErrorException NotForThisQueueType(string value, string parameter) =>
        InvalidParameter(value, parameter, "The request include parameter that is not valid for this queue type.");

    public static AwsErrorException Missing(string parameter) =>
        new("MissingRequiredParameterException", $"The request must contain the parameter {parameter}.")
        {
            QueryCode = "MissingParameter",
        };

    private static AwsErrorException Of(string shape, string message) => new(shape, message) { QueryCode = Legacy(shape) };

    private static string Legacy(string name) => $"AWS.SimpleQueueService.{name}";
}
