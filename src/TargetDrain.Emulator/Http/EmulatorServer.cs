using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using TargetDrain.Emulator.Lambda;

namespace TargetDrain.Emulator.Http;

/// <summary>
/// The emulated AWS on a loopback port: Runtime API paths go to <paramref name="runtimeApi"/>, what
/// carries a signature to <paramref name="aws"/>; what <paramref name="pages"/> answers is answered so, and every other POST is AWS's too.
/// </summary>
internal sealed class EmulatorServer(
    Func<WireRequest, CancellationToken, Task<WireResponse>> aws, RuntimeApi? runtimeApi = null,
    Func<string, WireRequest, WireResponse?>? pages = null) : IAsyncDisposable
{
    // SQS takes 1 MiB, the Runtime API 6 MB; base64 and JSON escapes come on top.
    private const long RequestLimit = 32 * 1024 * 1024;

    private WebApplication? app;
    private int port;

    /// <summary>"127.0.0.1:port", once started.</summary>
    public string Address => app is null ? throw new InvalidOperationException("The server has not been started.") : $"127.0.0.1:{port}";

    public string Url => $"http://{Address}";

    /// <param name="wanted">The port; 0 picks a free port.</param>
    /// <exception cref="PortTakenException">Another program listens there.</exception>
    public async Task StartAsync(int wanted = 0, CancellationToken cancellationToken = default)
    {
        // The empty builder reads no configuration and has no logging: nothing is printed beside our own output.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestLimit;
            // A storm runs beside a debugger or on two cores; slow is not dead.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, wanted);
        });
        var starting = builder.Build();
        starting.Run(ServeAsync);
        try
        {
            await starting.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await starting.DisposeAsync();
            throw new PortTakenException(wanted, exception);
        }
        port = new Uri(starting.Urls.First()).Port;
        app = starting;
    }

    public async ValueTask DisposeAsync()
    {
        if (app is null) return;
        using var now = new CancellationTokenSource();
        // Long polls would hold a graceful stop for as long as they last.
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        try
        {
            var request = await ReadAsync(context.Request, context.RequestAborted);
            var response = RuntimeApi.Serves(request.Path) && runtimeApi is not null
                ? await runtimeApi.HandleAsync(context.Request.Method, request, context.RequestAborted)
                : !IsSigned(request) && pages?.Invoke(context.Request.Method, request) is { } page ? page
                : IsSigned(request) || HttpMethods.IsPost(request.Method) ? await aws(request, context.RequestAborted)
                : new WireResponse(200, "text/plain", "TargetDrain's emulated AWS. Point an AWS client's endpoint URL here.\n"u8.ToArray());
            await WriteAsync(context.Response, response, response.Body.Length, context.RequestAborted);
        }
        catch (ConnectionCutException cut)
        {
            // An abort would throw away what is on its way. An answer shorter than it says makes Kestrel send that and close.
            if (cut.Answer is { } answer && cut.Bytes < answer.Body.Length)
                await WriteAsync(context.Response, answer, cut.Bytes, context.RequestAborted);
            else
                context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left.
        }
    }

    private static async Task<WireRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new WireRequest(request.Path.Value is { Length: > 0 } path ? path : "/", headers, body.GetBuffer().AsMemory(0, (int)body.Length))
        {
            Method = request.Method,
            Query = request.QueryString.Value ?? "",
        };
    }

    // Most services take every call as a POST; REST services use all methods, and are known by their signature.
    private static bool IsSigned(WireRequest request) => request.Header("Authorization")?.StartsWith("AWS4-", StringComparison.Ordinal) == true;

    private static async Task WriteAsync(HttpResponse response, WireResponse answer, int bytes, CancellationToken cancellationToken)
    {
        response.StatusCode = answer.Status;
        // What has no content says nothing about it: the connection would not be used again.
        if (answer.Status == StatusCodes.Status204NoContent) return;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        foreach (var (name, value) in answer.Headers) response.Headers[name] = value;
        await response.Body.WriteAsync(answer.Body[..bytes], cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}

/// <summary>Another program listens on the port.</summary>
internal sealed class PortTakenException(int port, Exception inner) : IOException(
    $"Port {port} on 127.0.0.1 is taken. Stop the program that listens there, or choose another port; 0 picks a free port.", inner)
{
    public int Port { get; } = port;
}
