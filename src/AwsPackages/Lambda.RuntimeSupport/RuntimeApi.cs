using System.Net;
using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The four calls of the Lambda Runtime API, version 2018-06-01. One that is refused ends the process.</summary>
internal sealed class RuntimeApi(HttpClient http, string endpoint)
{
    private readonly string _base = $"http://{endpoint}/2018-06-01/runtime/";

    /// <summary>Waits for the next event; its body is buffered when this returns.</summary>
    public async Task<HttpResponseMessage> NextAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, "invocation/next");
        var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent) return response;
        using (response) throw await RefusalAsync(response).ConfigureAwait(false);
    }

    public async Task RespondAsync(string requestId, Stream output, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(output) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var request = Request(HttpMethod.Post, $"invocation/{requestId}/response");
        request.Content = content;
        await PostAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public Task ReportInvocationErrorAsync(string requestId, Exception exception, CancellationToken cancellationToken) =>
        ReportAsync($"invocation/{requestId}/error", exception, cancellationToken);

    public Task ReportInitializationErrorAsync(Exception exception, CancellationToken cancellationToken) =>
        ReportAsync("init/error", exception, cancellationToken);

    private async Task ReportAsync(string path, Exception exception, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(ErrorJson.Of(exception));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.aws.lambda.error+json");
        using var request = Request(HttpMethod.Post, path);
        request.Content = content;
        request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", exception.GetType().Name);
        await PostAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private HttpRequestMessage Request(HttpMethod method, string path) =>
        new(method, _base + path) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } } };

    private async Task PostAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Accepted) throw await RefusalAsync(response).ConfigureAwait(false);
    }

    private static async Task<HttpRequestException> RefusalAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return new(
            $"The Runtime API refused {response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath}: {(int)response.StatusCode} {body}",
            null, response.StatusCode);
    }
}
