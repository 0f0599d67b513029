using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Fetches events from the Lambda Runtime API and posts the handler's answers, one at a time.</summary>
public class LambdaBootstrap : IDisposable
{
    private readonly LambdaBootstrapHandler _handler;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly LambdaBootstrapOptions _options;
    private readonly ILambdaSerializer _serializer;
    private readonly HttpClient _http;
    private readonly bool _ownsHttpClient;
    private readonly ConsoleLog _log;

    public LambdaBootstrap(HttpClient httpClient, LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(httpClient ?? throw new ArgumentNullException(nameof(httpClient)), false, handler, null, null, initializer) { }

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), true, handler, null, null, initializer) { }

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), true, handler, null, lambdaBootstrapOptions, initializer) { }

    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), true, handlerWrapper.Handler, handlerWrapper.Serializer, null, initializer) { }

    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), true, handlerWrapper.Handler, handlerWrapper.Serializer, lambdaBootstrapOptions, initializer) { }

    public LambdaBootstrap(HttpClient httpClient, HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, handlerWrapper, null, initializer) { }

    public LambdaBootstrap(
        HttpClient httpClient, HandlerWrapper handlerWrapper, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(httpClient ?? throw new ArgumentNullException(nameof(httpClient)), false, handlerWrapper.Handler, handlerWrapper.Serializer,
            lambdaBootstrapOptions, initializer)
    { }

    internal LambdaBootstrap(
        HttpClient httpClient, bool ownsHttpClient, LambdaBootstrapHandler handler, ILambdaSerializer serializer,
        LambdaBootstrapOptions options, LambdaBootstrapInitializer initializer)
    {
        _http = httpClient;
        _ownsHttpClient = ownsHttpClient;
        _handler = handler ?? throw new ArgumentNullException(nameof(handler));
        _serializer = serializer;
        _options = options;
        _initializer = initializer;

        // An idle function waits in "next" for as long as nothing happens.
        _http.Timeout = TimeSpan.FromHours(12);
        _log = new ConsoleLog(LogSink.Open(LogWriter.OriginalOut));
        _log.Install();
    }

    public static HttpClient ConstructHttpClient()
    {
        var mode = RuntimeFeature.IsDynamicCodeSupported ? "" : "-aot";
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"aws-lambda-dotnet/net{Environment.Version.Major}.{Environment.Version.Minor}{mode}");
        return client;
    }

    /// <summary>Ends when the token is cancelled; throws when the Runtime API refuses a call or the initializer throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var endpoint = _options?.RuntimeApiEndpoint is { Length: > 0 } given ? given : Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API");
        var api = new RuntimeApi(_http, endpoint);
        if (_ownsHttpClient) LimitHeap();
        if (_initializer is not null && !await InitializeAsync(api, cancellationToken).ConfigureAwait(false)) return;

        var once = Environment.GetEnvironmentVariable("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE") is { } flag && bool.TryParse(flag, out var isOnce) && isOnce;
        do
        {
            try
            {
                await InvokeOnceAsync(api, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Either the loop is told to end, or one call was cut off and the next may succeed.
            }
        }
        while (!once && !cancellationToken.IsCancellationRequested);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && _ownsHttpClient) _http.Dispose();
    }

    private async Task<bool> InitializeAsync(RuntimeApi api, CancellationToken cancellationToken)
    {
        try
        {
            return await _initializer().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _log.Write(nameof(LogLevel.Error), e, "", null);
            await api.ReportInitializationErrorAsync(e, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task InvokeOnceAsync(RuntimeApi api, CancellationToken cancellationToken)
    {
        using var next = await api.NextAsync(cancellationToken).ConfigureAwait(false);
        var context = new LambdaContext(next.Headers, _log, _serializer);
        _log.Context = context;
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", context.TraceId);
        LambdaTraceProvider.Set(context.TraceId);

        // The body is in memory by now.
        using var invocation = new InvocationRequest(await next.Content.ReadAsStreamAsync(CancellationToken.None).ConfigureAwait(false), context);
        InvocationResponse response;
        try
        {
            response = await _handler(invocation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the handler throws is this invocation's outcome, not the process's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.Write(nameof(LogLevel.Error), e, "", null);
            await api.ReportInvocationErrorAsync(context.AwsRequestId, e, cancellationToken).ConfigureAwait(false);
            return;
        }

        await api.RespondAsync(context.AwsRequestId, response ?? HandlerWrapper.Nothing(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Tells the garbage collector what Lambda grants. Not with a caller's HttpClient: then the process may not be
    /// the function's alone.
    /// </summary>
    private static void LimitHeap()
    {
        if (string.Equals(Environment.GetEnvironmentVariable("AWS_LAMBDA_DOTNET_DISABLE_MEMORY_LIMIT_CHECK"), "true", StringComparison.OrdinalIgnoreCase)) return;
        var size = Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
        if (!ulong.TryParse(size, CultureInfo.InvariantCulture, out var megabytes)) return;
        try
        {
            AppContext.SetData("GCHeapHardLimit", megabytes * 1024 * 1024);
            GC.RefreshMemoryLimit();
        }
        catch (InvalidOperationException)
        {
            // More is already in use than the limit would allow; it stays without one.
        }
    }
}
