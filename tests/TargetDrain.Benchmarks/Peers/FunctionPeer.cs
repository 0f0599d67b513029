using System.Collections.Concurrent;
using System.Text;
using TargetDrain.Benchmarks.Processes;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Events;
using TargetDrain.Emulator.Http;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Benchmarks.Peers;

/// <summary>
/// A function that a rule invokes with each lifecycle action by itself. What fails is tried again after one and after two
/// minutes, as Lambda does with asynchronous invocations, and is then dropped.
/// </summary>
internal static class FunctionPeer
{
    // The longest that Lambda has: who waits while he runs needs it.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);

    public static async Task<PeerOutcome> RunAsync(FunctionCommand command, PeerCase peerCase)
    {
        Loopback.ExemptFromProxies();
        var world = new World(TimeProvider.System, PeerCase.World);
        var runtimeApi = new RuntimeApi();
        await using var server = new EmulatorServer(world.Endpoint.HandleAsync, runtimeApi);
        await server.StartAsync();
        var settings = new LambdaSettings("naive", world.Options.Account, world.Options.Region) { Timeout = Timeout };
        var function = new LambdaFunction(settings, runtimeApi.InvokeAsync, world.Clock, world.Journal);
        await using var fleet = new FunctionFleet(
            new FleetOptions(command, server.Address, Installation.FunctionAccessKeyId, "secret", peerCase.Size.Instances), settings, runtimeApi, world.Journal);
        // Fifty cold starts at once on this machine's few cores would say more about the machine; cold-start has the start of one.
        for (var started = 0; started < peerCase.Size.Instances; started++) await fleet.WarmUpAsync();

        var storm = peerCase.Fill(world);
        var invoker = new AsyncInvoker(function, world.Clock);
        var runs = new ConcurrentBag<Task>();
        world.Events.Add(new EventRule(
            "terminating", envelope => (string?)envelope["detail-type"] == "EC2 Instance-terminate Lifecycle Action",
            body => runs.Add(invoker.InvokeAsync(Encoding.UTF8.GetBytes(body)))));
        var start = world.Clock.GetUtcNow();
        await storm.StrikeAsync(TimeSpan.Zero);
        while (world.Clock.GetUtcNow() - start < PeerCase.Patience)
        {
            await Task.Delay(PeerCase.LookEvery, world.Clock);
            if (runs.Count >= peerCase.Size.Instances && runs.All(run => run.IsCompleted)) break;
        }
        return new PeerOutcome(world.Journal.Entries, start, peerCase.Size.Instances, ProcessMemory.PeaksOfChildren());
    }
}
