using Xunit;

namespace TargetDrain.Tests.Local;

/// <summary>Twenty seconds of real time, most of them waits: a class of its own, so that others run meanwhile.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_in_a_pipe_tells_its_verdict_line_by_line_and_leaves_a_report()
    {
        var report = Path.Combine(Path.GetTempPath(), $"demo-{Guid.NewGuid():N}.html");
        var (exit, output, error) = await LocalProgram.RunAsync(LocalProgram.Proxied, "demo", "--report", report);
        Assert.True(exit == 0, $"exit code {exit}\n{output}\n{error}");
        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("yes  every registration of the three instances is gone", output, StringComparison.Ordinal);
        Assert.DoesNotContain("NO  ", output, StringComparison.Ordinal);
        Assert.Contains($"Report: {report}", output, StringComparison.Ordinal);
        var drains = output.Split('\n').Where(line => line.Contains("  draining  ", StringComparison.Ordinal)).ToList();
        Assert.Equal(14, drains.Count);
        Assert.All(drains, line => Assert.True(line.Length <= 80, line));
        Assert.Single(drains.Select(line => line.IndexOf("draining", StringComparison.Ordinal)).Distinct());
        Assert.Contains("Three instances leave", await File.ReadAllTextAsync(report), StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
        File.Delete(report);
    }
}
