using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.AutoScaling;

/// <summary>Its operations are in the files beside this.</summary>
public partial interface IAmazonAutoScaling : IAmazonService, IDisposable
{
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonAutoScalingConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonAutoScalingClient(awsCredentials, (AmazonAutoScalingConfig)clientConfig);
}

public partial class AmazonAutoScalingClient : AmazonServiceClient, IAmazonAutoScaling
{
    public AmazonAutoScalingClient() : this(new AmazonAutoScalingConfig()) { }

    public AmazonAutoScalingClient(AmazonAutoScalingConfig config) : base(config) { }

    public AmazonAutoScalingClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonAutoScalingConfig { RegionEndpoint = region }) { }

    public AmazonAutoScalingClient(AWSCredentials credentials, AmazonAutoScalingConfig clientConfig) : base(credentials, clientConfig) { }

    protected override IServiceMetadata ServiceMetadata => AmazonAutoScalingConfig.Traits;

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServiceTraits.AddHandlers(pipeline);
}

public class AmazonAutoScalingConfig : ClientConfig
{
    internal static readonly ServiceTraits Traits = new(
        "Auto Scaling", "autoscaling", "2011-01-01", "4.0.101.0",
        static (m, e, t, c, r, s) => new AmazonAutoScalingException(m, e, t, c, r, s));

    public AmazonAutoScalingConfig() : base(DefaultModes.Provider) => Traits.Configure(this);

    public override string RegionEndpointServiceName => Traits.Prefix;

    public override string ServiceVersion => Traits.ApiVersion;

    public override string UserAgent => Traits.UserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => Traits.EndpointOf(this, parameters);
}

public class AmazonAutoScalingRequest : AmazonWebServiceRequest;

/// <summary>Any error of the service; <c>ErrorCode</c> tells which.</summary>
public class AmazonAutoScalingException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
