using System.Net;
using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

/// <summary>Wire code <c>ResourceContention</c>, HTTP 500: retried by the client.</summary>
public partial class ResourceContentionException : AmazonAutoScalingException
{
    public ResourceContentionException() { }

    public ResourceContentionException(string message) : base(message) { }

    public ResourceContentionException(string message, Exception innerException) : base(message, innerException) { }

    public ResourceContentionException(Exception innerException) : base(innerException) { }

    public ResourceContentionException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public ResourceContentionException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>Wire code <c>InvalidNextToken</c>, HTTP 400.</summary>
public partial class InvalidNextTokenException : AmazonAutoScalingException
{
    public InvalidNextTokenException() { }

    public InvalidNextTokenException(string message) : base(message) { }

    public InvalidNextTokenException(string message, Exception innerException) : base(message, innerException) { }

    public InvalidNextTokenException(Exception innerException) : base(innerException) { }

    public InvalidNextTokenException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public InvalidNextTokenException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}
