using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Microsoft.Extensions.Logging;
using TargetDrain.Calls;
using TargetDrain.Telemetry;

namespace TargetDrain.Targets;

/// <summary>Takes targets out of a group, many in one call, each with the very description it was found by.</summary>
internal sealed class Deregistrar(IAmazonElasticLoadBalancingV2 elb, AwsApi api, bool dryRun, DrainMetrics metrics, TimeProvider clock, ILogger log)
{
    // No limit is documented; above this AWS rejects calls now and then.
    private const int MostTargets = 200;

    /// <param name="registrations">Of one group, all of them registered.</param>
    /// <param name="stillToGo">Those that are still to be taken out, asked at the moment a call is made.</param>
    /// <returns>
    /// What was taken out and when, and what was not, with the reason; a registration that is no longer to go is in neither.
    /// </returns>
    /// <exception cref="AmazonElasticLoadBalancingV2Exception">The group was deleted.</exception>
    public async Task<Deregistration> TakeOutAsync(
        string groupArn, IReadOnlyList<Registration> registrations,
        Func<IReadOnlyList<Registration>, CancellationToken, Task<IReadOnlyList<Registration>>> stillToGo,
        Urgency urgency, CancellationToken cancellation)
    {
        if (dryRun)
        {
            foreach (var registration in registrations) log.WouldDeregister(registration.InstanceId, registration.Name, groupArn);
            return new Deregistration([.. registrations.Select(registration => (registration, clock.GetUtcNow()))], []);
        }
        var chunks = await Task.WhenAll(registrations.Chunk(MostTargets).Select(ChunkAsync));
        return Deregistration.Of(chunks);

        async Task<Deregistration> ChunkAsync(IReadOnlyList<Registration> chunk)
        {
            IReadOnlyList<Registration> sent = chunk;
            try
            {
                await api.CallAsync("DeregisterTargets", urgency, async stop =>
                {
                    // Here, since the turn may have been waited for longer than what is known stays true.
                    sent = await stillToGo(chunk, stop);
                    if (sent.Count == 0) throw new NothingToDeregisterException();
                    return await elb.DeregisterTargetsAsync(
                        new DeregisterTargetsRequest { TargetGroupArn = groupArn, Targets = [.. sent.Select(registration => registration.Target)] }, stop);
                }, cancellation);
            }
            catch (NothingToDeregisterException)
            {
                return Deregistration.Nothing;
            }
            catch (Exception exception) when (AwsErrors.IsAboutOneTarget(exception) && sent.Count > 1)
            {
                // One target that AWS refuses must not keep the others in; halving finds it in few calls.
                var half = sent.Count / 2;
                return Deregistration.Of(await Task.WhenAll(ChunkAsync([.. sent.Take(half)]), ChunkAsync([.. sent.Skip(half)])));
            }
            catch (Exception exception) when (!AwsErrors.IsGroupGone(exception))
            {
                var problem = AwsErrors.Describe(exception);
                log.DeregistrationFailed(groupArn, sent.Count, problem);
                return new Deregistration([], [.. sent.Select(registration => (registration, $"DeregisterTargets in {groupArn}: {problem}"))]);
            }
            foreach (var registration in sent) log.Deregistered(registration.InstanceId, registration.Name, groupArn);
            metrics.Deregistered(sent.Count);
            var now = clock.GetUtcNow();
            return new Deregistration([.. sent.Select(registration => (registration, now))], []);
        }
    }

    private sealed class NothingToDeregisterException : Exception;
}

/// <summary>What came of taking targets out of one group.</summary>
internal sealed record Deregistration(
    IReadOnlyList<(Registration Registration, DateTimeOffset At)> Done, IReadOnlyList<(Registration Registration, string Problem)> Failed)
{
    public static Deregistration Nothing { get; } = new([], []);

    public static Deregistration Of(IReadOnlyCollection<Deregistration> parts) =>
        new([.. parts.SelectMany(part => part.Done)], [.. parts.SelectMany(part => part.Failed)]);
}
