using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.Shared;

/// <summary>One operation of the AWS JSON 1.1 protocol: how its request is written as an object and its answer read from one.</summary>
internal static class JsonOperation
{
    /// <param name="target">The service's prefix and the action, as in X-Amz-Target.</param>
    public static InvokeOptions Define<TRequest, TResponse>(
        ServiceTraits service, string target, Action<Utf8JsonWriter, TRequest> members, Action<JsonElement, TResponse> fields, ErrorTable errors)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new Request<TRequest>(service, target, members),
            ResponseUnmarshaller = new Response<TResponse>(fields, errors),
        };

    private sealed class Request<T>(ServiceTraits service, string target, Action<Utf8JsonWriter, T> members)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
        where T : AmazonWebServiceRequest
    {
        private readonly string _serviceName = "Amazon." + service.ServiceId.Replace(" ", "", StringComparison.Ordinal);

        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var request = new DefaultRequest(input, _serviceName) { HttpMethod = "POST", ResourcePath = "/" };
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

    private sealed class Response<T>(Action<JsonElement, T> fields, ErrorTable errors) : JsonResponseUnmarshaller
        where T : AmazonWebServiceResponse, new()
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            var response = new T();
            using var body = JsonDocument.Parse(input.Stream);
            fields(body.RootElement, response);
            return response;
        }

        public override AmazonServiceException UnmarshallException(
            JsonUnmarshallerContext input, Exception innerException, System.Net.HttpStatusCode statusCode)
        {
            var reader = new StreamingUtf8JsonReader(input.Stream);
            var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
            error.InnerException = innerException;
            error.StatusCode = statusCode;
            return errors.Create(error);
        }
    }
}
