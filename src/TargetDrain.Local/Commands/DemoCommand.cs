using TargetDrain.Emulator.Clock;
using TargetDrain.Local.Demo;
using TargetDrain.Local.History;
using TargetDrain.Local.Hosting;
using TargetDrain.Local.Live;
using TargetDrain.Local.Report;

namespace TargetDrain.Local.Commands;

/// <summary>The main job, played through once on the emulated AWS.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(125);

    private static readonly Option<bool> Plain = new("--plain")
    {
        Description = "One line per event instead of the live view, as a pipe gets it.",
    };

    private static readonly Option<string> Report = new("--report")
    {
        Description = "Where to write the report, a page of HTML.",
        DefaultValueFactory = _ => ReportFile.Default("demo.html"),
        HelpName = "path",
    };

    public static Option<string> FunctionOption { get; } = new("--function")
    {
        Description = "The function to run: an executable or a .dll. Default: the one built with this program.",
        HelpName = "path",
    };

    public static Command Create()
    {
        var command = new Command("demo", "Let an emulated AWS terminate three instances, and watch them being drained.")
        {
            Plain, Report, FunctionOption,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            Terminal.Create(), parsed.GetValue(Plain), parsed.GetValue(Report)!, FunctionOf(parsed), cancellation));
        return command.WithHelp(
            "0 everything held, 1 something did not, 2 it could not be played, 130 Ctrl-C",
            "target-drain demo", "target-drain demo --plain --report demo.html");
    }

    public static string FunctionOf(ParseResult parsed) => parsed.GetValue(FunctionOption) ?? RunningAws.OwnFunction;

    private static async Task<int> RunAsync(IAnsiConsole console, bool plain, string report, string function, CancellationToken cancellation)
    {
        // Before anything runs: a run whose report cannot be kept is a run for nothing.
        var file = ReportFile.Prepare(report);
        console.WriteLine("An Auto Scaling group scales in, Spot takes an instance back, and somebody terminates a third.");
        console.WriteLine("The emulated AWS stands still while the function works: it comes out the same on a slow machine.");
        console.WriteLine();
        using var clock = new PacedClock(TimeProvider.System);
        // Until everything stands where it should, the function's process included, no time passes.
        var beginning = clock.Hold();
        await using var aws = await RunningAws.StartAsync(
            DemoRun.WorldOptions, DemoRun.InstallationOptions, port: 0, function, cancellation, clock);
        var demo = new DemoWorld(aws.World);
        var run = new DemoRun(demo, aws.Installation);
        var start = clock.GetUtcNow();
        DisplayNames names;
        if (plain || !Terminal.CanRedraw(console))
        {
            using var timeline = new Timeline(
                console, aws.World, new DisplayNames(aws.World), () => aws.Installation.Function.Running > 0 ? clock.HeldFor : TimeSpan.Zero);
            names = timeline.Names;
            run.Begin();
            beginning.Dispose();
            await run.SettledAsync(cancellation);
        }
        else
        {
            var view = new LiveView(aws.World, aws.Installation, Terminal.GlyphsOf(console));
            names = view.Names;
            run.Begin();
            beginning.Dispose();
            await WatchAsync(console, view, run, cancellation);
        }
        var verdict = Verdict.Of(demo, aws.Installation);
        Summarize(console, verdict, aws.World);
        console.WriteLine($"     The function was ready {aws.StartUp.TotalMilliseconds:0} ms after its process was started");
        ReportWriter.Write(aws.World, file, new ReportDetails(
            "Three instances leave", [.. verdict.Statements.Select(statement => (statement.ToString(), statement.Holds))])
        {
            Names = names, Start = start, Note = "The emulated AWS stood still while the function worked; billed is the time that it took.",
        });
        console.Write(new Text($"     Report: {file}{Environment.NewLine}"));
        return verdict.Holds ? ExitCode.Done : ExitCode.Finding;
    }

    private static Task WatchAsync(IAnsiConsole console, LiveView view, DemoRun run, CancellationToken cancellation)
    {
        // One line less than there are: the cursor stands below the last one.
        Spectre.Console.Rendering.IRenderable Draw() => view.Draw(console.Profile.Width, console.Profile.Height - 1);
        return console.Live(Draw()).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom).StartAsync(async live =>
        {
            var settled = run.SettledAsync(cancellation);
            while (!settled.IsCompleted)
            {
                live.UpdateTarget(Draw());
                // By the machine's clock: the emulated one may be standing still.
                await Task.WhenAny(settled, Task.Delay(Redraw, TimeProvider.System, cancellation));
            }
            await settled;
            live.UpdateTarget(Draw());
        });
    }

    private static void Summarize(IAnsiConsole console, Verdict verdict, World world)
    {
        console.WriteLine();
        foreach (var statement in verdict.Statements)
        {
            console.MarkupLine(statement.Holds ? $"[green]yes[/]  {statement.Text}" : $"[red]NO[/]   {statement.Text}");
            if (!statement.Holds) console.MarkupLineInterpolated($"     [red]{statement.Why}[/]");
        }
        var runs = world.Journal.Of<InvocationEnded>().ToList();
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"     {runs.Count} invocations, {runs.Sum(run => run.Billed.TotalMilliseconds):0} ms billed in all"));
    }
}
