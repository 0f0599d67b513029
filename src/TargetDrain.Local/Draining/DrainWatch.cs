using TargetDrain.Local.Planning;
using TargetDrain.Targets;

namespace TargetDrain.Local.Draining;

/// <summary>A target that is watched, and since when it is in its state.</summary>
internal sealed record TargetProgress(PlannedTarget Target, WatchedState State, TimeSpan Since);

internal enum WatchedState
{
    Registered,
    Draining,
    Gone,
}

/// <summary>Looks again and again at the targets of a plan until the load balancers have let go of all of them.</summary>
internal sealed class DrainWatch
{
    private const int FewGroups = 20;

    // Time for the queue and for a cold start, beside what the drain itself takes.
    private static readonly TimeSpan UntilItBegins = TimeSpan.FromSeconds(60);

    private readonly TargetHealthReader health;
    private readonly TimeProvider clock;
    private readonly List<TargetProgress> targets;
    private readonly long begun;
    private readonly TimeSpan patience;

    /// <param name="margin">How much longer than its deregistration delay a drain may take.</param>
    public DrainWatch(AwsClients aws, AwsApi api, IReadOnlyList<PlannedTarget> planned, TimeSpan margin, TimeProvider clock)
    {
        (health, this.clock, begun) = (new TargetHealthReader(aws.LoadBalancing, api), clock, clock.GetTimestamp());
        targets = [.. planned.Select(target => new TargetProgress(target, target.State == "draining" ? WatchedState.Draining : WatchedState.Registered, TimeSpan.Zero))];
        patience = TimeSpan.FromSeconds(planned.Max(target => target.DelaySeconds)) + margin + UntilItBegins;
    }

    public IReadOnlyList<TargetProgress> Targets => targets;

    public TimeSpan Elapsed => clock.GetElapsedTime(begun);

    public bool IsOver => targets.TrueForAll(target => target.State == WatchedState.Gone);

    /// <summary>Nobody has begun although there was time to.</summary>
    public bool IsIgnored => Elapsed > UntilItBegins && targets.TrueForAll(target => target.State == WatchedState.Registered);

    /// <summary>What did not answer at the last look; empty when everything did.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>"3 of 5 registrations gone, 2 draining".</summary>
    public string InWords
    {
        get
        {
            var (gone, draining) = (targets.Count(target => target.State == WatchedState.Gone), targets.Count(target => target.State == WatchedState.Draining));
            var left = targets.Count - gone - draining;
            return $"{gone} of {targets.Count} registrations gone{(draining > 0 ? $", {draining} draining" : "")}{(left > 0 ? $", {left} still registered" : "")}";
        }
    }

    /// <param name="changed">Told of every target that is in another state than before.</param>
    /// <returns>Whether all have gone; false when it took too long.</returns>
    public async Task<bool> RunAsync(Action<TargetProgress> changed, CancellationToken cancellation)
    {
        var groups = targets.Select(target => target.Target.GroupArn).Distinct().ToList();
        var pause = TimeSpan.FromSeconds(groups.Count <= FewGroups ? 2 : 10);
        while (true)
        {
            var open = groups.Where(arn => targets.Exists(target => target.Target.GroupArn == arn && target.State != WatchedState.Gone));
            var looks = await Task.WhenAll(open.Select(arn => LookAsync(arn, cancellation)));
            Problem = string.Join("; ", looks.Select(look => look.Problem).OfType<string>());
            foreach (var (arn, states, _) in looks.Where(look => look.Problem is null)) Take(arn, states!, changed);
            if (IsOver || Elapsed > patience) return IsOver;
            await Task.Delay(pause, clock, cancellation);
        }
    }

    private void Take(string arn, Dictionary<(string, int?), RegistrationState> states, Action<TargetProgress> changed)
    {
        for (var index = 0; index < targets.Count; index++)
        {
            var before = targets[index];
            if (before.Target.GroupArn != arn) continue;
            var state = states.GetValueOrDefault(Key(before.Target.Target)) switch
            {
                RegistrationState.Draining => WatchedState.Draining,
                RegistrationState.Registered => WatchedState.Registered,
                _ => WatchedState.Gone,
            };
            if (state == before.State) continue;
            targets[index] = new TargetProgress(before.Target, state, Elapsed);
            changed(targets[index]);
        }
    }

    private async Task<(string Arn, Dictionary<(string, int?), RegistrationState>? States, string? Problem)> LookAsync(string arn, CancellationToken cancellation)
    {
        var watched = targets.Where(target => target.Target.GroupArn == arn).Select(target => Key(target.Target.Target)).ToHashSet();
        try
        {
            var found = await health.ReadAsync(arn, target => watched.Contains(Key(target)) ? target.Id : null, Urgency.Normal, cancellation);
            return (arn, found.GroupBy(registration => Key(registration.Target)).ToDictionary(same => same.Key, same => same.Max(registration => registration.State)), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return (arn, null, $"{targets.Find(target => target.Target.GroupArn == arn)!.Target.Group} did not answer ({Calls.Problem.InWords(exception)})");
        }
    }

    private static (string Id, int? Port) Key(Amazon.ElasticLoadBalancingV2.Model.TargetDescription target) => (target.Id, target.Port);
}
