using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace Amazon.Shared;

/// <summary>The constants in which one service's client differs from another's.</summary>
/// <param name="id">The ServiceId; also names the variable AWS_ENDPOINT_URL_{ID}.</param>
/// <param name="prefix">Host name prefix and signing name.</param>
/// <param name="apiVersion">The date that names the API version on the wire.</param>
/// <param name="packageVersion">Version of the official package whose surface this follows; goes into the User-Agent.</param>
internal sealed class ServiceTraits(string id, string prefix, string apiVersion, string packageVersion) : IServiceMetadata
{
    private static readonly Dictionary<string, string> NoMapping = [];

    public string ServiceId => id;

    public string Prefix => prefix;

    public string ApiVersion => apiVersion;

    public string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString(id, packageVersion);

    public IDictionary<string, string> OperationNameMapping => NoMapping;

    public IEndpointProvider Endpoints { get; } = new RegionalEndpointProvider(prefix);

    /// <summary>Puts authentication and endpoint resolution where the official clients have them.</summary>
    public static void AddHandlers(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Authentication());
    }

    /// <summary>The endpoint a request would go to.</summary>
    public Endpoint EndpointOf(ClientConfig config, ServiceOperationEndpointParameters parameters)
    {
        var context = new RequestContext(enableMetric: false)
        {
            ClientConfig = config,
            OriginalRequest = parameters.Request,
            Request = new DefaultRequest(parameters.Request, ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint },
        };
        return new RegionalEndpointResolver().GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(context, null));
    }
}
