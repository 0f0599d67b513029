using Amazon;
using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.EventBridge;
using Amazon.Runtime;
using Amazon.SQS;

namespace TargetDrain;

/// <summary>The services the function talks to: the seam at which tests put the emulated AWS.</summary>
/// <param name="Events">Made only where events are sent: every client takes its part of a cold start.</param>
internal sealed record AwsClients(
    IAmazonElasticLoadBalancingV2 LoadBalancing, IAmazonEC2 Compute, IAmazonAutoScaling AutoScaling, IAmazonSQS Queues,
    Lazy<IAmazonEventBridge> Events)
{
    /// <summary>Clients with region, credentials and endpoints from the environment.</summary>
    public static AwsClients FromEnvironment() => Create(_ => { });

    /// <param name="transport">Where requests go instead of the network.</param>
    public static AwsClients Create(HttpClientFactory transport, AWSCredentials credentials, string region) => Create(config =>
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        config.HttpClientFactory = transport;
        config.DefaultAWSCredentials = credentials;
    });

    private static AwsClients Create(Action<ClientConfig> configure)
    {
        T To<T>(T config) where T : ClientConfig
        {
            configure(config);
            // The SDK would retry behind the back of our rate gates, and sleep on the machine's clock.
            (config.MaxErrorRetry, config.MaxStaleConnectionRetries, config.ThrottleRetries) = (0, 0, false);
            return config;
        }
        return new(
            new AmazonElasticLoadBalancingV2Client(To(new AmazonElasticLoadBalancingV2Config())), new ComputeClient(To(new AmazonEC2Config())),
            new AmazonAutoScalingClient(To(new AmazonAutoScalingConfig())), new AmazonSQSClient(To(new AmazonSQSConfig())),
            new(() => new AmazonEventBridgeClient(To(new AmazonEventBridgeConfig()))));
    }
}
