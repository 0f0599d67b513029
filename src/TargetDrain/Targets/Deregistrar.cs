using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>Takes targets out of a group, many in one call, each with the very description it was found by.</summary>
internal sealed class Deregistrar(IAmazonElasticLoadBalancingV2 elb, AwsApi api, bool dryRun, DrainMetrics metrics, TimeProvider clock, ILogger log)
{
    // No limit is documented; above this AWS rejects calls now and then.
    private const int MostTargets = 200;

    /// <param name="registrations">Of one group, all of them registered.</param>
    /// <param name="stillToGo">Those that are still to be taken out, asked at the moment a call is made.</param>
    /// <returns>What came of each; one that is no longer to go, or gone with its group, is not among them.</returns>
    public async Task<IReadOnlyList<Deregistration>> TakeOutAsync(
        string groupArn, IReadOnlyList<Registration> registrations,
        Func<IReadOnlyList<Registration>, Task<IReadOnlyList<Registration>>> stillToGo, Urgency urgency, CancellationToken cancellation)
    {
        if (dryRun)
        {
            foreach (var registration in registrations) log.WouldDeregister(registration.InstanceId, registration.Name, groupArn);
            return Outcome(registrations);
        }
        var chunks = await Task.WhenAll(registrations.Chunk(MostTargets).Select(ChunkAsync));
        return [.. chunks.SelectMany(chunk => chunk)];

        async Task<IEnumerable<Deregistration>> ChunkAsync(IReadOnlyList<Registration> chunk)
        {
            var sent = chunk;
            try
            {
                await api.CallAsync("DeregisterTargets", urgency, async stop =>
                {
                    // Here, since the turn may have been waited for longer than what is known stays true.
                    sent = await stillToGo(chunk);
                    if (sent.Count == 0) throw new NothingToDeregisterException();
                    return await elb.DeregisterTargetsAsync(
                        new DeregisterTargetsRequest { TargetGroupArn = groupArn, Targets = [.. sent.Select(registration => registration.Target)] }, stop);
                }, cancellation);
            }
            catch (NothingToDeregisterException)
            {
                return [];
            }
            catch (Exception exception) when (AwsErrors.IsAboutOneTarget(exception) && sent.Count > 1)
            {
                // One target that AWS refuses must not keep the others in; halving finds it in few calls.
                var halves = await Task.WhenAll(sent.Chunk(sent.Count / 2).Select(ChunkAsync));
                return halves.SelectMany(half => half);
            }
            catch (Exception exception) when (AwsErrors.IsGroupGone(exception))
            {
                return []; // nobody is registered in what does not exist
            }
            catch (Exception exception)
            {
                var problem = AwsErrors.Describe(exception);
                log.DeregistrationFailed(groupArn, sent.Count, problem);
                return Outcome(sent, $"DeregisterTargets in {groupArn}: {problem}");
            }
            foreach (var registration in sent) log.Deregistered(registration.InstanceId, registration.Name, groupArn);
            metrics.Count(MetricNames.TargetsDeregistered, sent.Count);
            return Outcome(sent);
        }

        List<Deregistration> Outcome(IEnumerable<Registration> some, string? problem = null) =>
            [.. some.Select(registration => new Deregistration(registration, clock.GetUtcNow(), problem))];
    }

    private sealed class NothingToDeregisterException : Exception;
}

/// <summary>What came of taking out one target.</summary>
/// <param name="Problem">Null when it was taken out.</param>
internal sealed record Deregistration(Registration Registration, DateTimeOffset At, string? Problem);
