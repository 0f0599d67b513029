using TargetDrain.Emulator.Faults;

namespace TargetDrain.Benchmarks.Storms;

/// <summary>
/// The least that any strategy needs under the account's limits. ELBv2 cannot be asked where an instance is registered:
/// the listing (400 groups a page) and one DescribeTargetHealth per group cannot be avoided, nor one DeregisterTargets
/// per 200 targets of a group. Call n of a bucket leaves no earlier than (n − burst) ÷ rate.
/// </summary>
internal sealed class LowerBound
{
    private const int GroupsPerPage = 400;
    private const int TargetsPerCall = 200;

    private static readonly RateLimit Describe = new(200, 50);
    private static readonly RateLimit Change = new(20, 4);

    public LowerBound(StormWorld storm)
    {
        var counts = storm.TargetCounts;
        var pages = CallsFor(storm.Size.TargetGroups, GroupsPerPage);
        DescribeCalls = pages + counts.Count;
        var sent = new List<(double Seconds, int Targets)>();
        var latency = StormWorld.CallLatency.TotalSeconds;
        // Which instances the addresses belong to and the first page can be asked at the same time; then the groups.
        for (var group = 0; group < counts.Count; group++)
        {
            var known = Math.Max((2 * latency), At(Describe, pages + group + 1) + latency);
            for (var left = counts[group]; left > 0; left -= TargetsPerCall)
                sent.Add((Math.Max(known, At(Change, sent.Count + 1)), Math.Min(left, TargetsPerCall)));
        }
        Removals = sent;
        DeregisterCalls = sent.Count;
        var instances = storm.Size.Instances;
        var held = counts.Count(count => count > 0);
        // To look up, to find, to take out, to see them gone, to end the action.
        Calls = CallsFor(instances, TargetsPerCall) + DescribeCalls + DeregisterCalls + held + instances;
        Last = sent.Count == 0 ? 0 : sent[^1].Seconds;
        First = sent.Count == 0 ? 0 : sent[0].Seconds;
        static int CallsFor(int things, int perCall) => (things + perCall - 1) / perCall;
    }

    public int DescribeCalls { get; }

    public int DeregisterCalls { get; }

    /// <summary>Of the whole storm, by all services.</summary>
    public int Calls { get; }

    /// <summary>Seconds to the first DeregisterTargets.</summary>
    public double First { get; }

    /// <summary>Seconds to the last DeregisterTargets.</summary>
    public double Last { get; }

    /// <summary>When each of its calls would leave, and how many targets it would take out.</summary>
    public IReadOnlyList<(double Seconds, int Targets)> Removals { get; }

    public string Explanation =>
        $"{DescribeCalls:N0} describes (listing and one per group) at 200 + 50/s: {At(Describe, DescribeCalls):0.00} s; "
        + $"{DeregisterCalls:N0} DeregisterTargets (200 targets each) at 20 + 4/s: {At(Change, DeregisterCalls):0.00} s; "
        + $"the last of them leaves {Last:0.00} s after the events at the earliest.";

    /// <summary>
    /// What one instance needs at least when others have left nothing of the account's bursts: listing and describes one
    /// after the other, then a DeregisterTargets for each group that holds it.
    /// </summary>
    /// <param name="groups">That must be described before the last that holds it; those are counted when this is less.</param>
    public static double LookSeconds(int groups, int registrations)
    {
        var looked = (1 + (groups / GroupsPerPage) + Math.Max(groups, registrations)) / Describe.PerSecond;
        return Math.Max(looked + (1 / Change.PerSecond), registrations / Change.PerSecond) + StormWorld.CallLatency.TotalSeconds;
    }

    private static double At(RateLimit limit, int call) => Math.Max(0, (call - limit.Burst) / limit.PerSecond);
}
