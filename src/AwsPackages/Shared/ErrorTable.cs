using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Shared;

internal delegate AmazonServiceException ErrorFactory(
    string message, Exception innerException, ErrorType type, string code, string requestId, HttpStatusCode status);

/// <summary>A wire code and the exception class that stands for it.</summary>
internal sealed record KnownError(string Code, ErrorFactory Create);

/// <summary>The errors an operation declares; every other code becomes the service's base exception.</summary>
internal sealed class ErrorTable(ErrorFactory other, params KnownError[] known)
{
    /// <param name="error">What was read from the response.</param>
    /// <param name="shape">The name that chooses the class; with SQS it differs from the code that is reported.</param>
    public AmazonServiceException Create(ErrorResponse error, string shape)
    {
        var factory = Array.Find(known, e => e.Code == shape)?.Create ?? other;
        return factory(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode);
    }
}
