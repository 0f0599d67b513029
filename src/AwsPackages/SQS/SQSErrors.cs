using Amazon.Shared;
using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>The error shapes, grouped as the operations declare them.</summary>
internal static class SQSErrors
{
    public static readonly KnownError InvalidMessageContents = new("InvalidMessageContents", static (m, e, t, c, r, s) => new InvalidMessageContentsException(m, e, t, c, r, s));
    public static readonly KnownError InvalidIdFormat = new("InvalidIdFormat", static (m, e, t, c, r, s) => new InvalidIdFormatException(m, e, t, c, r, s));
    public static readonly KnownError InvalidAttributeName = new("InvalidAttributeName", static (m, e, t, c, r, s) => new InvalidAttributeNameException(m, e, t, c, r, s));
    public static readonly KnownError InvalidAttributeValue = new("InvalidAttributeValue", static (m, e, t, c, r, s) => new InvalidAttributeValueException(m, e, t, c, r, s));
    public static readonly KnownError MessageNotInflight = new("MessageNotInflight", static (m, e, t, c, r, s) => new MessageNotInflightException(m, e, t, c, r, s));
    public static readonly KnownError OverLimit = new("OverLimit", static (m, e, t, c, r, s) => new OverLimitException(m, e, t, c, r, s));
    public static readonly KnownError ReceiptHandleIsInvalid = new("ReceiptHandleIsInvalid", static (m, e, t, c, r, s) => new ReceiptHandleIsInvalidException(m, e, t, c, r, s));
    public static readonly KnownError BatchRequestTooLong = new("BatchRequestTooLong", static (m, e, t, c, r, s) => new BatchRequestTooLongException(m, e, t, c, r, s));

    /// <summary>Declared by every operation.</summary>
    public static readonly KnownError[] Queue =
    [
        new("InvalidAddress", static (m, e, t, c, r, s) => new InvalidAddressException(m, e, t, c, r, s)),
        new("InvalidSecurity", static (m, e, t, c, r, s) => new InvalidSecurityException(m, e, t, c, r, s)),
        new("QueueDoesNotExist", static (m, e, t, c, r, s) => new QueueDoesNotExistException(m, e, t, c, r, s)),
        new("RequestThrottled", static (m, e, t, c, r, s) => new RequestThrottledException(m, e, t, c, r, s)),
        new("UnsupportedOperation", static (m, e, t, c, r, s) => new UnsupportedOperationException(m, e, t, c, r, s)),
    ];

    /// <summary>Declared by every batch operation.</summary>
    public static readonly KnownError[] Batch =
    [
        new("BatchEntryIdsNotDistinct", static (m, e, t, c, r, s) => new BatchEntryIdsNotDistinctException(m, e, t, c, r, s)),
        new("EmptyBatchRequest", static (m, e, t, c, r, s) => new EmptyBatchRequestException(m, e, t, c, r, s)),
        new("InvalidBatchEntryId", static (m, e, t, c, r, s) => new InvalidBatchEntryIdException(m, e, t, c, r, s)),
        new("TooManyEntriesInBatchRequest", static (m, e, t, c, r, s) => new TooManyEntriesInBatchRequestException(m, e, t, c, r, s)),
    ];

    /// <summary>Declared by what reads or writes message bodies.</summary>
    public static readonly KnownError[] Kms =
    [
        new("KmsAccessDenied", static (m, e, t, c, r, s) => new KmsAccessDeniedException(m, e, t, c, r, s)),
        new("KmsDisabled", static (m, e, t, c, r, s) => new KmsDisabledException(m, e, t, c, r, s)),
        new("KmsInvalidKeyUsage", static (m, e, t, c, r, s) => new KmsInvalidKeyUsageException(m, e, t, c, r, s)),
        new("KmsInvalidState", static (m, e, t, c, r, s) => new KmsInvalidStateException(m, e, t, c, r, s)),
        new("KmsNotFound", static (m, e, t, c, r, s) => new KmsNotFoundException(m, e, t, c, r, s)),
        new("KmsOptInRequired", static (m, e, t, c, r, s) => new KmsOptInRequiredException(m, e, t, c, r, s)),
        new("KmsThrottled", static (m, e, t, c, r, s) => new KmsThrottledException(m, e, t, c, r, s)),
    ];
}
