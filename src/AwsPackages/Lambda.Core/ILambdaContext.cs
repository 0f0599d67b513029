namespace Amazon.Lambda.Core;

/// <summary>What is known about the current invocation and the function it belongs to.</summary>
public interface ILambdaContext
{
    string AwsRequestId { get; }

    IClientContext ClientContext { get; }

    string FunctionName { get; }

    string FunctionVersion { get; }

    ICognitoIdentity Identity { get; }

    string InvokedFunctionArn { get; }

    ILambdaLogger Logger { get; }

    string LogGroupName { get; }

    string LogStreamName { get; }

    int MemoryLimitInMB { get; }

    /// <summary>Computed anew at each read; negative once the deadline is over.</summary>
    TimeSpan RemainingTime { get; }

    string TenantId => string.Empty;

    string TraceId => string.Empty;

    /// <summary>The serializer the handler was built with; null if it has none.</summary>
    ILambdaSerializer Serializer => null;
}
