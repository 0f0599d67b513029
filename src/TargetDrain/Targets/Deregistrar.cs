using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Microsoft.Extensions.Logging;
using TargetDrain.Calls;
using TargetDrain.Telemetry;

namespace TargetDrain.Targets;

/// <summary>Takes targets out of a group, many in one call, each with the very description it was found by.</summary>
internal sealed class Deregistrar(
    IAmazonElasticLoadBalancingV2 elb, AwsApi api, bool dryRun, DrainMetrics metrics, TimeProvider clock, ILogger log)
{
    // No limit is documented; above this AWS rejects calls now and then.
    private const int MostTargets = 200;

    private static readonly Dictionary<string, string> NoProblems = [];

    /// <summary>Deregisters what is registered, and notes for each instance what drains and what would not go.</summary>
    /// <param name="registrations">Of one group.</param>
    public async Task TakeOutAsync(
        string groupArn, IReadOnlyList<Registration> registrations, IReadOnlyDictionary<string, Findings> findings,
        Urgency urgency, CancellationToken cancellation)
    {
        var registered = registrations.Where(registration => registration.State == RegistrationState.Registered).ToList();
        IReadOnlyDictionary<string, string> problems;
        try
        {
            problems = await DeregisterAsync(groupArn, registered, urgency, cancellation);
        }
        catch (Exception exception) when (AwsErrors.IsGroupGone(exception))
        {
            return; // and whoever drained there is out of it
        }
        foreach (var instance in registrations.GroupBy(registration => registration.InstanceId, StringComparer.Ordinal))
        {
            if (problems.TryGetValue(instance.Key, out var problem))
            {
                findings[instance.Key].Add(problem);
                continue;
            }
            var allByUs = instance.All(registration => registration.State == RegistrationState.Registered);
            findings[instance.Key].Add(new DrainingGroup(
                groupArn, [.. instance.Select(registration => registration.Target.Id).Distinct()], allByUs ? clock.GetUtcNow() : null));
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> DeregisterAsync(
        string groupArn, List<Registration> registered, Urgency urgency, CancellationToken cancellation)
    {
        if (registered.Count == 0) return NoProblems;
        if (dryRun)
        {
            foreach (var registration in registered) log.WouldDeregister(registration.InstanceId, registration.Name, groupArn);
            return NoProblems;
        }
        var chunks = await Task.WhenAll(
            registered.Chunk(MostTargets).Select(chunk => DeregisterChunkAsync(groupArn, chunk, urgency, cancellation)));
        return chunks.SelectMany(problems => problems)
            .GroupBy(problem => problem.InstanceId, StringComparer.Ordinal)
            .ToDictionary(problems => problems.Key, problems => problems.First().Problem, StringComparer.Ordinal);
    }

    private async Task<IEnumerable<(string InstanceId, string Problem)>> DeregisterChunkAsync(
        string groupArn, Registration[] chunk, Urgency urgency, CancellationToken cancellation)
    {
        var request = new DeregisterTargetsRequest
        {
            TargetGroupArn = groupArn,
            Targets = [.. chunk.Select(registration => registration.Target)],
        };
        try
        {
            await api.CallAsync("DeregisterTargets", urgency, stop => elb.DeregisterTargetsAsync(request, stop), cancellation);
        }
        catch (Exception exception) when (AwsErrors.IsAboutOneTarget(exception) && chunk.Length > 1)
        {
            // One target that AWS refuses must not keep the others in.
            var each = await Task.WhenAll(chunk.Select(one => DeregisterChunkAsync(groupArn, [one], urgency, cancellation)));
            return each.SelectMany(problems => problems);
        }
        catch (Exception exception) when (!AwsErrors.IsGroupGone(exception))
        {
            var problem = $"DeregisterTargets in {groupArn}: {AwsErrors.Describe(exception)}";
            log.DeregistrationFailed(groupArn, chunk.Length, AwsErrors.Describe(exception));
            return chunk.Select(registration => (registration.InstanceId, problem));
        }
        foreach (var registration in chunk) log.Deregistered(registration.InstanceId, registration.Name, groupArn);
        metrics.Deregistered(chunk.Length);
        return [];
    }
}
