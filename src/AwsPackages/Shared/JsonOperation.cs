using System.Buffers;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.Shared;

/// <summary>One operation of the AWS JSON 1.0 protocol, with the error codes of the Query protocol it replaced.</summary>
internal static class JsonOperation
{
    /// <param name="service">The service.</param>
    /// <param name="target">X-Amz-Target, e.g. AmazonSQS.SendMessage.</param>
    /// <param name="members">Writes the members of the request into an open JSON object.</param>
    /// <param name="read">Reads the answer; null if it has none, then the body is not looked at.</param>
    /// <param name="errors">The errors the operation declares, by shape name.</param>
    public static InvokeOptions Define<TRequest, TResponse>(
        ServiceTraits service, string target, Action<Utf8JsonWriter, TRequest> members, Action<JsonElement, TResponse> read, ErrorTable errors)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new Request<TRequest>(service, target, members),
            ResponseUnmarshaller = new Response<TResponse>(read, errors),
        };

    private sealed class Request<T>(ServiceTraits service, string target, Action<Utf8JsonWriter, T> members)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
        where T : AmazonWebServiceRequest
    {
        private readonly string _serviceName = "Amazon." + service.ServiceId;

        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var body = new ArrayBufferWriter<byte>(512);
            using (var json = new Utf8JsonWriter(body))
            {
                json.WriteStartObject();
                members(json, (T)input);
                json.WriteEndObject();
            }

            var request = new DefaultRequest(input, _serviceName)
            {
                HttpMethod = "POST",
                ResourcePath = "/",
                Content = body.WrittenSpan.ToArray(),
            };
            request.Headers["Content-Type"] = "application/x-amz-json-1.0";
            request.Headers["X-Amz-Target"] = target;
            request.Headers["x-amz-api-version"] = service.ApiVersion;
            return request;
        }
    }

    private sealed class Response<T>(Action<JsonElement, T> read, ErrorTable errors) : JsonResponseUnmarshaller
        where T : AmazonWebServiceResponse, new()
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            var response = new T();
            if (read is null) return response;
            using var document = JsonDocument.Parse(input.Stream);
            read(document.RootElement, response);
            return response;
        }

        public override AmazonServiceException UnmarshallException(
            JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var reader = new StreamingUtf8JsonReader(input.Stream);
            var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
            error.InnerException = innerException;
            error.StatusCode = statusCode;

            var shape = error.Code;
            if (input.ResponseData.IsHeaderPresent("x-amzn-query-error")
                && input.ResponseData.GetHeaderValue("x-amzn-query-error").Split(';') is [var code, var fault])
            {
                error.Code = code;
                if (Enum.TryParse<ErrorType>(fault, ignoreCase: true, out var type)) error.Type = type;
            }

            return errors.Create(error, shape);
        }
    }
}
