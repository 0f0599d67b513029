using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Runtime;
using Amazon.SQS;

namespace TargetDrain;

/// <summary>The four services the function talks to: the seam at which tests put the emulated AWS.</summary>
internal sealed record AwsClients(
    IAmazonElasticLoadBalancingV2 LoadBalancing, IAmazonEC2 Compute, IAmazonAutoScaling AutoScaling, IAmazonSQS Queues)
{
    /// <summary>Clients with region, credentials and endpoints from the environment.</summary>
    /// <param name="transport">Where requests go instead of the network; null for the network.</param>
    public static AwsClients Create(HttpClientFactory? transport = null, AWSCredentials? credentials = null) => new(
        credentials is null
            ? new AmazonElasticLoadBalancingV2Client(WithOurRetries(new AmazonElasticLoadBalancingV2Config(), transport))
            : new AmazonElasticLoadBalancingV2Client(credentials, WithOurRetries(new AmazonElasticLoadBalancingV2Config(), transport)),
        credentials is null
            ? new AmazonEC2Client(WithOurRetries(new AmazonEC2Config(), transport))
            : new AmazonEC2Client(credentials, WithOurRetries(new AmazonEC2Config(), transport)),
        credentials is null
            ? new AmazonAutoScalingClient(WithOurRetries(new AmazonAutoScalingConfig(), transport))
            : new AmazonAutoScalingClient(credentials, WithOurRetries(new AmazonAutoScalingConfig(), transport)),
        credentials is null
            ? new AmazonSQSClient(WithOurRetries(new AmazonSQSConfig(), transport))
            : new AmazonSQSClient(credentials, WithOurRetries(new AmazonSQSConfig(), transport)));

    // The SDK would retry behind the back of our rate gates, and sleep on the machine's clock.
    private static T WithOurRetries<T>(T config, HttpClientFactory? transport) where T : ClientConfig
    {
        config.MaxErrorRetry = 0;
        config.MaxStaleConnectionRetries = 0;
        config.ThrottleRetries = false;
        if (transport is not null) config.HttpClientFactory = transport;
        return config;
    }
}
