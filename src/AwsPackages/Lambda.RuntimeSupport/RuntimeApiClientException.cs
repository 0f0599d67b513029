using System.Net;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API refused a call. Ends the process.</summary>
public class RuntimeApiClientException : Exception
{
    public RuntimeApiClientException(string message, int statusCode, string response, Dictionary<string, IEnumerable<string>> headers, Exception innerException)
        : base($"{message}\n\nStatus: {statusCode}\nResponse: \n{response?[..Math.Min(response.Length, 512)]}", innerException)
    {
        StatusCode = statusCode;
        Response = response;
        Headers = headers;
    }

    public int StatusCode { get; private set; }

    public string Response { get; private set; }

    public Dictionary<string, IEnumerable<string>> Headers { get; private set; }

    internal static async Task<RuntimeApiClientException> FromAsync(HttpResponseMessage response)
    {
        var reason = response.StatusCode switch
        {
            HttpStatusCode.BadRequest => "Bad Request",
            HttpStatusCode.Forbidden => "Forbidden",
            HttpStatusCode.RequestEntityTooLarge => "Payload Too Large",
            HttpStatusCode.InternalServerError => "Container error: the execution environment cannot recover, the process has to end",
            _ => $"The Runtime API did not accept {response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath}",
        };
        var body = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return new(reason, (int)response.StatusCode, body, response.Headers.ToDictionary(h => h.Key, h => h.Value), null);
    }
}
