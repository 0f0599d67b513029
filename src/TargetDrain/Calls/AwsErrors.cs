using System.Net;
using System.Xml;
using Amazon.AutoScaling;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;

namespace TargetDrain.Calls;

/// <summary>What an exception from an AWS call means for us. The one place that knows codes and messages.</summary>
internal static class AwsErrors
{
    private static readonly HashSet<string> ThrottlingCodes = new(StringComparer.Ordinal)
    {
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "RequestLimitExceeded", "TooManyRequestsException", "SlowDown", "BandwidthLimitExceeded", "EC2ThrottledException",
    };

    /// <summary>Too many calls, in AWS's words or by the status alone: the call was not made, and may be later.</summary>
    public static bool IsThrottling(Exception exception) =>
        exception is AmazonServiceException failure &&
        (failure.StatusCode == HttpStatusCode.TooManyRequests || (failure.ErrorCode is { } code && ThrottlingCodes.Contains(code)));

    /// <summary>Whoever answered, the service or what stands before it, wants fewer calls for a while.</summary>
    public static bool AsksForFewerCalls(Exception exception) =>
        IsThrottling(exception) || exception is AmazonServiceException { StatusCode: HttpStatusCode.ServiceUnavailable };

    /// <summary>Worth another try within seconds: a fault of the service, or an answer lost or cut on the way.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        _ when IsThrottling(exception) => false, // is waiting
        AmazonUnmarshallingException or XmlException => true,
        AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError } => true,
        AmazonServiceException { ErrorCode: "PriorRequestNotComplete" or "RequestTimeout" or "RequestTimeoutException" } => true,
        // A 2xx whose body could not be read leaves no error code. A 4xx without one will be the same next time.
        AmazonServiceException { ErrorCode: null or "", StatusCode: < HttpStatusCode.MultipleChoices } => true,
        HttpRequestException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>The group was deleted; nothing is registered in what does not exist.</summary>
    public static bool IsGroupGone(Exception exception) =>
        exception is TargetGroupNotFoundException or AmazonServiceException { ErrorCode: "TargetGroupNotFound" };

    /// <summary>The request names a target that AWS does not accept; the same request without it may pass.</summary>
    public static bool IsAboutOneTarget(Exception exception) =>
        exception is AmazonServiceException { ErrorCode: "InvalidTarget" or "ValidationError" };

    /// <summary>
    /// The action has ended already: completed by somebody else, timed out, or its hook or group deleted. Auto Scaling declares no error
    /// type for it; the message is all there is.
    /// </summary>
    public static bool IsActionOver(Exception exception) =>
        exception is AmazonAutoScalingException { ErrorCode: "ValidationError" } &&
        (exception.Message.Contains("No active Lifecycle Action", StringComparison.OrdinalIgnoreCase) ||
         exception.Message.Contains("No Lifecycle Hook", StringComparison.OrdinalIgnoreCase) ||
         exception.Message.Contains("not found", StringComparison.OrdinalIgnoreCase));

    /// <summary>For logs: the wire code where there is one, then the message.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"{code}: {exception.Message}",
        AmazonServiceException { StatusCode: not 0 and var status } => $"status {(int)status}: {exception.Message}",
        OperationCanceledException => "not answered within the time of the invocation",
        _ => exception.Message,
    };
}
