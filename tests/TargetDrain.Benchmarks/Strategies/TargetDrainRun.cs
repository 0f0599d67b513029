using TargetDrain.Benchmarks.Storms;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Hosting;
using TargetDrain.Local.Report;

namespace TargetDrain.Benchmarks.Strategies;

/// <summary>A storm with TargetDrain installed, in virtual time, until nothing is left to happen.</summary>
internal static class TargetDrainRun
{
    private static readonly TimeSpan ReconcileInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromHours(8);

    /// <param name="begunByOthers">Somebody else has deregistered everything just before.</param>
    /// <param name="page">Where to write what happened as a page to look at; null for nowhere.</param>
    public static (StormOutcome Outcome, LowerBound Bound) Play(
        StormSize size, InstallationOptions? options = null, int drainSeconds = 300, int withinSeconds = 0, string? page = null, int heartbeatSeconds = 3600,
        bool begunByOthers = false, bool reconciles = false)
    {
        var clock = new VirtualClock();
        (StormOutcome, LowerBound)? result = null;
        clock.Run(async () =>
        {
            var storm = new StormWorld(clock, size, drainSeconds, heartbeatSeconds);
            var function = new WatchedFunction();
            using var installation = function.Install(storm.World, (options ?? new InstallationOptions()) with { Scheduled = reconciles });
            // So that a run of the reconciler is due when the storm is at its highest.
            if (reconciles) await Task.Delay(ReconcileInterval - TimeSpan.FromSeconds(3), clock);
            var start = clock.GetUtcNow();
            if (begunByOthers) storm.DeregisterAll();
            await storm.StrikeAsync(TimeSpan.FromSeconds(withinSeconds));
            await SettleAsync(clock, storm, installation);
            if (page is not null) ReportWriter.Write(storm.World, page);
            result = (new StormOutcome(storm.World.Journal.Entries, start, size.Instances, function), new LowerBound(storm));
        });
        return result!.Value;
    }

    public static InstallationOptions Options(int sharePercent, int batchSize = 10_000, int timeoutSeconds = 300)
    {
        var source = new InstalledStack(new InstallationOptions(), new WorldOptions()).EventSource();
        return new InstallationOptions
        {
            Environment = new Dictionary<string, string>
            {
                ["API_SHARE_PERCENT"] = sharePercent.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
            Timeout = TimeSpan.FromSeconds(timeoutSeconds),
            VisibilityTimeout = TimeSpan.FromSeconds(timeoutSeconds + 60),
            EventSource = source with { BatchSize = batchSize },
        };
    }

    /// <summary>Until every instance is gone, the queue is empty and no run is under way.</summary>
    public static async Task SettleAsync(TimeProvider clock, StormWorld storm, Installation installation)
    {
        var until = clock.GetUtcNow() + Patience;
        while (clock.GetUtcNow() < until)
        {
            await Task.Delay(Step, clock);
            if (installation.Waiting == 0 && installation.Function.Running == 0 &&
                storm.World.Journal.Of<LifecycleActionEnded>().Any() &&
                storm.World.Compute.Instances.All(instance => instance.State == "terminated")) return;
        }
    }
}
