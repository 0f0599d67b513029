using TargetDrain.Benchmarks.Strategies;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Benchmarks.Storms;

/// <summary>Where the Spot instance of a warning is registered.</summary>
internal enum SpotPlace
{
    /// <summary>In groups drawn by lot among all.</summary>
    Anywhere,

    /// <summary>In groups that the storms empty.</summary>
    Busy,
}

/// <summary>
/// Two hook storms one shortly after the other, so that each has an environment of its own, and Spot warnings in the
/// midst of them, as template.yaml installs it all.
/// </summary>
internal static class SpotInStorm
{
    private static readonly TimeSpan BetweenStorms = TimeSpan.FromSeconds(3);

    /// <param name="size">Both storms together.</param>
    /// <param name="warnings">Seconds since the first storm; each warns one instance.</param>
    public static SpotOutcome Play(StormSize size, SpotPlace place, IReadOnlyList<double> warnings, InstallationOptions options)
    {
        var clock = new VirtualClock();
        SpotOutcome? outcome = null;
        clock.Run(async () => outcome = await PlayAsync(clock, size, place, warnings, options));
        return outcome!;
    }

    private static async Task<SpotOutcome> PlayAsync(
        VirtualClock clock, StormSize size, SpotPlace place, IReadOnlyList<double> warnings, InstallationOptions options)
    {
        var storm = new StormWorld(clock, size);
        var spots = storm.AddSpot(PlacesOf(storm, place, warnings.Count));
        var function = new WatchedFunction();
        using var installation = function.Install(storm.World, options);
        var start = clock.GetUtcNow();
        var warned = new List<(Instance Instance, DateTimeOffset At)>();
        var warning = WarnAsync(clock, storm, spots, warnings, warned);
        foreach (var half in storm.Instances.Chunk((storm.Instances.Count + 1) / 2))
        {
            foreach (var instance in half) storm.Strike(instance);
            await Task.Delay(BetweenStorms, clock);
        }
        await warning;
        await TargetDrainRun.SettleAsync(clock, storm, installation);
        var entries = storm.World.Journal.Entries;
        return new SpotOutcome(
            [.. warned.Select(one => new SpotTrace(one.Instance.Id, size.Registrations, one.At, start, entries, function, installation.UrgentQueue.Name))],
            new StormOutcome(entries, start, size.Instances, function));
    }

    private static async Task WarnAsync(
        TimeProvider clock, StormWorld storm, IReadOnlyList<Instance> spots, IReadOnlyList<double> warnings, List<(Instance, DateTimeOffset)> warned)
    {
        var now = 0.0;
        foreach (var (spot, at) in spots.Zip(warnings))
        {
            await Task.Delay(TimeSpan.FromSeconds(at - now), clock);
            now = at;
            warned.Add((spot, clock.GetUtcNow()));
            storm.World.Compute.InterruptSpot(spot.Id);
        }
    }

    private static IEnumerable<IReadOnlyList<int>> PlacesOf(StormWorld storm, SpotPlace place, int instances)
    {
        var random = new Random(2);
        var counts = storm.TargetCounts;
        var among = Enumerable.Range(0, counts.Count).Where(group => counts[group] > 0 == (place == SpotPlace.Busy)).ToArray();
        if (among.Length == 0) among = [.. Enumerable.Range(0, counts.Count)];
        for (var i = 0; i < instances; i++) yield return [.. among.OrderBy(_ => random.Next()).Take(storm.Size.Registrations)];
    }
}

/// <param name="Spots">In the order of the warnings.</param>
internal sealed record SpotOutcome(IReadOnlyList<SpotTrace> Spots, StormOutcome Storm);
