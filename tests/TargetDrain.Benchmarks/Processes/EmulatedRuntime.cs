using TargetDrain.Emulator;
using TargetDrain.Emulator.Http;
using TargetDrain.Emulator.Lambda;

namespace TargetDrain.Benchmarks.Processes;

/// <summary>The emulated AWS and the Lambda Runtime API on a loopback port, in real time, for one process at a time.</summary>
internal sealed class EmulatedRuntime : IAsyncDisposable
{
    private readonly RuntimeApi runtimeApi = new();
    private readonly EmulatorServer server;
    private int started;

    private EmulatedRuntime(World world)
    {
        World = world;
        server = new EmulatorServer(world.Endpoint.HandleAsync, runtimeApi);
        var queue = world.Queues.Create("target-drain");
        Settings = new LambdaSettings("target-drain", world.Options.Account, world.Options.Region)
        {
            Timeout = TimeSpan.FromMinutes(5),
            Environment = new Dictionary<string, string>
            {
                ["QUEUE_URL"] = world.Queues.UrlOf(queue),
                ["API_SHARE_PERCENT"] = "100",
            },
        };
        Function = new LambdaFunction(Settings, runtimeApi.InvokeAsync, world.Clock, world.Journal);
    }

    public World World { get; }

    public LambdaSettings Settings { get; }

    public LambdaFunction Function { get; }

    public static async Task<EmulatedRuntime> StartAsync(World world)
    {
        var runtime = new EmulatedRuntime(world);
        await runtime.server.StartAsync();
        return runtime;
    }

    /// <summary>A cold start: nothing of it was there before.</summary>
    public RunningFunction Launch(FunctionCommand command)
    {
        var path = $"environments/{++started}";
        var said = new List<string>();
        var process = FunctionProcess.Start(
            command,
            [
                .. Settings.ReservedEnvironment(),
                new("AWS_LAMBDA_RUNTIME_API", $"{server.Address}/{path}"),
                new("AWS_ENDPOINT_URL", server.Url),
                new("AWS_ACCESS_KEY_ID", "AKIAFUNCTION"),
                new("AWS_SECRET_ACCESS_KEY", "secret"),
                new("AWS_EC2_METADATA_DISABLED", "true"),
                .. Settings.Environment,
            ],
            line =>
            {
                lock (said) said.Add(line);
            });
        return new RunningFunction(process, () => runtimeApi.Exited(path, "killed"), said);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>A function in a process of its own.</summary>
internal sealed class RunningFunction(FunctionProcess process, Action gone, List<string> said) : IAsyncDisposable
{
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(200);

    /// <summary>What it wrote so far.</summary>
    public string Output
    {
        get { lock (said) return string.Join(Environment.NewLine, said); }
    }

    /// <summary>The most memory it ever held, in MB; zero where the system does not tell.</summary>
    public double PeakMegabytes => ProcessMemory.PeakMegabytes(process.Id);

    public double CpuSeconds
    {
        get
        {
            using var running = System.Diagnostics.Process.GetProcessById(process.Id);
            return running.TotalProcessorTime.TotalSeconds;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.ExitedAsync();
        // Its last request for work may still be on its way in, and would be given the next one's.
        await Task.Delay(Linger, TimeProvider.System);
        gone();
        process.Dispose();
    }
}
