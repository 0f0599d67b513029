using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

public partial class InvalidAddressException : AmazonSQSException
{
    public InvalidAddressException() { }

    public InvalidAddressException(string message) : base(message) { }

    public InvalidAddressException(string message, Exception innerException) : base(message, innerException) { }

    public InvalidAddressException(Exception innerException) : base(innerException) { }

    public InvalidAddressException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public InvalidAddressException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class InvalidAttributeNameException : AmazonSQSException
{
    public InvalidAttributeNameException() { }

    public InvalidAttributeNameException(string message) : base(message) { }

    public InvalidAttributeNameException(string message, Exception innerException) : base(message, innerException) { }

    public InvalidAttributeNameException(Exception innerException) : base(innerException) { }

    public InvalidAttributeNameException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public InvalidAttributeNameException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class InvalidAttributeValueException : AmazonSQSException
{
    public InvalidAttributeValueException() { }

    public InvalidAttributeValueException(string message) : base(message) { }

    public InvalidAttributeValueException(string message, Exception innerException) : base(message, innerException) { }

    public InvalidAttributeValueException(Exception innerException) : base(innerException) { }

    public InvalidAttributeValueException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public InvalidAttributeValueException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class InvalidSecurityException : AmazonSQSException
{
    public InvalidSecurityException() { }

    public InvalidSecurityException(string message) : base(message) { }

    public InvalidSecurityException(string message, Exception innerException) : base(message, innerException) { }

    public InvalidSecurityException(Exception innerException) : base(innerException) { }

    public InvalidSecurityException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public InvalidSecurityException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class QueueDoesNotExistException : AmazonSQSException
{
    public QueueDoesNotExistException() { }

    public QueueDoesNotExistException(string message) : base(message) { }

    public QueueDoesNotExistException(string message, Exception innerException) : base(message, innerException) { }

    public QueueDoesNotExistException(Exception innerException) : base(innerException) { }

    public QueueDoesNotExistException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public QueueDoesNotExistException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class RequestThrottledException : AmazonSQSException
{
    public RequestThrottledException() { }

    public RequestThrottledException(string message) : base(message) { }

    public RequestThrottledException(string message, Exception innerException) : base(message, innerException) { }

    public RequestThrottledException(Exception innerException) : base(innerException) { }

    public RequestThrottledException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public RequestThrottledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class UnsupportedOperationException : AmazonSQSException
{
    public UnsupportedOperationException() { }

    public UnsupportedOperationException(string message) : base(message) { }

    public UnsupportedOperationException(string message, Exception innerException) : base(message, innerException) { }

    public UnsupportedOperationException(Exception innerException) : base(innerException) { }

    public UnsupportedOperationException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public UnsupportedOperationException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}
