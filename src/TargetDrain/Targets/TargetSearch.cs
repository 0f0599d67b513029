using Amazon.ElasticLoadBalancingV2.Model;
using TargetDrain.Calls;
using TargetDrain.Events;
using TargetDrain.Queue;

namespace TargetDrain.Targets;

/// <summary>
/// Begins looks: EC2 is asked for the instances and ELBv2 for its groups at the same time, before it is clear what holds.
/// Knows what other looks have seen.
/// </summary>
internal sealed class TargetSearch(
    InstanceLookup lookup, TargetGroupCatalog catalog, TargetLook look, LookMemory memory, GroupHistory history, bool peeredVpcs, TimeProvider clock)
{
    // Fewer are completed so fast that this environment is free again when the next events come.
    private const int WorthABroadcast = 20;

    public BegunLook Begin(IReadOnlyCollection<Departure> departures, InvocationTime time)
    {
        var urgency = departures.Min(one => one.Urgency);
        var ids = departures.Select(one => one.InstanceId).ToList();
        return new BegunLook(
            new AddressBook(lookup, ids, peeredVpcs, urgency, clock), catalog.ListAsync(urgency, time.Work), look);
    }

    /// <summary>What other environments have seen.</summary>
    public void Remember(IEnumerable<DrainedBroadcast> broadcasts)
    {
        foreach (var broadcast in broadcasts)
        {
            memory.Remember(broadcast);
            foreach (var arn in broadcast.BusyGroups ?? []) history.Found(arn);
        }
    }

    /// <summary>Tells one other environment which instances are out of every group.</summary>
    public async Task BroadcastAsync(IReadOnlyList<string> drained, WorkQueue queue, CancellationToken cancellation)
    {
        if (drained.Count < WorthABroadcast) return;
        await queue.BroadcastAsync(
            new DrainedBroadcast(DrainedBroadcast.CurrentVersion, clock.GetUtcNow(), drained, history.Busy()), cancellation);
    }
}

/// <summary>A look whose first questions are under way.</summary>
internal sealed record BegunLook(AddressBook Addresses, IAsyncEnumerable<IReadOnlyList<TargetGroup>> Groups, TargetLook Look)
{
    /// <param name="departures">Those that still hold.</param>
    /// <param name="stillLeaves">Whether an instance is still to be taken out, asked at the last moment.</param>
    public async Task<IReadOnlyDictionary<string, DrainStatus>> LookAsync(
        IReadOnlyCollection<Departure> departures, Func<Departure, bool> stillLeaves, InvocationTime time) =>
        departures.Count == 0
            ? new Dictionary<string, DrainStatus>()
            : await Look.RunAsync(departures, Groups, Addresses, stillLeaves, time.WorkLeft, time.Work);
}
