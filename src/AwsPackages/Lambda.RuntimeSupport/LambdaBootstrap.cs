using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Fetches events from the Lambda Runtime API and posts the handler's answers, one at a time.</summary>
public class LambdaBootstrap : IDisposable
{
    private readonly Func<Stream, ILambdaContext, Task<Stream>> _handler;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly HttpClient _http = CreateHttpClient();
    private readonly FunctionLog _log = new();

    internal LambdaBootstrap(Func<Stream, ILambdaContext, Task<Stream>> handler, LambdaBootstrapInitializer initializer)
    {
        _handler = handler;
        _initializer = initializer;
        LambdaLogger.Target = _log.Write;
    }

    /// <summary>Ends when the token is cancelled; throws when the Runtime API refuses a call or the initializer throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var api = new RuntimeApi(_http, Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API"));
        LimitHeap();
        if (_initializer is not null && !await InitializeAsync(api, cancellationToken).ConfigureAwait(false)) return;

        while (!cancellationToken.IsCancellationRequested)
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
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _http.Dispose();
    }

    private static HttpClient CreateHttpClient()
    {
        // An idle function waits in "next" for as long as nothing happens.
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = TimeSpan.FromHours(12),
        };
        var mode = RuntimeFeature.IsDynamicCodeSupported ? "" : "-aot";
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"aws-lambda-dotnet/net{Environment.Version.Major}.{Environment.Version.Minor}{mode}");
        return client;
    }

    private async Task<bool> InitializeAsync(RuntimeApi api, CancellationToken cancellationToken)
    {
        try
        {
            return await _initializer().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _log.Write(LogLevel.Error, e, "", null);
            await api.ReportInitializationErrorAsync(e, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task InvokeOnceAsync(RuntimeApi api, CancellationToken cancellationToken)
    {
        using var next = await api.NextAsync(cancellationToken).ConfigureAwait(false);
        var context = new LambdaContext(next.Headers);
        _log.Context = context;
        // The SDK's clients send it along with every call; by it Lambda notices loops.
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", context.TraceId);

        // The body is in memory by now.
        using var input = await next.Content.ReadAsStreamAsync(CancellationToken.None).ConfigureAwait(false);
        Stream output;
        try
        {
            output = await _handler(input, context).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the handler throws is this invocation's outcome, not the process's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.Write(LogLevel.Error, e, "", null);
            await api.ReportInvocationErrorAsync(context.AwsRequestId, e, cancellationToken).ConfigureAwait(false);
            return;
        }

        await api.RespondAsync(context.AwsRequestId, output, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells the garbage collector what Lambda grants.</summary>
    private static void LimitHeap()
    {
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
