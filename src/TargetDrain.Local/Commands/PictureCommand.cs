using System.CommandLine;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Local.Demo;
using TargetDrain.Local.Hosting;
using TargetDrain.Local.Live;
using TargetDrain.Local.Picture;

namespace TargetDrain.Local.Commands;

/// <summary>Draws the pictures of the README. The demo is played in virtual time, so that they come out the same every time.</summary>
internal static class PictureCommand
{
    private const int Columns = 100;
    private const int Lines = 32;

    // The hook waits, some targets drain, some are gone.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(11.4);

    private static readonly Option<string> Folder = new("--folder")
    {
        Description = "Where to put flow.svg and demo.svg.",
        DefaultValueFactory = _ => Path.Combine(".github", "images"),
        HelpName = "path",
    };

    public static Command Create()
    {
        var command = new Command("picture", "Draw the pictures of the README.") { Folder };
        command.Hidden = true;
        command.SetAction(parsed => Run(parsed.GetValue(Folder)!));
        return command.WithHelp("0 drawn, 2 wrong use or environment", "target-drain picture --folder .github/images");
    }

    private static int Run(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "flow.svg"), FlowPicture.Draw());
        File.WriteAllText(Path.Combine(folder, "demo.svg"), DrawDemo());
        return ExitCode.Done;
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
