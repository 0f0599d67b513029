using TargetDrain.Emulator;
using TargetDrain.Local.Demo;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Tests.Local;

/// <summary>The demo's account over HTTP with the function beside it, for commands in processes of their own.</summary>
internal sealed class DemoAws : IAsyncDisposable
{
    private readonly RunningAws aws;

    private DemoAws(RunningAws aws) => (this.aws, Demo) = (aws, new DemoWorld(aws.World));

    public DemoWorld Demo { get; }

    public World World => aws.World;

    public Installation Installation => aws.Installation;

    public string Url => aws.Url;

    public static async Task<DemoAws> StartAsync() => new(await LocalProgram.AwsAsync());

    public Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => LocalProgram.RunAsync([.. arguments, "--endpoint-url", Url]);

    public ValueTask DisposeAsync() => aws.DisposeAsync();
}
