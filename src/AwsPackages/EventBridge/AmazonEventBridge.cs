using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.EventBridge;

/// <summary>Its operations are in the files beside this.</summary>
public partial interface IAmazonEventBridge : IAmazonService, IDisposable
{
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonEventBridgeConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonEventBridgeClient(awsCredentials, (AmazonEventBridgeConfig)clientConfig);
}

public partial class AmazonEventBridgeClient : AmazonServiceClient, IAmazonEventBridge
{
    public AmazonEventBridgeClient() : this(new AmazonEventBridgeConfig()) { }

    public AmazonEventBridgeClient(AmazonEventBridgeConfig config) : base(config) { }

    public AmazonEventBridgeClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonEventBridgeConfig { RegionEndpoint = region }) { }

    public AmazonEventBridgeClient(AWSCredentials credentials, AmazonEventBridgeConfig clientConfig) : base(credentials, clientConfig) { }

    protected override IServiceMetadata ServiceMetadata => AmazonEventBridgeConfig.Traits;

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServiceTraits.AddHandlers(pipeline);
}

public class AmazonEventBridgeConfig : ClientConfig
{
    internal static readonly ServiceTraits Traits = new(
        "EventBridge", "events", "2015-10-07", "4.0.100.14",
        static (m, e, t, c, r, s) => new AmazonEventBridgeException(m, e, t, c, r, s));

    public AmazonEventBridgeConfig() : base(DefaultModes.Provider) => Traits.Configure(this);

    public override string RegionEndpointServiceName => Traits.Prefix;

    public override string ServiceVersion => Traits.ApiVersion;

    public override string UserAgent => Traits.UserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => Traits.EndpointOf(this, parameters);
}

public class AmazonEventBridgeRequest : AmazonWebServiceRequest;

/// <summary>Any error of the service; <c>ErrorCode</c> tells which.</summary>
public class AmazonEventBridgeException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
