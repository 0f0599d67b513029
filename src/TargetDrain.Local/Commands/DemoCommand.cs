using System.CommandLine;
using Spectre.Console;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Demo;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Local.Commands;

/// <summary>The main job, played through once on the emulated AWS.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(55);

    public static Option<string> FunctionOption { get; } = new("--function")
    {
        Description = "The function to run: an executable or a .dll. Default: the one built with this program.",
        DefaultValueFactory = _ => RunningAws.OwnFunction,
    };

    public static Command Create()
    {
        var command = new Command("demo", "Let an emulated AWS terminate three instances and watch them being drained.") { FunctionOption };
        command.SetAction((parsed, cancellation) => RunAsync(Terminal.Create(), parsed.GetValue(FunctionOption)!, cancellation));
        return command;
    }

    /// <returns>0 when everything held, 1 when something did not.</returns>
    public static async Task<int> RunAsync(IAnsiConsole console, string function, CancellationToken cancellation)
    {
        var worldOptions = new WorldOptions { ShutdownTime = TimeSpan.FromSeconds(8), AddressesKept = TimeSpan.FromSeconds(5) };
        var options = new InstallationOptions { Environment = new Dictionary<string, string> { ["CHECK_INTERVAL_SECONDS"] = "2" } };
        await using var aws = await RunningAws.StartAsync(worldOptions, options, port: 0, function, cancellation);
        var demo = new DemoWorld(aws.World);
        var timeline = new Timeline(console, demo);
        aws.World.Journal.Written += timeline.Tell;

        console.MarkupLine("An Auto Scaling group scales in, Spot takes an instance back, and somebody terminates a third.");
        console.WriteLine();
        aws.World.AutoScaling.TerminateInstance(demo.Scaled.Id);
        aws.World.Compute.InterruptSpot(demo.Spot.Id);
        aws.World.Compute.Terminate(demo.Stray.Id);
        await SettledAsync(demo, aws.Installation, cancellation);

        aws.World.Journal.Written -= timeline.Tell;
        var verdict = Verdict.Of(demo, aws.Installation);
        console.WriteLine();
        foreach (var (statement, holds) in verdict.Statements)
            console.MarkupLine(holds ? $"[green]yes[/]  {statement}" : $"[red]NO[/]   {statement}");
        var billed = aws.World.Journal.Of<InvocationEnded>().Sum(run => run.Billed.TotalMilliseconds);
        console.MarkupLine($"     {aws.World.Journal.Of<InvocationEnded>().Count()} invocations, {billed:0} ms billed in all");
        return verdict.Holds ? 0 : 1;
    }

    /// <summary>Until nothing is left to happen, or for <see cref="Patience"/>.</summary>
    private static async Task SettledAsync(DemoWorld demo, Installation installation, CancellationToken cancellation)
    {
        var clock = demo.World.Clock;
        var start = clock.GetTimestamp();
        while (clock.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock, cancellation);
            if (demo.World.Journal.Of<LifecycleActionEnded>().Any() && Verdict.Of(demo, installation).Holds &&
                installation.Queue.Counts.All == 0 && installation.Function.Running == 0) return;
        }
    }
}
