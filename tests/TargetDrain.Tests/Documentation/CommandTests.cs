using System.CommandLine;
using System.Diagnostics;
using TargetDrain.Benchmarks.Commands;
using TargetDrain.Local;
using Xunit;

namespace TargetDrain.Tests.Documentation;

/// <summary>What a page tells to type can be typed.</summary>
public sealed class CommandTests
{
    private static readonly string[] OfTheTool = ["target-drain ", "dotnet run --project src/TargetDrain.Local -- "];
    private static readonly string[] OfTheMeasurements = ["dotnet run -c Release --project tests/TargetDrain.Benchmarks -- "];

    [Fact]
    public void Every_command_of_ours_has_the_options_it_is_shown_with()
    {
        var commands = Typed(OfTheTool).ToList();

        Assert.True(commands.Count > 10, $"only {commands.Count} commands");
        Assert.All(commands, typed => AssertParses(CommandLine.Create(), typed));
    }

    [Fact]
    public void Every_measurement_has_the_options_it_is_shown_with()
    {
        var root = Measurements();
        var names = root.Subcommands.Select(command => command.Name).ToHashSet();
        var page = Page.Of("docs", "measurements.md");
        var spans = page.Spans.Where(span => names.Contains(span.Split(' ')[0])).Select(span => (page.Name, span)).ToList();

        Assert.Equal(names.Order(), spans.Select(typed => typed.span.Split(' ')[0]).Distinct().Order());
        Assert.All(spans.Concat(Typed(OfTheMeasurements)), typed => AssertParses(Measurements(), typed));
    }

    [Fact]
    public void Every_script_is_one_that_a_shell_can_read()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash here.");
        Assert.All(Page.All.SelectMany(page => page.Blocks.Where(block => block.Language == "sh").Select(block => (page.Name, block.Code))), script =>
        {
            using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-n"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
            bash.StandardInput.Write(script.Code.Replace("<this repository>", "repository", StringComparison.Ordinal));
            bash.StandardInput.Close();
            var problem = bash.StandardError.ReadToEnd();
            bash.WaitForExit();
            Assert.True(bash.ExitCode == 0, $"{script.Name}: {problem}\n{script.Code}");
        });
    }

    private static IEnumerable<(string Page, string Typed)> Typed(string[] starts) =>
        from page in Page.All
        from line in page.Blocks.SelectMany(block => block.Code.Split('\n')).Concat(page.Spans)
        let typed = line.Trim().TrimStart('$', ' ')
        from start in starts
        where typed.StartsWith(start, StringComparison.Ordinal) && !typed.Contains("-- <", StringComparison.Ordinal) && !typed.Contains("target-drain <", StringComparison.Ordinal)
        select (page.Name, typed[start.Length..].Split(" #")[0].TrimEnd(' ', '&'));

    private static void AssertParses(RootCommand root, (string Page, string Typed) typed)
    {
        // Of a shell's quotes the library knows the double ones.
        var parsed = root.Parse(typed.Typed.Replace('\'', '"').Replace("<instance-id>", "i-0123456789abcdef0", StringComparison.Ordinal));
        Assert.True(parsed.Errors.Count == 0, $"{typed.Page}: {typed.Typed}: {string.Join("; ", parsed.Errors.Select(error => error.Message))}");
    }

    private static RootCommand Measurements()
    {
        var root = new RootCommand
        {
            StormCommand.Create(), SpotInStormCommand.Create(), SingleCommand.Create(), SweepCommand.Create(), ColdStartCommand.Create(), PeersCommand.Create(), DrainCostCommand.Create(),
            GrowthCommand.Create(), FaultsCommand.Create(), FuzzCommand.Create(), ModelCommand.Create(), SoakCommand.Create(),
        };
        foreach (var option in new Option[] { Shared.Json, Shared.Small }) root.Options.Add(option);
        return root;
    }
}
