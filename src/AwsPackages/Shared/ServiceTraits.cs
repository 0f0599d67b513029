using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Util.Internal;

namespace Amazon.Shared;

internal delegate AmazonServiceException ErrorFactory(
    string message, Exception innerException, ErrorType type, string code, string requestId, HttpStatusCode status);

/// <summary>All in which one service's client differs from another's. The public classes of a service lead here.</summary>
/// <param name="id">The ServiceId; also names the variable AWS_ENDPOINT_URL_{ID}.</param>
/// <param name="prefix">Host name prefix and signing name.</param>
/// <param name="apiVersion">The date that names the API version on the wire.</param>
/// <param name="packageVersion">Version of the official package whose surface this follows; goes into the User-Agent.</param>
/// <param name="error">Makes the exception for an error's code.</param>
internal sealed class ServiceTraits(string id, string prefix, string apiVersion, string packageVersion, ErrorFactory error) : IServiceMetadata
{
    private static readonly Dictionary<string, string> NoMapping = [];

    public string ServiceId => id;

    public string Prefix => prefix;

    public string ApiVersion => apiVersion;

    public string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString(id, packageVersion);

    public IDictionary<string, string> OperationNameMapping => NoMapping;

    /// <summary>Puts authentication and endpoint resolution where the official clients have them.</summary>
    public static void AddHandlers(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Authentication());
    }

    public void Configure(ClientConfig config)
    {
        config.ServiceId = id;
        config.AuthenticationServiceName = prefix;
        config.EndpointProvider = new RegionalEndpointProvider(prefix);
    }

    public DefaultRequest Request(AmazonWebServiceRequest input) =>
        new(input, "Amazon." + id.Replace(" ", "", StringComparison.Ordinal));

    public AmazonServiceException Error(ErrorResponse answer, Exception innerException, HttpStatusCode status) =>
        error(answer.Message, innerException, answer.Type, answer.Code, answer.RequestId, status);

    /// <summary>The endpoint a request would go to.</summary>
    public Endpoint EndpointOf(ClientConfig config, ServiceOperationEndpointParameters parameters)
    {
        var request = Request(parameters.Request);
        request.AlternateEndpoint = parameters.AlternateEndpoint;
        var context = new RequestContext(enableMetric: false) { ClientConfig = config, OriginalRequest = parameters.Request, Request = request };
        return new RegionalEndpointResolver().GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(context, null));
    }

    /// <summary>Every operation of these services is signed with Signature Version 4.</summary>
    private sealed class SigV4Authentication : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
    }
}
