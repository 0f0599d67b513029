using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.Shared;

/// <summary>One operation of the AWS JSON 1.1 protocol: how its request is written as an object and its answer read from one.</summary>
internal static class JsonOperation
{
    /// <param name="service">Whose operation it is.</param>
    /// <param name="target">The service's prefix and the action, as in X-Amz-Target.</param>
    /// <param name="members">Writes the request's members.</param>
    /// <param name="fields">Takes the answer's.</param>
    public static InvokeOptions Define<TRequest, TResponse>(
        ServiceTraits service, string target, Action<Utf8JsonWriter, TRequest> members, Action<JsonElement, TResponse> fields)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new Request<TRequest>(service, target, members),
            ResponseUnmarshaller = new Response<TResponse>(service, fields),
        };

    /// <summary>A member that is absent reads as null.</summary>
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string Text(this JsonElement json, string name) => json.Member(name)?.GetString();

    /// <summary>A member that is not set is not written.</summary>
    public static void Text(this Utf8JsonWriter json, string name, string value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    public static void List<T>(this Utf8JsonWriter json, string name, List<T> values, Action<Utf8JsonWriter, T> members)
    {
        if (values is null) return;
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStartObject();
            members(json, value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private sealed class Request<T>(ServiceTraits service, string target, Action<Utf8JsonWriter, T> members)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
        where T : AmazonWebServiceRequest
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var request = service.Request(input);
            (request.HttpMethod, request.ResourcePath) = ("POST", "/");
            request.Headers["X-Amz-Target"] = target;
            request.Headers["Content-Type"] = "application/x-amz-json-1.1";
            using var body = new MemoryStream();
            using (var json = new Utf8JsonWriter(body))
            {
                json.WriteStartObject();
                members(json, (T)input);
                json.WriteEndObject();
            }
            request.Content = body.ToArray();
            return request;
        }
    }

    private sealed class Response<T>(ServiceTraits service, Action<JsonElement, T> fields) : JsonResponseUnmarshaller
        where T : AmazonWebServiceResponse, new()
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            var response = new T();
            using var body = JsonDocument.Parse(input.Stream);
            fields(body.RootElement, response);
            return response;
        }

        public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var reader = new StreamingUtf8JsonReader(input.Stream);
            return service.Error(JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader), innerException, statusCode);
        }
    }
}
