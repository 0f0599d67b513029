using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2;

/// <summary>Its operations are in the files beside this.</summary>
public partial interface IAmazonElasticLoadBalancingV2 : IAmazonService, IDisposable
{
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonElasticLoadBalancingV2Config();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonElasticLoadBalancingV2Client(awsCredentials, (AmazonElasticLoadBalancingV2Config)clientConfig);
}

public partial class AmazonElasticLoadBalancingV2Client : AmazonServiceClient, IAmazonElasticLoadBalancingV2
{
    public AmazonElasticLoadBalancingV2Client() : this(new AmazonElasticLoadBalancingV2Config()) { }

    public AmazonElasticLoadBalancingV2Client(AmazonElasticLoadBalancingV2Config config) : base(config) { }

    public AmazonElasticLoadBalancingV2Client(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonElasticLoadBalancingV2Config { RegionEndpoint = region }) { }

    public AmazonElasticLoadBalancingV2Client(AWSCredentials credentials, AmazonElasticLoadBalancingV2Config clientConfig) : base(credentials, clientConfig) { }

    protected override IServiceMetadata ServiceMetadata => AmazonElasticLoadBalancingV2Config.Traits;

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServiceTraits.AddHandlers(pipeline);
}

public class AmazonElasticLoadBalancingV2Config : ClientConfig
{
    internal static readonly ServiceTraits Traits = new(
        "Elastic Load Balancing v2", "elasticloadbalancing", "2015-12-01", "4.0.100.2",
        static (m, e, t, c, r, s) => c == "TargetGroupNotFound"
            ? new Model.TargetGroupNotFoundException(m, e, t, c, r, s)
            : new AmazonElasticLoadBalancingV2Exception(m, e, t, c, r, s));

    public AmazonElasticLoadBalancingV2Config() : base(DefaultModes.Provider) => Traits.Configure(this);

    public override string RegionEndpointServiceName => Traits.Prefix;

    public override string ServiceVersion => Traits.ApiVersion;

    public override string UserAgent => Traits.UserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => Traits.EndpointOf(this, parameters);
}

public class AmazonElasticLoadBalancingV2Request : AmazonWebServiceRequest;

/// <summary>Any error of the service; <c>ErrorCode</c> tells which.</summary>
public class AmazonElasticLoadBalancingV2Exception(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
