using Amazon.EventBridge.Model;
using Amazon.Runtime;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.EventBridge;

public partial interface IAmazonEventBridge : IAmazonService, IDisposable
{
    Task<PutEventsResponse> PutEventsAsync(PutEventsRequest request, CancellationToken cancellationToken = default);

    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonEventBridgeConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        clientConfig is AmazonEventBridgeConfig config
            ? awsCredentials is null ? new AmazonEventBridgeClient(config) : new AmazonEventBridgeClient(awsCredentials, config)
            : throw new AmazonClientException($"ClientConfig must be of type {nameof(AmazonEventBridgeConfig)}.");
}
