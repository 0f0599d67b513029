using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using TargetDrain.Calls;

namespace TargetDrain.Lifecycle;

/// <summary>Asks Auto Scaling what has become of instances, fifty in a call.</summary>
internal sealed class ScalingStates(IAmazonAutoScaling autoScaling, AwsApi api)
{
    private const int MostInstances = 50;

    /// <returns>
    /// The lifecycle state by instance id, null for one that is in no Auto Scaling group. An instance for which Auto Scaling
    /// did not answer is missing.
    /// </returns>
    public async Task<IReadOnlyDictionary<string, string?>> OfAsync(
        IReadOnlyCollection<string> instanceIds, Urgency urgency, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(instanceIds.Chunk(MostInstances).Select(ids => DescribeAsync(ids, urgency, cancellation)));
        return answers.SelectMany(answer => answer).ToDictionary(item => item.InstanceId, item => item.State, StringComparer.Ordinal);
    }

    private async Task<IEnumerable<(string InstanceId, string? State)>> DescribeAsync(string[] ids, Urgency urgency, CancellationToken cancellation)
    {
        var states = ids.ToDictionary(id => id, _ => (string?)null, StringComparer.Ordinal);
        string? token = null;
        try
        {
            do
            {
                var request = new DescribeAutoScalingInstancesRequest { InstanceIds = [.. ids], MaxRecords = MostInstances, NextToken = token };
                var page = await api.CallAsync(
                    "DescribeAutoScalingInstances", urgency, stop => autoScaling.DescribeAutoScalingInstancesAsync(request, stop), cancellation);
                foreach (var instance in page.AutoScalingInstances ?? []) states[instance.InstanceId] = instance.LifecycleState;
                token = page.NextToken;
            }
            while (!string.IsNullOrEmpty(token));
            return states.Select(state => (state.Key, state.Value));
        }
        catch (Exception)
        {
            return [];
        }
    }
}
