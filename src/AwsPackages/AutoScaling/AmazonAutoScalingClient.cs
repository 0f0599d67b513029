using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.AutoScaling;

public partial class AmazonAutoScalingClient : AmazonServiceClient, IAmazonAutoScaling
{
    private AutoScalingPaginators _paginators;

    public AmazonAutoScalingClient()
        : base(new AmazonAutoScalingConfig()) { }

    public AmazonAutoScalingClient(RegionEndpoint region)
        : base(new AmazonAutoScalingConfig { RegionEndpoint = region }) { }

    public AmazonAutoScalingClient(AmazonAutoScalingConfig config)
        : base(config) { }

    public AmazonAutoScalingClient(AWSCredentials credentials)
        : this(credentials, new AmazonAutoScalingConfig()) { }

    public AmazonAutoScalingClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonAutoScalingConfig { RegionEndpoint = region }) { }

    public AmazonAutoScalingClient(AWSCredentials credentials, AmazonAutoScalingConfig clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonAutoScalingClient(string awsAccessKeyId, string awsSecretAccessKey)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonAutoScalingConfig()) { }

    public AmazonAutoScalingClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonAutoScalingConfig { RegionEndpoint = region }) { }

    public AmazonAutoScalingClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonAutoScalingConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig) { }

    public AmazonAutoScalingClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonAutoScalingConfig()) { }

    public AmazonAutoScalingClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonAutoScalingConfig { RegionEndpoint = region }) { }

    public AmazonAutoScalingClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonAutoScalingConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig) { }

    public IAutoScalingPaginatorFactory Paginators => _paginators ??= new(this);

    protected override IServiceMetadata ServiceMetadata => AmazonAutoScalingConfig.Traits;

    public virtual Task<DescribeAutoScalingGroupsResponse> DescribeAutoScalingGroupsAsync(DescribeAutoScalingGroupsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeAutoScalingGroupsResponse>(request, GroupOperations.DescribeAutoScalingGroups, cancellationToken);

    public virtual Task<PutLifecycleHookResponse> PutLifecycleHookAsync(PutLifecycleHookRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PutLifecycleHookResponse>(request, GroupOperations.PutLifecycleHook, cancellationToken);

    public virtual Task<DeleteLifecycleHookResponse> DeleteLifecycleHookAsync(DeleteLifecycleHookRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DeleteLifecycleHookResponse>(request, GroupOperations.DeleteLifecycleHook, cancellationToken);

    public virtual Task<CompleteLifecycleActionResponse> CompleteLifecycleActionAsync(CompleteLifecycleActionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CompleteLifecycleActionResponse>(request, AutoScalingOperations.CompleteLifecycleAction, cancellationToken);

    public virtual Task<DescribeAutoScalingInstancesResponse> DescribeAutoScalingInstancesAsync(DescribeAutoScalingInstancesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeAutoScalingInstancesResponse>(request, AutoScalingOperations.DescribeAutoScalingInstances, cancellationToken);

    public virtual Task<DescribeLifecycleHooksResponse> DescribeLifecycleHooksAsync(DescribeLifecycleHooksRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeLifecycleHooksResponse>(request, AutoScalingOperations.DescribeLifecycleHooks, cancellationToken);

    public virtual Task<RecordLifecycleActionHeartbeatResponse> RecordLifecycleActionHeartbeatAsync(RecordLifecycleActionHeartbeatRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<RecordLifecycleActionHeartbeatResponse>(request, AutoScalingOperations.RecordLifecycleActionHeartbeat, cancellationToken);

    public virtual Task<DescribeAutoScalingInstancesResponse> DescribeAutoScalingInstancesAsync(CancellationToken cancellationToken = default) =>
        DescribeAutoScalingInstancesAsync(new DescribeAutoScalingInstancesRequest(), cancellationToken);

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        ((AmazonAutoScalingConfig)Config).DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServiceTraits.AddHandlers(pipeline);
}
