using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace TargetDrain.Local.Diagnostics;

/// <summary>
/// The few calls to services whose client this program has no other use for. Signature Version 4, see
/// docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html; paths and queries are given as they are signed.
/// </summary>
internal sealed class SignedCalls(ClientConfig config, HttpMessageHandler handler, TimeProvider clock) : IDisposable
{
    private readonly HttpClient http = new(handler) { Timeout = TimeSpan.FromSeconds(10) };

    /// <exception cref="SignedCallException">The service refused, or what answers is no such service.</exception>
    public Task<JsonElement> GetAsync(string service, string path, string query, CancellationToken cancellation) =>
        SendAsync(service, HttpMethod.Get, path, query, target: null, body: "", cancellation);

    /// <param name="target">X-Amz-Target of the AWS JSON protocol.</param>
    /// <exception cref="SignedCallException">The service refused, or what answers is no such service.</exception>
    public Task<JsonElement> PostAsync(string service, string target, string body, CancellationToken cancellation) =>
        SendAsync(service, HttpMethod.Post, "/", "", target, body, cancellation);

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> SendAsync(
        string service, HttpMethod method, string path, string query, string? target, string body, CancellationToken cancellation)
    {
        var (host, region) = Endpoint(service);
        using var request = new HttpRequestMessage(method, $"{host.GetLeftPart(UriPartial.Authority)}{path}{(query.Length > 0 ? $"?{query}" : "")}");
        if (target is not null)
        {
            request.Content = new StringContent(body, new MediaTypeHeaderValue("application/x-amz-json-1.1"));
            request.Headers.Add("X-Amz-Target", target);
        }
        var credentials = config.DefaultAWSCredentials ?? await new DefaultAWSCredentialsIdentityResolver().ResolveIdentityAsync(config, cancellation);
        Sign(request, await credentials.GetCredentialsAsync(), service, region, path, query, body);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            using var document = JsonDocument.Parse(text);
            if (response.IsSuccessStatusCode) return document.RootElement.Clone();
            throw new SignedCallException($"HTTP {(int)response.StatusCode}: {Message(document.RootElement)}");
        }
        catch (JsonException)
        {
            throw new SignedCallException($"{host.Authority} does not answer as {service} does");
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new SignedCallException(exception.Message);
        }
    }

    private (Uri Host, string Region) Endpoint(string service)
    {
        if (config.ServiceURL is { Length: > 0 } url) return (new Uri(url), config.AuthenticationRegion);
        var region = config.RegionEndpoint ?? throw new SignedCallException("no Region is set");
        return (new Uri($"https://{service}.{region.SystemName}.{region.PartitionDnsSuffix}"), region.SystemName);
    }

    private void Sign(HttpRequestMessage request, ImmutableCredentials credentials, string service, string region, string path, string query, string body)
    {
        var now = clock.GetUtcNow();
        var (date, time) = ($"{now:yyyyMMdd}", $"{now:yyyyMMdd'T'HHmmss'Z'}");
        request.Headers.Add("X-Amz-Date", time);
        if (credentials.UseToken) request.Headers.Add("X-Amz-Security-Token", credentials.Token);
        var headers = request.Headers.Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value)))
            .Append((Name: "host", Value: request.RequestUri!.Authority)).OrderBy(header => header.Name, StringComparer.Ordinal).ToList();
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = string.Join('\n',
            [request.Method.Method, path, query, .. headers.Select(header => $"{header.Name}:{header.Value}"), "", names, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(body)))]);
        var scope = $"{date}/{region}/{service}/aws4_request";
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = new[] { date, region, service, "aws4_request", toSign }
            .Aggregate(Encoding.UTF8.GetBytes("AWS4" + credentials.SecretKey), (secret, part) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(part)));
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={credentials.AccessKey}/{scope}, SignedHeaders={names}, Signature={Hex(key)}");
    }

    private static string Message(JsonElement error) =>
        error.ValueKind != JsonValueKind.Object ? "" :
        error.TryGetProperty("message", out var lower) || error.TryGetProperty("Message", out lower) ? $"{lower}" : $"{error}";

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

internal sealed class SignedCallException(string message) : Exception(message);
