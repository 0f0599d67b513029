using Spectre.Console;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Local.Demo;
using TargetDrain.Local.History;
using TargetDrain.Local.Hosting;
using TargetDrain.Local.Live;
using Xunit;

namespace TargetDrain.Tests.Local;

public sealed class LiveViewTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(2)]
    [InlineData(25)]
    public void Registrations_of_others_are_those_of_instances_that_stay(double seconds) => At(seconds, view =>
        // The survivor's 5 and the stranger's.
        Assert.Contains(" 6 registrations of others, untouched", Drawn(view, 100), StringComparison.Ordinal));

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(140)]
    public void No_row_wraps(int width) => At(12, view =>
    {
        var lines = Drawn(view, width).Split('\n');
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= width, line));
        // 14 registrations, one line each.
        Assert.Equal(14, lines.Count(line => line.Contains("gone ", StringComparison.Ordinal) || line.Contains("draining ", StringComparison.Ordinal)) - Feed(lines));
    });

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    public void A_line_of_what_happens_is_one_line(int width)
    {
        var (console, written) = Console(width);
        foreach (var text in new[] { "Auto Scaling  draining  shop-attached  172.31.0.200:3000  scaled in", new string('x', 300) })
            TargetDrain.Local.Terminal.WriteLine(console, "00.0s", text, Tone.Plain);
        var lines = written.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Contains("draining shop-attached".Replace(" ", width < 80 ? " " : "  ", StringComparison.Ordinal), lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_behind_is_told_from_what_stays()
    {
        var world = new World(new VirtualClock());
        var history = WorldHistory.Of(world);
        world.Journal.Written += history.Follow;
        var (stays, spot) = (world.Compute.RunInstance(new InstanceSpec()), world.Compute.RunInstance(new InstanceSpec { SpotBehavior = "terminate" }));
        var goes = world.Compute.RunInstance(new InstanceSpec());
        world.Compute.InterruptSpot(spot.Id);
        world.Compute.Terminate(goes.Id);
        Assert.Equal(new[] { spot.Id, goes.Id }.Order(), history.Leaving.Order());
        Assert.Equal([goes.Id], history.Ended);
        Assert.DoesNotContain(stays.Id, history.Leaving);
    }

    private static int Feed(string[] lines) => lines.Count(line => line.Contains(" s  ELB ", StringComparison.Ordinal) || line.Contains(" s  TargetDrain ", StringComparison.Ordinal) || line.Contains(" s  Auto Scaling  draining", StringComparison.Ordinal));

    private static string Drawn(LiveView view, int width)
    {
        var (console, written) = Console(width);
        console.Write(view.Draw(width, 40));
        return written.ToString();
    }

    private static (IAnsiConsole Console, StringWriter Written) Console(int width)
    {
        var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(written) });
        console.Profile.Width = width;
        return (console, written);
    }

    private static void At(double seconds, Action<LiveView> check)
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var world = new World(clock, DemoRun.WorldOptions);
            using var installation = Installation.InProcess(world, DemoRun.InstallationOptions);
            var demo = new DemoWorld(world);
            var view = new LiveView(world, installation, Glyphs.Unicode);
            new DemoRun(demo, installation).Begin();
            await Task.Delay(TimeSpan.FromSeconds(seconds), clock);
            check(view);
        });
    }
}
