using System.CommandLine;
using Spectre.Console;
using TargetDrain.Emulator;
using TargetDrain.Local.Demo;
using TargetDrain.Local.Hosting;
using TargetDrain.Local.Playground;
using TargetDrain.Local.Report;

namespace TargetDrain.Local.Commands;

/// <summary>The emulated AWS and the function, kept running for any AWS client and for a browser.</summary>
internal static class ServeCommand
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "The port on 127.0.0.1; 0 takes any that is free.",
        DefaultValueFactory = _ => 4566,
        HelpName = "number",
    };

    private static readonly Option<bool> Empty = new("--empty") { Description = "Start without the demo's world." };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "Where to write the report when it ends, a page of HTML.",
        HelpName = "path",
    };

    public static Command Create()
    {
        Port.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var port) || port is < 0 or > 65535))
                result.AddError($"--port is {result.Tokens[0].Value}; allowed is 0 to 65535.");
        });
        var command = new Command("serve", "Run the emulated AWS and the function until Ctrl-C, with a page to play on.")
        {
            Port, Empty, Report, DemoCommand.FunctionOption,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            Terminal.Create(), parsed.GetValue(Port), parsed.GetValue(Empty), parsed.GetValue(Report), DemoCommand.FunctionOf(parsed), cancellation));
        return command.WithHelp(
            "0 ended with Ctrl-C, 2 the port is taken or the function does not start",
            "target-drain serve --port 4566", "AWS_ENDPOINT_URL=http://127.0.0.1:4566 aws elbv2 describe-target-groups");
    }

    private static async Task<int> RunAsync(
        IAnsiConsole console, int port, bool empty, string? report, string function, CancellationToken cancellation)
    {
        await using var aws = await RunningAws.StartAsync(WorldOptions.Lifelike, new InstallationOptions(), port, function, cancellation);
        if (!empty) _ = new DemoWorld(aws.World);
        using var pages = new PlaygroundPages(aws.World, aws.Installation, aws.Address);
        aws.Pages = pages.Answer;
        console.WriteLine($"Ready: AWS_ENDPOINT_URL={aws.Url}");
        console.WriteLine($"  page   {aws.Url}/");
        console.WriteLine($"  queue  {aws.World.Queues.UrlOf(aws.Installation.Queue)}");
        console.WriteLine("Ctrl-C ends it.");
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stop = cancellation.Register(() => ended.TrySetResult());
        await ended.Task;
        if (report is not null)
        {
            ReportWriter.Write(aws.World, report, pages.Details);
            console.WriteLine($"Report: {Path.GetFullPath(report)}");
        }
        console.WriteLine("Stopped.");
        return ExitCode.Done;
    }
}
