using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>Begins looks, knows what earlier ones have seen, and holds what all of them use.</summary>
internal sealed record TargetSearch(
    InstanceLookup Instances, TargetGroupCatalog Catalog, TargetHealthReader Health, Deregistrar Deregistrar, DeregistrationDelays Delays,
    GroupHistory History, WorkQueue Queue, CallRate DescribeRate, DrainOptions Options, DrainMetrics Metrics, TimeProvider Clock, ILogger Log)
{
    // Fewer are done with so fast that this environment is free again when the next events come.
    private const int WorthABroadcast = 20;

    private int saidThatItCannotEnd;

    public LookMemory Memory { get; } = new(Clock);

    /// <summary>Asks EC2 for the instances and ELBv2 for its groups at the same time, before it is clear what holds.</summary>
    public BegunLook Begin(IReadOnlyCollection<Departure> departures, InvocationTime time)
    {
        var urgency = departures.Min(one => one.Urgency);
        var ids = departures.Select(one => one.InstanceId).ToList();
        return new BegunLook(new AddressBook(Instances, ids, Options.PeeredVpcs, urgency, Clock), Catalog.ListAsync(urgency, time.Work));
    }

    /// <param name="departures">Those that still hold.</param>
    /// <param name="stillLeaves">Whether an instance is still to be taken out, asked at the last moment.</param>
    /// <returns>One for each departure, by instance id.</returns>
    public async Task<IReadOnlyDictionary<string, DrainStatus>> LookAsync(
        BegunLook begun, IReadOnlyCollection<Departure> departures, Func<Departure, bool> stillLeaves, InvocationTime time)
    {
        var owners = await begun.Addresses.FreshAsync(time.Work);
        var look = new TargetLook(this, departures, owners, begun.Addresses, stillLeaves, time.Work);
        if (departures.Count > 0) await look.RunAsync(begun.Groups, time.WorkLeft);
        return look.Statuses;
    }

    /// <summary>What other environments have seen.</summary>
    public void Remember(IEnumerable<DrainedBroadcast> broadcasts)
    {
        foreach (var broadcast in broadcasts)
        {
            Memory.Remember(broadcast);
            foreach (var arn in broadcast.BusyGroups ?? []) History.Found(arn);
        }
    }

    /// <summary>Tells one other environment which groups lose many instances, and which of many are out of every group.</summary>
    /// <param name="handled">Of how many instances it is worth telling.</param>
    public Task BroadcastAsync(IReadOnlyList<string> drained, int handled, CancellationToken cancellation) =>
        handled < WorthABroadcast ? Task.CompletedTask
        : Queue.BroadcastAsync(new DrainedBroadcast(DrainedBroadcast.CurrentVersion, Clock.GetUtcNow(), drained, History.Busy()), cancellation);

    /// <summary>Says once when so many groups take longer than an invocation lasts.</summary>
    public void TellWhetherItCanEnd(int groups, TimeSpan timeLeft)
    {
        var needed = DescribeRate.TimeFor(groups);
        if (needed > timeLeft && Interlocked.Exchange(ref saidThatItCannotEnd, 1) == 0)
            Log.LookCannotEnd(groups, (int)needed.TotalSeconds, (int)timeLeft.TotalSeconds);
    }
}

/// <summary>The first questions of a look, under way.</summary>
/// <param name="Groups">In scope, as they are listed now; an error ends the list.</param>
internal sealed record BegunLook(AddressBook Addresses, IAsyncEnumerable<IReadOnlyList<TargetGroup>> Groups);
