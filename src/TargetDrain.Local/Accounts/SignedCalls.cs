using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime.Credentials;

namespace TargetDrain.Local.Accounts;

/// <summary>
/// The few calls to services whose client this program has no other use for. Signature Version 4, see
/// docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html; paths and queries are given as they are signed.
/// Errors are the SDK's own exceptions, so that they are repeated, slowed down and told like those of the other calls.
/// </summary>
#pragma warning disable CA1001 // The client lives as long as the connection it belongs to: until the command ends.
internal sealed class SignedCalls(ClientConfig config, HttpMessageHandler handler, TimeProvider clock, AwsApi api)
{
    private readonly HttpClient http = new(handler, disposeHandler: false);

    /// <summary>A REST service's GET.</summary>
    /// <exception cref="AmazonServiceException">The service refused, or what answers is no such service.</exception>
    public async Task<T> GetAsync<T>(string service, string path, string query, JsonTypeInfo<T> shape, CancellationToken cancellation) =>
        Json(service, await SendAsync(new Call(service, path.Split('/')[^1], HttpMethod.Get, path, query), cancellation), shape);

    /// <param name="target">X-Amz-Target of the AWS JSON protocol.</param>
    /// <exception cref="AmazonServiceException">The service refused, or what answers is no such service.</exception>
    public async Task<T> PostAsync<T>(string service, string target, string body, JsonTypeInfo<T> shape, CancellationToken cancellation) =>
        Json(service, await SendAsync(new Call(service, target.Split('.')[^1], HttpMethod.Post, "/", "") { Target = target, Body = body }, cancellation), shape);

    /// <summary>A call by the Query protocol.</summary>
    /// <returns>The answer without namespaces.</returns>
    /// <exception cref="AmazonServiceException">The service refused, or what answers is no such service.</exception>
    public async Task<XElement> QueryAsync(
        string service, string version, string action, CancellationToken cancellation, params IEnumerable<(string Name, string Value)> parameters)
    {
        var body = string.Join('&', parameters.Prepend(("Version", version)).Prepend(("Action", action)).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));
        var answer = await SendAsync(new Call(service, action, HttpMethod.Post, "/", "") { Body = body }, cancellation);
        return Xml(answer.Text) ?? throw NoSuchService(service);
    }

    private async Task<Answer> SendAsync(Call call, CancellationToken cancellation) =>
        await api.CallAsync(call.Operation, Urgency.Patient, stop => AttemptAsync(call, stop), cancellation);

    private async Task<Answer> AttemptAsync(Call call, CancellationToken cancellation)
    {
        var (host, region) = Endpoint(call.Service);
        using var request = new HttpRequestMessage(call.Method, $"{host.GetLeftPart(UriPartial.Authority)}{call.Path}{(call.Query.Length > 0 ? $"?{call.Query}" : "")}");
        if (call.Method == HttpMethod.Post)
        {
            request.Content = new StringContent(call.Body, new MediaTypeHeaderValue(call switch
            {
                { Target: null } => "application/x-www-form-urlencoded",
                { Service: "monitoring" } => "application/x-amz-json-1.0",
                _ => "application/x-amz-json-1.1",
            }));
            if (call.Target is not null) request.Headers.Add("X-Amz-Target", call.Target);
        }
        var credentials = config.DefaultAWSCredentials ?? await new DefaultAWSCredentialsIdentityResolver().ResolveIdentityAsync(config, cancellation);
        Sign(request, await credentials.GetCredentialsAsync(), region, call);
        using var response = await http.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        var requestId = response.Headers.TryGetValues("x-amzn-RequestId", out var ids) ? ids.First() : "";
        if (!response.IsSuccessStatusCode)
        {
            // REST services name the error here, perhaps with an address behind a colon.
            var named = response.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.First().Split(':')[0] : "";
            throw Refused(call.Service, response.StatusCode, text, named, requestId);
        }
        return new Answer(text) { ResponseMetadata = new ResponseMetadata { RequestId = requestId } };
    }

    private (Uri Host, string Region) Endpoint(string service)
    {
        if (config.ServiceURL is { Length: > 0 } url) return (new Uri(url), config.AuthenticationRegion);
        var region = config.RegionEndpoint ?? throw new AmazonClientException("No RegionEndpoint or ServiceURL configured");
        return (new Uri($"https://{service}.{region.SystemName}.{region.PartitionDnsSuffix}"), region.SystemName);
    }

    private void Sign(HttpRequestMessage request, ImmutableCredentials credentials, string region, Call call)
    {
        var now = clock.GetUtcNow();
        var (date, time) = ($"{now:yyyyMMdd}", $"{now:yyyyMMdd'T'HHmmss'Z'}");
        request.Headers.Add("X-Amz-Date", time);
        if (credentials.UseToken) request.Headers.Add("X-Amz-Security-Token", credentials.Token);
        var headers = request.Headers.Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value)))
            .Append((Name: "host", Value: request.RequestUri!.Authority)).OrderBy(header => header.Name, StringComparer.Ordinal).ToList();
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = string.Join('\n',
            [request.Method.Method, call.Path, call.Query, .. headers.Select(header => $"{header.Name}:{header.Value}"), "", names, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(call.Body)))]);
        var scope = $"{date}/{region}/{call.Service}/aws4_request";
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = new[] { date, region, call.Service, "aws4_request", toSign }
            .Aggregate(Encoding.UTF8.GetBytes("AWS4" + credentials.SecretKey), (secret, part) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(part)));
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={credentials.AccessKey}/{scope}, SignedHeaders={names}, Signature={Hex(key)}");
    }

    private static T Json<T>(string service, Answer answer, JsonTypeInfo<T> shape)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Text, shape) ?? throw NoSuchService(service);
        }
        catch (JsonException)
        {
            throw NoSuchService(service);
        }
    }

    /// <summary>By code and message, which every protocol puts in another place.</summary>
    private static AmazonServiceException Refused(string service, HttpStatusCode status, string text, string named, string requestId)
    {
        var (code, message) = (named, "");
        if (Xml(text) is { } xml)
            (code, message) = (xml.Descendants("Code").FirstOrDefault()?.Value ?? "", xml.Descendants("Message").FirstOrDefault()?.Value ?? "");
        else if (TryJson(text) is { } error)
            (code, message) = (error.Type?.Split('#')[^1] ?? named, error.Message ?? error.CapitalMessage ?? "");
        return message.Length + code.Length == 0
            ? NoSuchService(service, status)
            : new AmazonServiceException(message, status < HttpStatusCode.InternalServerError ? ErrorType.Sender : ErrorType.Receiver, code, requestId, status);
    }

    private static AmazonServiceException NoSuchService(string service, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        new($"what answers there is not {service} (HTTP {(int)status})", ErrorType.Unknown, "", "", status);

    private static ErrorBody? TryJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, InstallationJson.Default.ErrorBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static XElement? Xml(string text)
    {
        try
        {
            var root = XElement.Parse(text);
            foreach (var element in root.DescendantsAndSelf()) element.Name = element.Name.LocalName;
            return root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private sealed record Call(string Service, string Operation, HttpMethod Method, string Path, string Query)
    {
        public string? Target { get; init; }

        public string Body { get; init; } = "";
    }

    private sealed class Answer(string text) : AmazonWebServiceResponse
    {
        public string Text => text;
    }
}
