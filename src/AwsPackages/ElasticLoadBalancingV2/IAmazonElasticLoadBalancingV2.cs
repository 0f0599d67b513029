using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.ElasticLoadBalancingV2;

public partial interface IAmazonElasticLoadBalancingV2 : IAmazonService, IDisposable
{
    IElasticLoadBalancingV2PaginatorFactory Paginators { get; }

    Task<DeregisterTargetsResponse> DeregisterTargetsAsync(DeregisterTargetsRequest request, CancellationToken cancellationToken = default);

    Task<DescribeTagsResponse> DescribeTagsAsync(DescribeTagsRequest request, CancellationToken cancellationToken = default);

    Task<DescribeTargetGroupAttributesResponse> DescribeTargetGroupAttributesAsync(DescribeTargetGroupAttributesRequest request, CancellationToken cancellationToken = default);

    Task<DescribeTargetGroupsResponse> DescribeTargetGroupsAsync(DescribeTargetGroupsRequest request, CancellationToken cancellationToken = default);

    Task<DescribeTargetHealthResponse> DescribeTargetHealthAsync(DescribeTargetHealthRequest request, CancellationToken cancellationToken = default);

    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonElasticLoadBalancingV2Config();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        clientConfig is AmazonElasticLoadBalancingV2Config config
            ? awsCredentials is null ? new AmazonElasticLoadBalancingV2Client(config) : new AmazonElasticLoadBalancingV2Client(awsCredentials, config)
            : throw new AmazonClientException($"ClientConfig must be of type {nameof(AmazonElasticLoadBalancingV2Config)}.");
}
