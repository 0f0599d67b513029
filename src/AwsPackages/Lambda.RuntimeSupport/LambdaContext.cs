using System.Globalization;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The context of one invocation: the headers of its event, and the function's environment.</summary>
internal sealed class LambdaContext : ILambdaContext
{
    private readonly HttpResponseHeaders _headers;
    private readonly DateTimeOffset _deadline;

    public LambdaContext(HttpResponseHeaders headers)
    {
        _headers = headers;
        AwsRequestId = Header("Aws-Request-Id") ?? throw new KeyNotFoundException("The event has no header Lambda-Runtime-Aws-Request-Id.");
        _deadline = long.TryParse(Header("Deadline-Ms"), CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.UnixEpoch;
    }

    public string AwsRequestId { get; }

    public string InvokedFunctionArn => Header("Invoked-Function-Arn");

    public string TraceId => Header("Trace-Id");

    public IClientContext ClientContext => null;

    public ICognitoIdentity Identity => null;

    public ILambdaLogger Logger => null;

    public string FunctionName => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION");

    public string LogGroupName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB =>
        int.TryParse(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), CultureInfo.InvariantCulture, out var megabytes) ? megabytes : 0;

    public TimeSpan RemainingTime => _deadline - TimeProvider.System.GetUtcNow();

    private string Header(string name) => _headers.TryGetValues("Lambda-Runtime-" + name, out var values) ? values.FirstOrDefault() : null;
}
