using Amazon.ElasticLoadBalancingV2.Model;
using Microsoft.Extensions.Logging;
using TargetDrain.Calls;
using TargetDrain.Telemetry;

namespace TargetDrain.Targets;

/// <summary>
/// Finds dying instances in every target group that could hold them and takes them out: one look per group for all
/// instances together, and each group is deregistered from as soon as its answer is there.
/// </summary>
internal sealed class TargetSweep(
    InstanceLookup lookup, TargetGroupCatalog catalog, TargetHealthReader health, Deregistrar deregistrar,
    bool peeredVpcs, DrainMetrics metrics, ILogger log)
{
    public async Task<IReadOnlyDictionary<string, Findings>> RunAsync(
        IReadOnlyCollection<Sought> sought, Urgency urgency, CancellationToken cancellation)
    {
        var instanceIds = sought.Select(one => one.InstanceId).ToList();
        var findings = instanceIds.ToDictionary(id => id, id => new Findings(id), StringComparer.Ordinal);
        // EC2 answers while ELBv2 lists the groups.
        var lookingUp = OwnersAsync(sought, instanceIds, findings, urgency, cancellation);
        var looks = new List<Task>();
        try
        {
            await foreach (var page in catalog.PagesAsync(urgency, cancellation))
            {
                var owners = await lookingUp;
                looks.AddRange(page
                    .Where(owners.CouldBeIn)
                    .Select(group => (group, rank: catalog.RankOf(group)))
                    .OrderBy(ranked => ranked.rank)
                    .Select(ranked => LookIntoAsync(ranked.group, ranked.rank, owners, findings, urgency, cancellation)));
            }
        }
        catch (Exception exception)
        {
            // What was listed so far is still worth looking into; nothing is certain until the rest is.
            NoteForAll(findings, $"DescribeTargetGroups: {AwsErrors.Describe(exception)}");
            log.ListingFailed(AwsErrors.Describe(exception));
        }
        await lookingUp;
        await Task.WhenAll(looks);
        log.Swept(instanceIds.Count, looks.Count);
        return findings;
    }

    private async Task<TargetOwners> OwnersAsync(
        IReadOnlyCollection<Sought> sought, List<string> instanceIds, Dictionary<string, Findings> findings,
        Urgency urgency, CancellationToken cancellation)
    {
        var instances = await LookUpAsync(instanceIds, findings, urgency, cancellation);
        return new TargetOwners(
            instances, peeredVpcs,
            sought.Where(one => one.Scope.Extent == Extent.FollowUp)
                .ToDictionary(one => one.InstanceId, one => one.Scope.HeldBy, StringComparer.Ordinal));
    }

    private async Task<IReadOnlyCollection<DyingInstance>> LookUpAsync(
        List<string> instanceIds, Dictionary<string, Findings> findings, Urgency urgency, CancellationToken cancellation)
    {
        try
        {
            var instances = await lookup.FindAsync(instanceIds, urgency, cancellation);
            foreach (var unknown in instances.Where(instance => instance.Addresses.Count == 0))
            {
                log.AddressesUnknown(unknown.InstanceId);
                metrics.AddressesUnknown();
            }
            return instances;
        }
        catch (Exception exception)
        {
            // Its instance targets can be taken out all the same; the addresses have to wait for another attempt.
            NoteForAll(findings, $"DescribeInstances: {AwsErrors.Describe(exception)}");
            log.LookupFailed(instanceIds.Count, AwsErrors.Describe(exception));
            return [.. instanceIds.Select(DyingInstance.WithoutAddresses)];
        }
    }

    private async Task LookIntoAsync(
        TargetGroup group, int rank, TargetOwners owners, Dictionary<string, Findings> findings, Urgency urgency, CancellationToken cancellation)
    {
        try
        {
            var registrations = await health.ReadAsync(
                group.TargetGroupArn, owners.MatcherFor(group), urgency, cancellation, rank);
            if (registrations.Count > 0) catalog.Found(group.TargetGroupArn);
            await deregistrar.TakeOutAsync(group.TargetGroupArn, registrations, findings, urgency, cancellation);
        }
        catch (Exception exception)
        {
            NoteForAll(findings, $"DescribeTargetHealth of {group.TargetGroupArn}: {AwsErrors.Describe(exception)}");
            log.GroupUnknown(group.TargetGroupArn, AwsErrors.Describe(exception));
        }
    }

    private static void NoteForAll(Dictionary<string, Findings> findings, string problem)
    {
        foreach (var instance in findings.Values) instance.Add(problem);
    }
}
