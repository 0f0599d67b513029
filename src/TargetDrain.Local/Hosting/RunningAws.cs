using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Http;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Local.Hosting;

/// <summary>
/// The emulated AWS on a loopback port in real time, with TargetDrain installed and the function running as processes
/// of its own behind the Lambda Runtime API.
/// </summary>
internal sealed class RunningAws(World world, EmulatorServer server, Installation installation, FunctionFleet fleet) : IAsyncDisposable
{
    public World World => world;

    public Installation Installation => installation;

    /// <summary>The endpoint URL for any AWS client.</summary>
    public string Url => server.Url;

    /// <summary>"127.0.0.1:port".</summary>
    public string Address => server.Address;

    /// <summary>Answers requests that are not meant for AWS; null for those that are.</summary>
    public Func<string, WireRequest, WireResponse?>? Pages { get; set; }

    /// <summary>The function built together with this program.</summary>
    public static string OwnFunction => Path.Combine(AppContext.BaseDirectory, "TargetDrain.dll");

    /// <param name="port">0 picks a free port.</param>
    /// <param name="function">Path of the function's executable or .dll.</param>
    /// <param name="clock">
    /// In place of real time: it stands still while the function works, so that a slow machine does not make a slow
    /// function of it. What is billed is real time nevertheless.
    /// </param>
    /// <exception cref="PortTakenException">Another program listens on the port.</exception>
    /// <exception cref="FunctionStartException">The function cannot be started.</exception>
    public static async Task<RunningAws> StartAsync(
        WorldOptions worldOptions, InstallationOptions options, int port, string function, CancellationToken cancellation,
        PacedClock? clock = null)
    {
        Loopback.ExemptFromProxies();
        var world = new World(clock ?? TimeProvider.System, worldOptions);
        var runtimeApi = new RuntimeApi();
        RunningAws? running = null;
        var server = new EmulatorServer(
            world.Endpoint.HandleAsync, runtimeApi, (method, request) => running?.Pages?.Invoke(method, request));
        await server.StartAsync(port, cancellation);
        try
        {
            world.Queues.Endpoint = server.Url;
            var installation = new Installation(
                world, options, _ => clock is null ? runtimeApi.InvokeAsync : WhileHeld(clock, runtimeApi.InvokeAsync), TimeProvider.System);
            var fleet = new FunctionFleet(
                new FleetOptions(
                    new FunctionCommand(function), server.Address, Installation.FunctionAccessKeyId, "local-secret",
                    // One more than wait for their turn, for what is urgent.
                    installation.EventSource.MaximumConcurrency + 1),
                installation.Settings, runtimeApi, world.Journal);
            running = new RunningAws(world, server, installation, fleet);
            var begun = TimeProvider.System.GetTimestamp();
            await Patience.WithAsync(fleet.WarmUpAsync(cancellation), "Starting the function", cancellation);
            running.StartUp = TimeProvider.System.GetElapsedTime(begun);
            return running;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>From the start of the function's process until it asked for its first event.</summary>
    public TimeSpan StartUp { get; private set; }

    /// <summary>SIGKILL to the function's processes.</summary>
    /// <returns>How many there were.</returns>
    public int KillFunction() => fleet.Kill();

    private static FunctionHandler WhileHeld(PacedClock clock, FunctionHandler function) => async (payload, invocation, abandoned) =>
    {
        using var hold = clock.Hold();
        return await function(payload, invocation, abandoned);
    };

    public async ValueTask DisposeAsync()
    {
        installation.Dispose();
        await fleet.DisposeAsync();
        await server.DisposeAsync();
    }
}
