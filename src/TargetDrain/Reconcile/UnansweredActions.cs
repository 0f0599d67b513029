using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Reconcile;

/// <summary>
/// Which of the instances that wait for us nobody drains: one that is still registered and not draining, and one that has been in no group
/// for longer than any ticket waits after a drain. Its drain begins with a ticket, as after an event; where one is under way after all,
/// the second costs a look and harms nothing.
/// </summary>
/// <param name="waiting">Instances that Auto Scaling says wait for us, of those that are to be acted upon.</param>
/// <param name="before">What the last run left.</param>
internal sealed class UnansweredActions(
    ActionRecovery recovery, IReadOnlyList<WaitingInstance> waiting, TargetOwners owners, Baton before, DateTimeOffset now)
{
    private const int MostRecoveries = 500;

    private readonly HashSet<string> registered = new(StringComparer.Ordinal);
    private readonly HashSet<string> draining = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> idle = new(StringComparer.Ordinal);

    /// <summary>Those in no group, and since when they have been seen so.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Idle => idle;

    /// <summary>Tells whether a target is one of an instance that waits.</summary>
    public Func<TargetHealthDescription, bool> MatcherFor(TargetGroup group)
    {
        if (waiting.Count == 0) return _ => false;
        var ownerOf = owners.MatcherFor(group);
        return target => ownerOf(target.Target) is not null;
    }

    public void Saw(TargetGroup group, IReadOnlyList<TargetHealthDescription> targets)
    {
        if (waiting.Count == 0) return;
        var ownerOf = owners.MatcherFor(group);
        foreach (var target in targets)
            if (ownerOf(target.Target) is { } id)
                _ = Registration.StateOf(target.TargetHealth) switch
                {
                    RegistrationState.Registered => registered.Add(id),
                    RegistrationState.Draining => draining.Add(id),
                    _ => false,
                };
    }

    /// <param name="sawEverything">Whether every group was looked into.</param>
    /// <returns>How many actions were recovered.</returns>
    public Task<int> RecoverAsync(bool sawEverything, CancellationToken cancellation) =>
        recovery.BeginAsync([.. waiting.Where(one => IsUnanswered(one.InstanceId, sawEverything)).Take(MostRecoveries)], cancellation);

    private bool IsUnanswered(string id, bool sawEverything)
    {
        if (registered.Contains(id)) return true;
        if (draining.Contains(id) || owners.Answers.Problems.ContainsKey(id)) return false;
        var known = before.Idle?.TryGetValue(id, out var since) == true ? since : (DateTimeOffset?)null;
        if (known is not null || sawEverything) idle[id] = known ?? now;
        return known is { } then && now - then >= recovery.Options.NetworkMinimumWait + TicketSchedule.LongestSlack;
    }
}
