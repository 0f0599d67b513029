using TargetDrain.Local.Hosting;

namespace TargetDrain.Local.Demo;

/// <summary>What happens in the demo: three instances leave, each in its own way.</summary>
internal sealed class DemoRun(DemoWorld demo, Installation installation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(55);

    public static WorldOptions WorldOptions { get; } = new() { ShutdownTime = TimeSpan.FromSeconds(8), AddressesKept = TimeSpan.FromSeconds(5) };

    public static InstallationOptions InstallationOptions { get; } =
        new()
        {
            // As everything here: seconds in place of minutes.
            Environment = new Dictionary<string, string> { ["CHECK_INTERVAL_SECONDS"] = "2", ["NLB_MINIMUM_WAIT_SECONDS"] = "10" },
        };

    public void Begin()
    {
        demo.World.AutoScaling.TerminateInstance(demo.Scaled.Id);
        demo.World.Compute.InterruptSpot(demo.Spot.Id);
        demo.World.Compute.Terminate(demo.Stray.Id);
    }

    /// <summary>Until nothing is left to happen, or for as long as anybody would look.</summary>
    public async Task SettledAsync(CancellationToken cancellation)
    {
        var clock = demo.World.Clock;
        var start = clock.GetTimestamp();
        while (clock.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock, cancellation);
            if (demo.World.Journal.Of<LifecycleActionEnded>().Any() && Verdict.Of(demo, installation).Holds &&
                installation.Waiting == 0 && installation.Function.Running == 0) return;
        }
    }
}
