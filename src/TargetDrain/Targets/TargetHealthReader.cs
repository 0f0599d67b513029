using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>
/// Reads who is in a group now. Always the whole group: asked for by name, a terminated instance is reported as draining for ever, and a
/// target on another port than the group's is reported as not registered.
/// </summary>
internal sealed class TargetHealthReader(IAmazonElasticLoadBalancingV2 elb, AwsApi api)
{
    private readonly TargetHealthClient client = TargetHealthClient.Beside(elb);

    /// <param name="ownerOf">The departing instance a target belongs to, or null; all others are forgotten at once.</param>
    /// <param name="rank">Among looks of the same urgency the lowest goes first.</param>
    /// <returns>Registered and draining targets of departing instances; empty when the group was deleted.</returns>
    public async Task<IReadOnlyList<Registration>> ReadAsync(
        string groupArn, Func<TargetDescription, string?> ownerOf, Urgency urgency, CancellationToken cancellation, int rank = 0)
    {
        var registrations = new List<Registration>();
        foreach (var description in await DescribeAsync(groupArn, one => ownerOf(one.Target) is not null, urgency, cancellation, rank))
        {
            var state = Registration.StateOf(description.TargetHealth);
            if (state != RegistrationState.Absent && ownerOf(description.Target) is { } owner) registrations.Add(new Registration(owner, description.Target, state));
        }
        return registrations;
    }

    /// <param name="keeps">Which targets are asked about. Must not hold on to what it is given.</param>
    /// <returns>Those; empty when the group was deleted.</returns>
    public async Task<IReadOnlyList<TargetHealthDescription>> DescribeAsync(
        string groupArn, Func<TargetHealthDescription, bool> keeps, Urgency urgency, CancellationToken cancellation, int rank = 0)
    {
        try
        {
            var answer = await api.CallAsync(
                "DescribeTargetHealth", urgency, stop => client.DescribeTargetHealthAsync(groupArn, keeps, stop), cancellation, rank);
            return answer.TargetHealthDescriptions ?? [];
        }
        catch (Exception exception) when (AwsErrors.IsGroupGone(exception))
        {
            return [];
        }
    }
}
