using System.CommandLine;
using Spectre.Console;
using TargetDrain.Emulator;
using TargetDrain.Local.Demo;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Local.Commands;

/// <summary>The emulated AWS and the function, kept running for any AWS client.</summary>
internal static class ServeCommand
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "The port on 127.0.0.1; 0 takes any that is free.",
        DefaultValueFactory = _ => 4566,
    };

    private static readonly Option<bool> Empty = new("--empty") { Description = "Start without the demo's world." };

    public static Command Create()
    {
        Port.Validators.Add(result =>
        {
            var port = result.GetValueOrDefault<int>();
            if (port is < 0 or > 65535) result.AddError($"--port is {port}; allowed is 0 to 65535.");
        });
        var command = new Command("serve", "Run the emulated AWS and the function until Ctrl-C, for the AWS CLI or any SDK.")
        {
            Port, Empty, DemoCommand.FunctionOption,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            Terminal.Create(), parsed.GetValue(Port), parsed.GetValue(Empty), parsed.GetValue(DemoCommand.FunctionOption)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IAnsiConsole console, int port, bool empty, string function, CancellationToken cancellation)
    {
        await using var aws = await RunningAws.StartAsync(new WorldOptions(), new InstallationOptions(), port, function, cancellation);
        if (!empty) _ = new DemoWorld(aws.World);
        console.WriteLine($"Ready: AWS_ENDPOINT_URL={aws.Url} (queue {aws.World.Queues.UrlOf(aws.Installation.Queue)}; Ctrl-C ends)");
        var ended = new TaskCompletionSource();
        await using var stop = cancellation.Register(() => ended.TrySetResult());
        await ended.Task;
        console.WriteLine("Stopped.");
        return 0;
    }
}
