using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>How long target groups drain. Never remembered: somebody may have changed it since, and a drain would count as timed out while it lasts.</summary>
internal sealed class DeregistrationDelays(IAmazonElasticLoadBalancingV2 elb, AwsApi api, ILogger log)
{
    /// <summary>What AWS allows at most; assumed when a group does not say.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private const string Key = "deregistration_delay.timeout_seconds";

    /// <returns><see cref="Longest"/> when the group does not say, nothing when it was deleted, null when it could not be asked.</returns>
    public async Task<TimeSpan?> OfAsync(string arn, Urgency urgency, CancellationToken cancellation)
    {
        try
        {
            return await DescribeAsync(arn, urgency, cancellation);
        }
        catch (Exception exception)
        {
            log.DelayUnknown(arn, AwsErrors.Describe(exception));
            return null;
        }
    }

    /// <summary>Asks the group itself.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">It did not answer.</exception>
    public async Task<TimeSpan> DescribeAsync(string arn, Urgency urgency, CancellationToken cancellation)
    {
        try
        {
            var request = new DescribeTargetGroupAttributesRequest { TargetGroupArn = arn };
            var answer = await api.CallAsync(
                "DescribeTargetGroupAttributes", urgency, stop => elb.DescribeTargetGroupAttributesAsync(request, stop), cancellation);
            var value = answer.Attributes?.Find(attribute => attribute.Key == Key)?.Value;
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : Longest;
        }
        catch (Exception exception) when (AwsErrors.IsGroupGone(exception))
        {
            return TimeSpan.Zero;
        }
    }
}
