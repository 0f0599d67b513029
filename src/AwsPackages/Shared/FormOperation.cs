using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Shared;

/// <summary>The two protocols that send forms and answer in XML.</summary>
internal enum FormProtocol
{
    /// <summary>Lists are Name.member.N; the fields of the answer are inside {Action}Result.</summary>
    Query,

    /// <summary>Lists are Name.N; the fields of the answer are directly inside the root element.</summary>
    Ec2,
}

/// <summary>One operation: how its request is written and its answer read.</summary>
internal static class FormOperation
{
    public static InvokeOptions Define<TRequest, TResponse>(
        ServiceTraits service, FormProtocol protocol, string action,
        Action<FormWriter, TRequest> members, Action<XmlFields, TResponse> fields, ErrorTable errors)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new Request<TRequest>(service, action, protocol == FormProtocol.Query ? ".member." : ".", members),
            ResponseUnmarshaller = new Response<TResponse>(protocol == FormProtocol.Query ? action + "Result" : null, fields, errors),
        };

    private sealed class Request<T>(ServiceTraits service, string action, string item, Action<FormWriter, T> members)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
        where T : AmazonWebServiceRequest
    {
        private readonly string _serviceName = "Amazon." + service.ServiceId.Replace(" ", "", StringComparison.Ordinal);

        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var request = new DefaultRequest(input, _serviceName);
            request.ParameterCollection.Add("Action", action);
            request.ParameterCollection.Add("Version", service.ApiVersion);
            members(new FormWriter(request.ParameterCollection, "", item), (T)input);
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
            var read = resultName is null ? fields : static (_, _) => { };
            xml.ReadRoot(response, (x, r) =>
            {
                switch (x.Name)
                {
                    case "ResponseMetadata": x.Fill(metadata, static (m, to) => { if (m.Name == "RequestId") to.RequestId = m.Text(); }); break;
                    case "requestId": metadata.RequestId = x.Text(); break;
                    case var name when name == resultName: x.Fill(r, fields); break;
                    default: read(x, r); break;
                }
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
            return errors.Create(error, error.Code);
        }
    }
}
