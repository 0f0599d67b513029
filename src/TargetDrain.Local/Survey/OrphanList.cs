using TargetDrain.Local.Stacks;
using TargetDrain.Reconcile;
using TargetDrain.Targets;

namespace TargetDrain.Local.Survey;

/// <summary>Targets that belong to nothing now, found in the reconciler's own way. Changes nothing.</summary>
internal sealed record OrphanList(
    [property: JsonPropertyName("identity")] Identity Identity,
    [property: JsonPropertyName("scope")] string Scope,
    [property: JsonPropertyName("groupsLookedInto")] int GroupsLookedInto,
    [property: JsonPropertyName("orphans")] IReadOnlyList<Orphan> Orphans,
    [property: JsonPropertyName("removes")] bool Removes,
    [property: JsonPropertyName("problems")] IReadOnlyList<string> Problems)
{
    /// <param name="progress">Told how many target groups were looked into, and of how many.</param>
    public static async Task<OrphanList> ReadAsync(
        AwsClients aws, AwsApi api, Identity identity, DrainOptions options, Action<int, int>? progress, CancellationToken cancellation)
    {
        var groups = await new TargetGroupCatalog(aws.LoadBalancing, api, new TargetGroupScope(options))
            .ListAsync(Urgency.Patient, cancellation).SelectMany(page => page).ToListAsync(cancellation);
        var health = new TargetHealthReader(aws.LoadBalancing, api);
        var problems = new List<string>();
        var suspects = await GroupLooks.EachAsync(groups, progress, problems, async group => OrphanSearch.SuspectsIn(
            group, await health.DescribeAsync(group.TargetGroupArn, one => OrphanSearch.IsSuspect(group, one), Urgency.Patient, cancellation)));
        var search = new OrphanSearch(new InstanceLookup(aws.Compute, api), new AddressHolders(aws.Compute, api), new InstanceScope(options));
        var answer = await search.OrphansAmongAsync(suspects, identity.Account, cancellation);
        return new OrphanList(
            identity, Stacks.Scope.InWords(options), groups.Count,
            [.. answer.Orphans.Select(Orphan.Of).OrderBy(one => one.Group, StringComparer.Ordinal).ThenBy(one => one.Target, StringComparer.Ordinal)],
            options.RemoveOrphans, [.. problems, .. answer.Problems.Select(problem => $"EC2 did not say {problem}")]);
    }

    public void Print(IAnsiConsole console)
    {
        console.WriteLine($"Scope: {Scope}; {GroupsLookedInto} target groups looked into. Nothing has been changed.");
        console.WriteLine();
        if (Orphans.Count == 0) console.WriteLine("Every registered target belongs to something.");
        else
        {
            console.WriteLine($"{Orphans.Count} registered {(Orphans.Count == 1 ? "target belongs" : "targets belong")} to nothing:");
            var columns = new Columns("target group", "target", "why");
            foreach (var orphan in Orphans) columns.Add(orphan.Group, orphan.Target, orphan.Why);
            columns.Write(console);
            console.WriteLine();
            console.WriteLine(Removes
                ? "The reconciler removes what a second run finds like this."
                : "The reconciler reports what a second run finds like this; with ReconcileOrphans=remove it deregisters it.");
        }
        foreach (var problem in Problems) console.MarkupLineInterpolated($"[yellow]Not certain:[/] {problem}");
    }
}

internal sealed record Orphan(
    [property: JsonPropertyName("group")] string Group,
    [property: JsonPropertyName("groupArn")] string GroupArn,
    [property: JsonPropertyName("target")] string Target,
    [property: JsonPropertyName("why")] string Why)
{
    public static Orphan Of(Suspect suspect) => new(
        suspect.Group.TargetGroupName, suspect.Group.TargetGroupArn, suspect.Name,
        suspect.Group.TargetType?.Value == "instance"
            ? "the instance is terminated or gone"
            : $"no network interface of {suspect.Group.VpcId} has the address");
}
