using System.Net;
using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>An error of the service that has no class of its own; <c>ErrorCode</c> tells which.</summary>
public partial class AmazonEC2Exception : AmazonServiceException
{
    public AmazonEC2Exception() { }

    public AmazonEC2Exception(string message) : base(message) { }

    public AmazonEC2Exception(string message, Exception innerException) : base(message, innerException) { }

    public AmazonEC2Exception(Exception innerException) : base(innerException) { }

    public AmazonEC2Exception(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    public AmazonEC2Exception(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
}
