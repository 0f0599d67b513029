using Amazon.EC2.Model;
using Amazon.Runtime;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.EC2;

public partial interface IAmazonEC2 : IAmazonService, IDisposable
{
    IEC2PaginatorFactory Paginators { get; }

    Task<DescribeInstancesResponse> DescribeInstancesAsync(DescribeInstancesRequest request, CancellationToken cancellationToken = default);

    Task<DescribeInstancesResponse> DescribeInstancesAsync(CancellationToken cancellationToken = default);

    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonEC2Config();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        clientConfig is AmazonEC2Config config
            ? awsCredentials is null ? new AmazonEC2Client(config) : new AmazonEC2Client(awsCredentials, config)
            : throw new AmazonClientException($"ClientConfig must be of type {nameof(AmazonEC2Config)}.");
}
