using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Shared;

/// <summary>One operation of the AWS Query protocol: how its request is written as a form and its answer read from XML.</summary>
internal static class FormOperation
{
    public static InvokeOptions Define<TRequest, TResponse>(
        ServiceTraits service, string action,
        Action<FormWriter, TRequest> members, Action<XmlFields, TResponse> fields, ErrorTable errors)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new Request<TRequest>(service, action, members),
            ResponseUnmarshaller = new Response<TResponse>(action + "Result", fields, errors),
        };

    private sealed class Request<T>(ServiceTraits service, string action, Action<FormWriter, T> members)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
        where T : AmazonWebServiceRequest
    {
        private readonly string _serviceName = "Amazon." + service.ServiceId.Replace(" ", "", StringComparison.Ordinal);

        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var request = new DefaultRequest(input, _serviceName);
            request.ParameterCollection.Add("Action", action);
            request.ParameterCollection.Add("Version", service.ApiVersion);
            members(new FormWriter(request.ParameterCollection, ""), (T)input);
            return request;
        }
    }

    private sealed class Response<T>(string resultName, Action<XmlFields, T> fields, ErrorTable errors) : XmlResponseUnmarshaller
        where T : AmazonWebServiceResponse, new()
    {
        public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
        {
            using var xml = XmlFields.Open(input.Stream);
            var response = new T();
            var metadata = new ResponseMetadata();
            xml.ReadRoot(response, (x, r) =>
            {
                if (x.Name == resultName) x.Fill(r, fields);
                else if (x.Name == "ResponseMetadata") x.Fill(metadata, static (m, to) => { if (m.Name == "RequestId") to.RequestId = m.Text(); });
            });
            response.ResponseMetadata = metadata;
            return response;
        }

        public override AmazonServiceException UnmarshallException(
            XmlUnmarshallerContext input, Exception innerException, System.Net.HttpStatusCode statusCode)
        {
            var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input);
            error.InnerException = innerException;
            error.StatusCode = statusCode;
            return errors.Create(error);
        }
    }
}
