using Spectre.Console;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Local.Demo;
using TargetDrain.Local.History;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Documentation;

public sealed class ReadmeTests
{
    private static readonly Page Readme = Page.Of("README.md");

    [Fact]
    public void It_is_read_in_a_few_minutes_and_says_at_once_how_to_run_and_how_to_test()
    {
        var lines = File.ReadAllLines(Readme.Path);

        Assert.InRange(lines.Length, 1, 220);
        Assert.Contains(lines.Take(40), line => line.StartsWith("dotnet run --project src/TargetDrain.Local", StringComparison.Ordinal));
        Assert.Contains(lines.Take(40), line => line.StartsWith("dotnet test Functions.sln", StringComparison.Ordinal));
    }

    [Fact]
    public void The_output_it_shows_is_the_demos()
    {
        var shown = Assert.Single(Readme.Blocks, block => block.Language == "console").Code.TrimEnd().Split('\n');
        var printed = Demo().Select(WithoutTime).ToList();

        Assert.Equal(5, shown.Length);
        Assert.Equal(shown.Select(WithoutTime), printed.Intersect(shown.Select(WithoutTime)));

        // The second in which the last look is over differs with how long the function took to start.
        static string WithoutTime(string line) => line[(line.IndexOf('s', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static IEnumerable<string> Demo()
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(written) });
        console.Profile.Width = 200;
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var world = new World(clock, DemoRun.WorldOptions);
            using var installation = Installation.InProcess(world, DemoRun.InstallationOptions);
            var demo = new DemoWorld(world);
            var names = new DisplayNames(world);
            names.Learn();
            using var timeline = new Timeline(console, world, names);
            new DemoRun(demo, installation).Begin();
            await Task.Delay(TimeSpan.FromMinutes(1), clock);
        });
        return written.ToString().Split('\n').Where(line => line.Length > 0);
    }
}
