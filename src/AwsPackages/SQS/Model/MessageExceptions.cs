using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

public partial class InvalidIdFormatException : AmazonSQSException
{
    public InvalidIdFormatException() { }

    public InvalidIdFormatException(string message) : base(message) { }

    public InvalidIdFormatException(string message, Exception innerException) : base(message, innerException) { }

    public InvalidIdFormatException(Exception innerException) : base(innerException) { }

    public InvalidIdFormatException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public InvalidIdFormatException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class InvalidMessageContentsException : AmazonSQSException
{
    public InvalidMessageContentsException() { }

    public InvalidMessageContentsException(string message) : base(message) { }

    public InvalidMessageContentsException(string message, Exception innerException) : base(message, innerException) { }

    public InvalidMessageContentsException(Exception innerException) : base(innerException) { }

    public InvalidMessageContentsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public InvalidMessageContentsException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class MessageNotInflightException : AmazonSQSException
{
    public MessageNotInflightException() { }

    public MessageNotInflightException(string message) : base(message) { }

    public MessageNotInflightException(string message, Exception innerException) : base(message, innerException) { }

    public MessageNotInflightException(Exception innerException) : base(innerException) { }

    public MessageNotInflightException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public MessageNotInflightException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class OverLimitException : AmazonSQSException
{
    public OverLimitException() { }

    public OverLimitException(string message) : base(message) { }

    public OverLimitException(string message, Exception innerException) : base(message, innerException) { }

    public OverLimitException(Exception innerException) : base(innerException) { }

    public OverLimitException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public OverLimitException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

public partial class ReceiptHandleIsInvalidException : AmazonSQSException
{
    public ReceiptHandleIsInvalidException() { }

    public ReceiptHandleIsInvalidException(string message) : base(message) { }

    public ReceiptHandleIsInvalidException(string message, Exception innerException) : base(message, innerException) { }

    public ReceiptHandleIsInvalidException(Exception innerException) : base(innerException) { }

    public ReceiptHandleIsInvalidException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public ReceiptHandleIsInvalidException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}
