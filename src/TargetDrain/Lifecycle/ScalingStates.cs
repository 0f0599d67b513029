using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;

namespace TargetDrain.Lifecycle;

/// <summary>Asks Auto Scaling what has become of instances, fifty in a call.</summary>
internal sealed class ScalingStates(IAmazonAutoScaling autoScaling, AwsApi api, ILogger log)
{
    private const int MostInstances = 50;

    /// <returns>
    /// The lifecycle state by instance id, null for one that is in no Auto Scaling group. An instance for which Auto Scaling did not answer
    /// is missing.
    /// </returns>
    public async Task<IReadOnlyDictionary<string, string?>> OfAsync(
        IReadOnlyCollection<string> instanceIds, Urgency urgency, CancellationToken cancellation)
    {
        var states = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        await Task.WhenAll(instanceIds.Chunk(MostInstances).Select(async ids =>
        {
            try
            {
                var found = new Dictionary<string, string?>(StringComparer.Ordinal);
                var pages = api.PagesAsync(
                    "DescribeAutoScalingInstances", urgency,
                    (token, stop) => autoScaling.DescribeAutoScalingInstancesAsync(
                        new DescribeAutoScalingInstancesRequest { InstanceIds = [.. ids], MaxRecords = MostInstances, NextToken = token }, stop),
                    page => page.NextToken, cancellation);
                await foreach (var page in pages)
                    foreach (var instance in page.AutoScalingInstances ?? []) found[instance.InstanceId] = instance.LifecycleState;
                foreach (var id in ids) states[id] = found.GetValueOrDefault(id);
            }
            catch (Exception exception)
            {
                log.StatesUnknown(ids.Length, AwsErrors.Describe(exception));
            }
        }));
        return states;
    }
}
