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
}

/// <summary>Of mobile applications, which do not call this function: always null, and without members here.</summary>
public interface IClientContext;

/// <inheritdoc cref="IClientContext"/>
public interface ICognitoIdentity;

/// <summary>The log is reached through <see cref="LambdaLogger"/>: always null, and without members here.</summary>
public interface ILambdaLogger;

public interface ILambdaSerializer
{
    T Deserialize<T>(Stream requestStream);

    void Serialize<T>(T response, Stream responseStream);
}
