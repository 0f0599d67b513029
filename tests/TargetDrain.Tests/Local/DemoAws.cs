using TargetDrain.Emulator;
using TargetDrain.Emulator.Http;
using TargetDrain.Emulator.Wire;
using TargetDrain.Local.Demo;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Tests.Local;

/// <summary>
/// The demo's account over HTTP, with the function in this process: a start of its own would cost each of these tests a second of the
/// processor. As a process it runs with the demo, with serve and with what is killed.
/// </summary>
internal sealed class DemoAws : IAsyncDisposable
{
    private readonly EmulatorServer server;

    private DemoAws() => server = new EmulatorServer(World.Endpoint.HandleAsync, pages: (method, request) => Pages?.Invoke(method, request));

    public World World { get; } = new(TimeProvider.System);

    public Installation Installation { get; private set; } = null!;

    public DemoWorld Demo { get; private set; } = null!;

    public string Url => server.Url;

    /// <summary>"127.0.0.1:port".</summary>
    public string Address => server.Address;

    /// <summary>Answers requests that are not meant for AWS; null for those that are.</summary>
    public Func<string, WireRequest, WireResponse?>? Pages { get; set; }

    public static async Task<DemoAws> StartAsync()
    {
        Loopback.ExemptFromProxies();
        var aws = new DemoAws();
        await aws.server.StartAsync();
        aws.World.Queues.Endpoint = aws.Url;
        aws.Installation = Installation.InProcess(aws.World);
        aws.Demo = new DemoWorld(aws.World);
        return aws;
    }

    public Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => LocalProgram.RunAsync([.. arguments, "--endpoint-url", Url]);

    public async ValueTask DisposeAsync()
    {
        Installation.Dispose();
        await server.DisposeAsync();
    }
}
