using System.Net;
using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The four calls of the Lambda Runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeApi(HttpClient http, string endpoint)
{
    private const string ErrorContentType = "application/vnd.aws.lambda.error+json";
    private const int LargestXRayCause = 1024 * 1024;

    private readonly string _base = $"http://{endpoint}/2018-06-01/runtime/";

    /// <summary>Waits for the next event; its body is buffered when this returns.</summary>
    public async Task<HttpResponseMessage> NextAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, "invocation/next");
        var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent) return response;
        using (response) throw await RuntimeApiClientException.FromAsync(response).ConfigureAwait(false);
    }

    public async Task RespondAsync(string requestId, InvocationResponse response, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, $"invocation/{requestId}/response");
        request.Content = new StreamContent(response.OutputStream) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        try
        {
            await PostAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // With the request goes its content, and with that the stream.
            if (!response.DisposeOutputStream) request.Content = null;
        }
    }

    public async Task ReportInvocationErrorAsync(string requestId, Exception exception, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, $"invocation/{requestId}/error");
        request.Content = ErrorContent(exception);
        request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", exception.GetType().Name);
        var cause = ErrorJson.XRayCause(exception);
        if (cause.Length < LargestXRayCause) request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-XRay-Error-Cause", cause);
        await PostAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public async Task ReportInitializationErrorAsync(Exception exception, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, "init/error");
        request.Content = ErrorContent(exception);
        await PostAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static ByteArrayContent ErrorContent(Exception exception) =>
        new(ErrorJson.Of(exception)) { Headers = { ContentType = new MediaTypeHeaderValue(ErrorContentType) } };

    private HttpRequestMessage Request(HttpMethod method, string path) =>
        new(method, _base + path) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } } };

    private async Task PostAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Accepted) throw await RuntimeApiClientException.FromAsync(response).ConfigureAwait(false);
    }
}
