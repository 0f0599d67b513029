using TargetDrain.Local.Demo;
using TargetDrain.Local.Hosting;
using TargetDrain.Local.Playground;
using TargetDrain.Local.Report;

namespace TargetDrain.Local.Commands;

/// <summary>The emulated AWS and the function, kept running for any AWS client and for a browser.</summary>
internal static class ServeCommand
{
    private const int MostLatency = 60_000;

    private static readonly Option<int> Port = new Option<int>("--port")
    {
        Description = "The port on 127.0.0.1; 0 picks a free port.",
        DefaultValueFactory = _ => 4566,
        HelpName = "number",
    }.Within(0, 65535);

    private static readonly Option<bool> Empty = new("--empty") { Description = "Start without the demo's world." };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "Where to write the report when it ends, a page of HTML.",
        HelpName = "path",
    };

    private static readonly Option<int> Latency = new Option<int>("--latency")
    {
        Description = "Milliseconds that every AWS call takes; 20 is what the measurements are made with.",
        HelpName = "ms",
    }.Within(0, MostLatency);

    private static readonly Option<bool> ApiLimits = new("--api-limits")
    {
        Description = "Throttle as AWS does: ELBv2's documented limits, for all clients together.",
    };

    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "No line for what happens." };

    public static Command Create()
    {
        var command = new Command("serve", "Run the emulated AWS and the function until Ctrl-C, with a page to play on.")
        {
            Port, Empty, Latency, ApiLimits, Report, Quiet, DemoCommand.FunctionOption,
        };
        command.SetAction((parsed, cancellation) => RunAsync(Terminal.Create(), parsed, cancellation));
        return command.WithHelp(
            "0 ended with Ctrl-C, 2 the port is taken or the function does not start",
            "target-drain serve --port 4566", "target-drain serve --latency 20 --api-limits", "AWS_ENDPOINT_URL=http://127.0.0.1:4566 aws elbv2 describe-target-groups");
    }

    private static async Task<int> RunAsync(IAnsiConsole console, ParseResult parsed, CancellationToken cancellation)
    {
        var report = parsed.GetValue(Report) is { } path ? ReportFile.Prepare(path) : null;
        await using var aws = await RunningAws.StartAsync(
            WorldOptions.Lifelike, new InstallationOptions(), parsed.GetValue(Port), DemoCommand.FunctionOf(parsed), cancellation);
        if (!parsed.GetValue(Empty)) _ = new DemoWorld(aws.World);
        aws.World.Latency.Default = TimeSpan.FromMilliseconds(parsed.GetValue(Latency));
        aws.World.Throttle.IsOn = parsed.GetValue(ApiLimits);
        using var pages = new PlaygroundPages(aws.World, aws.Installation, aws.Address);
        aws.Pages = pages.Answer;
        console.WriteLine($"Ready: AWS_ENDPOINT_URL={aws.Url}");
        console.WriteLine($"  page   {aws.Url}/");
        console.WriteLine($"  queue  {aws.World.Queues.UrlOf(aws.Installation.Queue)}");
        if (Slowness(parsed) is { Length: > 0 } slowness) console.WriteLine($"  calls  {slowness}");
        console.WriteLine("Ctrl-C ends it.");
        using var timeline = parsed.GetValue(Quiet) ? null : new Timeline(console, aws.World, pages.Names);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stop = cancellation.Register(() => ended.TrySetResult());
        await ended.Task;
        if (report is not null)
        {
            ReportWriter.Write(aws.World, report, pages.Details);
            console.WriteLine($"Report: {report}");
        }
        console.WriteLine("Stopped.");
        return ExitCode.Done;
    }

    /// <summary>What calls meet that an endpoint on the same machine would not show; empty when nothing.</summary>
    private static string Slowness(ParseResult parsed)
    {
        var told = new List<string>();
        if (parsed.GetValue(Latency) is > 0 and var latency) told.Add($"{latency} ms each");
        if (parsed.GetValue(ApiLimits)) told.Add("throttled at AWS's documented limits");
        return string.Join(", ", told);
    }
}
