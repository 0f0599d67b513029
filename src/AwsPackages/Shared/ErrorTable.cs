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
    public AmazonServiceException Create(ErrorResponse error)
    {
        var factory = Array.Find(known, e => e.Code == error.Code)?.Create ?? other;
        return factory(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode);
    }
}
