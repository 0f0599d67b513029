using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>Begins looks, knows what earlier ones have seen, and holds what all of them use.</summary>
internal sealed record TargetSearch(
    InstanceLookup Instances, TargetGroupCatalog Catalog, TargetHealthReader Health, Deregistrar Deregistrar, DeregistrationDelays Delays,
    GroupHistory History, BulletinBoard Board, CallRate DescribeRate, DrainOptions Options, DrainMetrics Metrics, TimeProvider Clock, ILogger Log)
{
    // The board has room for little, so that a few wait until they are many.
    private const int WorthTelling = 20;

    private static readonly TimeSpan BetweenBulletins = TimeSpan.FromSeconds(5);

    private readonly Lock state = new();
    private readonly List<string> untold = [];
    private int saidThatItCannotEnd;
    private bool hasNews;
    private DateTimeOffset toldAt;

    public LookMemory Memory { get; } = new(Clock);

    /// <summary>Asks EC2 for the instances, ELBv2 for its groups and the others for what they know, before it is clear what holds.</summary>
    public BegunLook Begin(IReadOnlyCollection<Departure> departures, InvocationTime time)
    {
        var urgency = departures.Min(one => one.Urgency);
        var ids = departures.Select(one => one.InstanceId).ToList();
        return new BegunLook(
            new AddressBook(Instances, ids, Options.PeeredVpcs, urgency, Clock), Catalog.ListAsync(urgency, time.Work),
            // Nobody else's word ends an action.
            departures.Any(one => one.Notices.Count > 0) ? LearnAsync(time.Work) : Task.CompletedTask);
    }

    /// <param name="departures">Those that still hold.</param>
    /// <param name="stillLeaves">Whether an instance is still to be taken out, asked at the last moment.</param>
    /// <returns>One for each departure, by instance id.</returns>
    public async Task<IReadOnlyDictionary<string, DrainStatus>> LookAsync(
        BegunLook begun, IReadOnlyCollection<Departure> departures, Func<Departure, bool> stillLeaves, InvocationTime time)
    {
        var owners = await begun.Addresses.FreshAsync(time.Work);
        await begun.Learned;
        var look = new TargetLook(this, departures, owners, begun.Addresses, stillLeaves, time.Work);
        if (departures.Count > 0) await look.RunAsync(begun.Groups, time.WorkLeft);
        return look.Statuses;
    }

    /// <summary>Tells the other environments which groups lose many instances: at once, and not too often.</summary>
    /// <param name="found">How many instances one of them has just lost.</param>
    public Task TellOfBusyGroupsAsync(int found, CancellationToken cancellation)
    {
        lock (state)
        {
            hasNews |= found >= WorthTelling;
            if (Clock.GetUtcNow() - toldAt < BetweenBulletins) return Task.CompletedTask;
        }
        return TellTheRestAsync(cancellation);
    }

    /// <summary>Of groups that lost many instances and nobody was told of.</summary>
    public Task TellTheRestAsync(CancellationToken cancellation) => TellAsync(() => hasNews, cancellation);

    /// <summary>Remembers that they are out of every group now, and tells the other environments when there are many to tell of.</summary>
    public Task TellOfDrainedAsync(IReadOnlyList<string> instanceIds, CancellationToken cancellation)
    {
        foreach (var id in instanceIds) Memory.Drained(id);
        lock (state) untold.AddRange(instanceIds);
        return TellAsync(() => untold.Count >= WorthTelling, cancellation);
    }

    private Task TellAsync(Func<bool> isWorthIt, CancellationToken cancellation)
    {
        Bulletin bulletin;
        lock (state)
        {
            if (!isWorthIt()) return Task.CompletedTask;
            (hasNews, toldAt) = (false, Clock.GetUtcNow());
            bulletin = new Bulletin(Bulletin.CurrentVersion, toldAt, [.. untold], History.Busy());
            untold.Clear();
        }
        return Board.PostAsync(bulletin, cancellation);
    }

    private async Task LearnAsync(CancellationToken cancellation)
    {
        foreach (var bulletin in await Board.ReadAsync(cancellation))
        {
            Memory.Remember(bulletin);
            foreach (var arn in bulletin.BusyGroups) History.Heard(arn);
        }
    }

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
/// <param name="Learned">What other environments have seen is remembered.</param>
internal sealed record BegunLook(AddressBook Addresses, IAsyncEnumerable<IReadOnlyList<TargetGroup>> Groups, Task Learned);
