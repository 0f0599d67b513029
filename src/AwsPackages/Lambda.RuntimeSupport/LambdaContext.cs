using System.Globalization;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The context of one invocation: the headers of its event, and the function's environment.</summary>
internal sealed class LambdaContext : ILambdaContext
{
    private readonly HttpResponseHeaders _headers;
    private readonly ConsoleLog _log;
    private readonly DateTimeOffset _deadline;

    public LambdaContext(HttpResponseHeaders headers, ConsoleLog log, ILambdaSerializer serializer)
    {
        _headers = headers;
        _log = log;
        Serializer = serializer;
        AwsRequestId = Header("Aws-Request-Id") ?? throw new KeyNotFoundException("The event has no header Lambda-Runtime-Aws-Request-Id.");
        _deadline = long.TryParse(Header("Deadline-Ms"), CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.UnixEpoch;
    }

    public string AwsRequestId { get; }

    public string InvokedFunctionArn => Header("Invoked-Function-Arn");

    public string TraceId => Header("Trace-Id");

    public string TenantId => Header("Aws-Tenant-Id");

    public IClientContext ClientContext => RuntimeSupport.ClientContext.Parse(Header("Client-Context"));

    public ICognitoIdentity Identity => CognitoIdentity.Parse(Header("Cognito-Identity"));

    public string FunctionName => Variable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Variable("AWS_LAMBDA_FUNCTION_VERSION");

    public string LogGroupName => Variable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Variable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB =>
        int.TryParse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), CultureInfo.InvariantCulture, out var megabytes) ? megabytes : 0;

    public TimeSpan RemainingTime => _deadline - TimeProvider.System.GetUtcNow();

    public ILambdaLogger Logger => new ContextLogger(_log);

    public ILambdaSerializer Serializer { get; }

    private string Header(string name) => _headers.TryGetValues("Lambda-Runtime-" + name, out var values) ? values.FirstOrDefault() : null;

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name);

    private sealed class ContextLogger(ConsoleLog log) : ILambdaLogger
    {
        public void Log(string message) => log.Raw(message);

        public void LogLine(string message) => log.Write(nameof(LogLevel.Information), null, message, null);

        public void Log(string level, string message) => log.Write(level, null, message, null);

        public void Log(string level, string message, params object[] args) => log.Write(level, null, message, args);

        public void Log(string level, Exception exception, string message, params object[] args) => log.Write(level, exception, message, args);
    }
}
