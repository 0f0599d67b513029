using TargetDrain.Benchmarks.Processes;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Benchmarks.Peers;

/// <summary>TargetDrain as template.yaml installs it: rules, queues, event source, permissions, the function's own processes.</summary>
internal static class InstalledPeer
{
    /// <param name="function">The function's executable or .dll.</param>
    public static async Task<PeerOutcome> RunAsync(string function, PeerCase peerCase)
    {
        var source = new InstalledStack(new InstallationOptions(), PeerCase.World).EventSource();
        // Lambda's five pollers share the events out among batches, which is not to our advantage.
        var options = new InstallationOptions { EventSource = source with { Pollers = PollerScaling.Documented } };
        await using var aws = await RunningAws.StartAsync(PeerCase.World, options, port: 0, function, CancellationToken.None);
        var storm = peerCase.Fill(aws.World);
        var clock = aws.World.Clock;
        var start = clock.GetUtcNow();
        await storm.StrikeAsync(TimeSpan.Zero);
        while (clock.GetUtcNow() - start < PeerCase.Patience)
        {
            await Task.Delay(PeerCase.LookEvery, clock);
            if (storm.Instances.All(instance => instance.State == "terminated") && aws.Installation is { Waiting: 0, Function.Running: 0 }) break;
        }
        return new PeerOutcome(aws.World.Journal.Entries, start, peerCase.Size.Instances, ProcessMemory.PeaksOfChildren());
    }
}
