using System.Net;
using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Reconcile;

/// <summary>
/// Tells which of the targets that do not answer belong to nothing any more: an instance that is terminated or gone, an address that no
/// network interface of the group's VPC holds. What EC2 does not answer for is none.
/// </summary>
internal sealed class OrphanSearch(InstanceLookup instances, AddressHolders holders, InstanceScope scope)
{
    /// <summary>Worth asking EC2 about: registered, and no health check says that something answers.</summary>
    public static bool IsSuspect(TargetGroup group, TargetHealthDescription target) =>
        target.TargetHealth?.State?.Value is not ("healthy" or "initial") && Registration.StateOf(target.TargetHealth) == RegistrationState.Registered &&
        (group.TargetType?.Value == "instance" || (group.VpcId is not null && target.Target.AvailabilityZone != TargetOwners.BeyondTheVpc));

    public static IEnumerable<Suspect> SuspectsIn(TargetGroup group, IEnumerable<TargetHealthDescription> targets) =>
        targets.Where(target => IsSuspect(group, target)).Select(target => new Suspect(group, target.Target));

    /// <param name="account">The function's own; a VPC that belongs to another does not tell all its interfaces.</param>
    public async Task<OrphanAnswer> OrphansAmongAsync(IReadOnlyCollection<Suspect> suspects, string? account, CancellationToken cancellation)
    {
        var byKind = suspects.ToLookup(suspect => suspect.Group.TargetType?.Value == "instance");
        List<OrphanAnswer> answers = [await WithoutInstanceAsync([.. byKind[true]], cancellation)];
        foreach (var vpc in byKind[false].GroupBy(suspect => suspect.Group.VpcId, StringComparer.Ordinal))
            answers.Add(await WithoutHolderAsync(vpc.Key, [.. vpc], account, cancellation));
        return new OrphanAnswer([.. answers.SelectMany(answer => answer.Orphans)], [.. answers.SelectMany(answer => answer.Problems)]);
    }

    private async Task<OrphanAnswer> WithoutInstanceAsync(IReadOnlyList<Suspect> suspects, CancellationToken cancellation)
    {
        var answers = await instances.FindAsync([.. suspects.Select(suspect => suspect.Target.Id).Distinct(StringComparer.Ordinal)], Urgency.Patient, cancellation);
        var dead = suspects.Where(suspect => !answers.Problems.ContainsKey(suspect.Target.Id) &&
            answers.Instances[suspect.Target.Id] is { State: null or "terminated" } instance && scope.WhyNot(instance, []) is null);
        return new OrphanAnswer([.. dead], [.. answers.Problems.Values.Distinct(StringComparer.Ordinal)]);
    }

    private async Task<OrphanAnswer> WithoutHolderAsync(string vpcId, IReadOnlyList<Suspect> suspects, string? account, CancellationToken cancellation)
    {
        try
        {
            var ranges = await holders.RangesOfAsync(vpcId, account, cancellation);
            var inside = suspects
                .Select(suspect => (Suspect: suspect, Address: IPAddress.TryParse(suspect.Target.Id, out var address) ? address : null))
                .Where(item => item.Address is not null && ranges.Any(range => range.Contains(item.Address)))
                .ToList();
            if (inside.Count == 0) return new OrphanAnswer([], []);
            var free = await holders.FreeAsync(vpcId, [.. inside.Select(item => item.Address!).Distinct()], cancellation);
            return new OrphanAnswer([.. inside.Where(item => free.Contains(item.Address!)).Select(item => item.Suspect)], []);
        }
        catch (Exception exception)
        {
            return new OrphanAnswer([], [$"what holds {suspects.Count} addresses of {vpcId}: {AwsErrors.Describe(exception)}"]);
        }
    }
}

/// <summary>What becomes of the orphans that were found: they are told, and taken out where that is wanted.</summary>
internal sealed record OrphanRemoval(OrphanSearch Search, Deregistrar Deregistrar, Announcer Announcer, DrainOptions Options, DrainMetrics Metrics)
{
    /// <param name="confirmed">Of one group.</param>
    /// <returns>Those that were taken out.</returns>
    public async Task<IEnumerable<Suspect>> TakeOutAsync(IReadOnlyList<Suspect> confirmed, string? account, CancellationToken cancellation)
    {
        if (confirmed.Count == 0 || !Options.RemoveOrphans) return [];
        var group = confirmed[0].Group;
        var registrations = confirmed.Select(one => new Registration("An orphan", one.Target, RegistrationState.Registered)).ToList();
        var taken = await Deregistrar.TakeOutAsync(group.TargetGroupArn, registrations, StillOrphansAsync, Urgency.Patient, cancellation);
        return Options.DryRun ? [] : taken.Where(one => one.Problem is null).Select(one => new Suspect(group, one.Registration.Target));

        // A new host may have got the address since.
        async Task<IReadOnlyList<Registration>> StillOrphansAsync(IReadOnlyList<Registration> some)
        {
            var still = await Search.OrphansAmongAsync([.. some.Select(one => new Suspect(group, one.Target))], account, cancellation);
            return [.. some.Where(one => still.Orphans.Any(orphan => orphan.Target == one.Target))];
        }
    }
}

/// <param name="Problems">What EC2 did not say; what it is about is left alone.</param>
internal sealed record OrphanAnswer(IReadOnlyList<Suspect> Orphans, IReadOnlyList<string> Problems);

/// <summary>A registered target that does not answer.</summary>
internal sealed record Suspect(TargetGroup Group, TargetDescription Target)
{
    /// <summary>For people: id and port.</summary>
    public string Name => new Registration("", Target, RegistrationState.Registered).Name;

    /// <summary>What tells it from all others.</summary>
    public string Key => $"{Group.TargetGroupArn} {Name}";

    public bool Is(Sighting seen) => seen.GroupArn == Group.TargetGroupArn && seen.Id == Target.Id && seen.Port == Target.Port;
}
