using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

public partial class KmsAccessDeniedException : AmazonSQSException
{
    public KmsAccessDeniedException() { }

    public KmsAccessDeniedException(string message) : base(message) { }

    public KmsAccessDeniedException(string message, Exception innerException) : base(message, innerException) { }

    public KmsAccessDeniedException(Exception innerException) : base(innerException) { }

    public KmsAccessDeniedException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public KmsAccessDeniedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class KmsDisabledException : AmazonSQSException
{
    public KmsDisabledException() { }

    public KmsDisabledException(string message) : base(message) { }

    public KmsDisabledException(string message, Exception innerException) : base(message, innerException) { }

    public KmsDisabledException(Exception innerException) : base(innerException) { }

    public KmsDisabledException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public KmsDisabledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class KmsInvalidKeyUsageException : AmazonSQSException
{
    public KmsInvalidKeyUsageException() { }

    public KmsInvalidKeyUsageException(string message) : base(message) { }

    public KmsInvalidKeyUsageException(string message, Exception innerException) : base(message, innerException) { }

    public KmsInvalidKeyUsageException(Exception innerException) : base(innerException) { }

    public KmsInvalidKeyUsageException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public KmsInvalidKeyUsageException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class KmsInvalidStateException : AmazonSQSException
{
    public KmsInvalidStateException() { }

    public KmsInvalidStateException(string message) : base(message) { }

    public KmsInvalidStateException(string message, Exception innerException) : base(message, innerException) { }

    public KmsInvalidStateException(Exception innerException) : base(innerException) { }

    public KmsInvalidStateException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public KmsInvalidStateException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class KmsNotFoundException : AmazonSQSException
{
    public KmsNotFoundException() { }

    public KmsNotFoundException(string message) : base(message) { }

    public KmsNotFoundException(string message, Exception innerException) : base(message, innerException) { }

    public KmsNotFoundException(Exception innerException) : base(innerException) { }

    public KmsNotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public KmsNotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class KmsOptInRequiredException : AmazonSQSException
{
    public KmsOptInRequiredException() { }

    public KmsOptInRequiredException(string message) : base(message) { }

    public KmsOptInRequiredException(string message, Exception innerException) : base(message, innerException) { }

    public KmsOptInRequiredException(Exception innerException) : base(innerException) { }

    public KmsOptInRequiredException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public KmsOptInRequiredException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class KmsThrottledException : AmazonSQSException
{
    public KmsThrottledException() { }

    public KmsThrottledException(string message) : base(message) { }

    public KmsThrottledException(string message, Exception innerException) : base(message, innerException) { }

    public KmsThrottledException(Exception innerException) : base(innerException) { }

    public KmsThrottledException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public KmsThrottledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}
