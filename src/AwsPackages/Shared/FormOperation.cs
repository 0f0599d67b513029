using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Shared;

/// <summary>One operation of the AWS Query protocol: how its request is written as a form and its answer read from XML.</summary>
internal static class FormOperation
{
    public static InvokeOptions Define<TRequest, TResponse>(
        ServiceTraits service, string action, Action<FormWriter, TRequest> members, Action<XmlFields, TResponse> fields)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new Request<TRequest>(service, action, members),
            ResponseUnmarshaller = new Response<TResponse>(service, action + "Result", fields),
        };

    private sealed class Request<T>(ServiceTraits service, string action, Action<FormWriter, T> members)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
        where T : AmazonWebServiceRequest
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var request = service.Request(input);
            request.ParameterCollection.Add("Action", action);
            request.ParameterCollection.Add("Version", service.ApiVersion);
            members(new FormWriter(request.ParameterCollection, ""), (T)input);
            return request;
        }
    }

    private sealed class Response<T>(ServiceTraits service, string resultName, Action<XmlFields, T> fields) : XmlResponseUnmarshaller
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

        public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
            service.Error(XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input), innerException, statusCode);
    }
}

/// <summary>Writes the members of a structure that are set: Name, Name.member.1, Name.member.1.Field.</summary>
internal readonly struct FormWriter(ParameterCollection form, string path)
{
    public void Add(string name, string value)
    {
        if (value is not null) form.Add(path + name, value);
    }

    public void Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, List<string> values) => Add(name, values, static (item, value) => item.Add("", value ?? ""), separator: "");

    public void Add<T>(string name, List<T> values, Action<FormWriter, T> members, string separator = ".")
    {
        // An empty list is sent, a list that was never set is not.
        if (values is { Count: 0 }) form.Add(path + name, "");
        for (var i = 0; i < values?.Count; i++)
        {
            members(new FormWriter(form, string.Create(CultureInfo.InvariantCulture, $"{path}{name}.member.{i + 1}{separator}")), values[i]);
        }
    }
}
