using Amazon;
using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Runtime;
using Amazon.SQS;
using TargetDrain.Targets;

namespace TargetDrain;

/// <summary>The four services the function talks to: the seam at which tests put the emulated AWS.</summary>
internal sealed record AwsClients(
    IAmazonElasticLoadBalancingV2 LoadBalancing, IAmazonEC2 Compute, IAmazonAutoScaling AutoScaling, IAmazonSQS Queues)
{
    /// <summary>Clients with region, credentials and endpoints from the environment.</summary>
    public static AwsClients FromEnvironment() => new(
        new AmazonElasticLoadBalancingV2Client(OurRetries(new AmazonElasticLoadBalancingV2Config())),
        new ComputeClient(OurRetries(new AmazonEC2Config())),
        new AmazonAutoScalingClient(OurRetries(new AmazonAutoScalingConfig())),
        new AmazonSQSClient(OurRetries(new AmazonSQSConfig())));

    /// <param name="transport">Where requests go instead of the network.</param>
    public static AwsClients Create(HttpClientFactory transport, AWSCredentials credentials, string region)
    {
        T To<T>(T config) where T : ClientConfig
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            config.HttpClientFactory = transport;
            return OurRetries(config);
        }
        return new(
            new AmazonElasticLoadBalancingV2Client(credentials, To(new AmazonElasticLoadBalancingV2Config())),
            new ComputeClient(credentials, To(new AmazonEC2Config())),
            new AmazonAutoScalingClient(credentials, To(new AmazonAutoScalingConfig())),
            new AmazonSQSClient(credentials, To(new AmazonSQSConfig())));
    }

    // The SDK would retry behind the back of our rate gates, and sleep on the machine's clock.
    private static T OurRetries<T>(T config) where T : ClientConfig
    {
        config.MaxErrorRetry = 0;
        config.MaxStaleConnectionRetries = 0;
        config.ThrottleRetries = false;
        return config;
    }
}
