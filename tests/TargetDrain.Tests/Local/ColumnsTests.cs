using System.CommandLine;
using Spectre.Console;
using TargetDrain.Local.Accounts;
using TargetDrain.Local.Commands;
using Xunit;

namespace TargetDrain.Tests.Local;

/// <summary>Tables in terminals that are narrower than they are.</summary>
public sealed class ColumnsTests
{
    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task Nothing_is_wider_than_the_terminal_and_no_name_is_broken(int width)
    {
        using var account = new DemoAccount();
        foreach (var (run, arguments) in new (Func<IAnsiConsole, ParseResult, Connection, CancellationToken, Task<int>>, string)[]
        {
            (PlanCommand.RunAsync, "plan --all"), (PlanCommand.RunAsync, $"plan {account.Demo.Stray.Id}"), (HooksCommand.ListAsync, "hooks list"), (DoctorCommand.RunAsync, "doctor"),
        })
        {
            var (_, output) = await account.RunAsync(run, arguments, width);
            Assert.All(output.Split('\n'), line => Assert.True(line.Length <= width && line == line.TrimEnd(), $"{arguments}: '{line}'"));
        }
        var (_, plan) = await account.RunAsync(PlanCommand.RunAsync, $"plan {account.Demo.Stray.Id}", width);
        Assert.Contains($"{account.Demo.Stray.Id}:7778", plan, StringComparison.Ordinal);
        Assert.Contains("its private address", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_does_not_fit_is_told_in_lines_of_its_own()
    {
        using var account = new DemoAccount();
        var (_, output) = await account.RunAsync(PlanCommand.RunAsync, "plan --all", width: 50);
        Assert.Contains(
            "\nshop-web\n  by nobody 4\n  of        4\n  why       instance in no Auto Scaling group (2);\n            not attached to shop (2)\n", output, StringComparison.Ordinal);
    }
}
