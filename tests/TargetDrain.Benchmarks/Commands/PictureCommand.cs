using System.CommandLine;
using Spectre.Console;
using TargetDrain.Benchmarks.Pictures;
using TargetDrain.Emulator;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Clock;
using TargetDrain.Local;
using TargetDrain.Local.Accounts;
using TargetDrain.Local.Commands;
using TargetDrain.Local.Demo;
using TargetDrain.Local.Hosting;
using TargetDrain.Local.Live;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>
/// Draws the pictures of the README and of docs/command-line.md. The demo is played in virtual time, so that it comes out
/// the same every time; what commands write is recorded on an emulated account in this process.
/// </summary>
internal static class PictureCommand
{
    private const int Columns = 100;
    private const int Lines = 32;
    private const int DocumentColumns = 88;

    // The hook waits, some targets drain, some are gone.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(11.4);

    private static readonly Option<string> Documents = new("--documents")
    {
        Description = "Where to put plan.svg, hooks.svg and doctor.svg.",
        DefaultValueFactory = _ => Path.Combine("docs", "images"),
        HelpName = "path",
    };

    private static readonly Option<string> Folder = new("--folder")
    {
        Description = "Where to put flow.svg and demo.svg.",
        DefaultValueFactory = _ => Path.Combine(".github", "images"),
        HelpName = "path",
    };

    public static Command Create()
    {
        var command = new Command("picture", "Draw the pictures of the README and of the documents.") { Folder, Documents };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(Folder)!, parsed.GetValue(Documents)!));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string documents)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "flow.svg"), FlowPicture.Draw());
        await File.WriteAllTextAsync(Path.Combine(folder, "demo.svg"), DrawDemo());
        Directory.CreateDirectory(documents);
        foreach (var (name, arguments, command) in Recorded)
            await File.WriteAllTextAsync(Path.Combine(documents, $"{name}.svg"), await RecordAsync(arguments, command));
        return ExitCode.Done;
    }

    private static IEnumerable<(string Name, string Arguments, Func<IAnsiConsole, ParseResult, Connection, CancellationToken, Task<int>> Run)> Recorded =>
        [("plan", "plan --all", PlanCommand.RunAsync), ("hooks", "hooks list", HooksCommand.ListAsync), ("doctor", "doctor --stack target-drain", DoctorCommand.RunAsync)];

    /// <summary>The demo's account with what goes wrong in real ones: a group without a hook, an alarm, a dead letter.</summary>
    private static async Task<string> RecordAsync(string arguments, Func<IAnsiConsole, ParseResult, Connection, CancellationToken, Task<int>> run)
    {
        var world = new World(TimeProvider.System);
        using var installation = Installation.InProcess(world);
        var demo = new DemoWorld(world);
        world.AutoScaling.CreateGroup(new AutoScalingGroupSpec("batch") { TargetGroupArns = [demo.Attached.Arn] });
        world.AutoScaling.CreateGroup(new AutoScalingGroupSpec("game"));
        world.AutoScaling.AttachInstances("game", demo.Spot.Id);
        installation.DeadLetters.Send("""{"source":"aws.ec2","detail-type":"EC2 Spot Instance Interruption Warning","time":"2026-01-01T00:00:00Z","detail":{}}""");
        return await TerminalPicture.RecordAsync(
            console => run(console, CommandLine.Create().Parse(arguments), EmulatedConnection.To(world), CancellationToken.None), DocumentColumns, $"target-drain {arguments}");
    }

    private static string DrawDemo()
    {
        var clock = new VirtualClock();
        var picture = "";
        clock.Run(async () =>
        {
            var world = new World(clock, DemoRun.WorldOptions);
            using var installation = Installation.InProcess(world, DemoRun.InstallationOptions);
            var demo = new DemoWorld(world);
            // About what AWS takes to answer.
            world.Latency.Default = TimeSpan.FromMilliseconds(25);
            var view = new LiveView(world, installation, Glyphs.Unicode);
            new DemoRun(demo, installation).Begin();
            await Task.Delay(Moment, clock);
            picture = TerminalPicture.Draw(view.Draw(Columns, Lines), Columns, "target-drain demo");
        });
        return picture;
    }
}
