using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.EC2;

public partial class AmazonEC2Client : AmazonServiceClient, IAmazonEC2
{
    private EC2Paginators _paginators;

    public AmazonEC2Client()
        : base(new AmazonEC2Config()) { }

    public AmazonEC2Client(RegionEndpoint region)
        : base(new AmazonEC2Config { RegionEndpoint = region }) { }

    public AmazonEC2Client(AmazonEC2Config config)
        : base(config) { }

    public AmazonEC2Client(AWSCredentials credentials)
        : this(credentials, new AmazonEC2Config()) { }

    public AmazonEC2Client(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonEC2Config { RegionEndpoint = region }) { }

    public AmazonEC2Client(AWSCredentials credentials, AmazonEC2Config clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonEC2Config()) { }

    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonEC2Config { RegionEndpoint = region }) { }

    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, AmazonEC2Config clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig) { }

    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonEC2Config()) { }

    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonEC2Config { RegionEndpoint = region }) { }

    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonEC2Config clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig) { }

    public IEC2PaginatorFactory Paginators => _paginators ??= new(this);

    protected override IServiceMetadata ServiceMetadata => AmazonEC2Config.Traits;

    public virtual Task<DescribeInstancesResponse> DescribeInstancesAsync(DescribeInstancesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeInstancesResponse>(request, EC2Operations.DescribeInstances, cancellationToken);

    public virtual Task<DescribeInstancesResponse> DescribeInstancesAsync(CancellationToken cancellationToken = default) =>
        DescribeInstancesAsync(new DescribeInstancesRequest(), cancellationToken);

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        ((AmazonEC2Config)Config).DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServiceTraits.AddHandlers(pipeline);
}
