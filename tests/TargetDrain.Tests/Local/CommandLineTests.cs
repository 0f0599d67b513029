using TargetDrain.Local;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Local;

public sealed class CommandLineTests
{
    [Fact]
    public async Task The_demo_in_a_pipe_tells_its_verdict_line_by_line_and_leaves_a_report()
    {
        var report = Path.Combine(Path.GetTempPath(), $"demo-{Guid.NewGuid():N}.html");
        var (exit, output, error) = await LocalProgram.RunAsync("demo", "--report", report);
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
        File.Delete(report);
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("serve")]
    [InlineData("plan")]
    [InlineData("drain")]
    [InlineData("doctor")]
    public async Task Every_command_explains_itself_with_an_example_and_its_exit_codes(string command)
    {
        var (exit, output, _) = await LocalProgram.RunAsync(command, "--help");
        Assert.Equal(0, exit);
        Assert.Contains($"target-drain {command}", output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", output, StringComparison.Ordinal);
        Assert.Contains("Description:", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan nonsense", "instance-id is 'nonsense'")]
    [InlineData("serve --port 99999", "--port is 99999; allowed is 0 to 65535.")]
    [InlineData("unheard-of", "unheard-of")]
    [InlineData("demo --function /no/such/function", "does not exist")]
    [InlineData("plan i-0123456789abcdef0 --endpoint-url nowhere", "--endpoint-url is 'nowhere'")]
    public async Task Wrong_use_ends_with_2_and_one_sentence(string arguments, string sentence)
    {
        var (exit, _, error) = await LocalProgram.RunAsync(arguments.Split(' '));
        Assert.Equal(ExitCode.WrongUse, exit);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_the_one_of_the_build()
    {
        var (exit, output, _) = await LocalProgram.RunAsync("--version");
        Assert.Equal(0, exit);
        Assert.Equal(typeof(ExitCode).Assembly.GetName().Version!.ToString(3), output.Trim());
    }

    [Fact]
    public async Task A_taken_port_is_told_in_a_sentence_and_a_signal_ends_serve_cleanly()
    {
        using var serve = LocalProgram.Start("serve", "--port", "0");
        var ready = await serve.StandardOutput.ReadLineAsync();
        Assert.StartsWith("Ready: AWS_ENDPOINT_URL=http://127.0.0.1:", ready, StringComparison.Ordinal);
        var port = ready![(ready!.LastIndexOf(':') + 1)..];

        var (exit, _, error) = await LocalProgram.RunAsync("serve", "--port", port);
        Assert.Equal(ExitCode.WrongUse, exit);
        Assert.Contains($"Port {port} on 127.0.0.1 is taken", error, StringComparison.Ordinal);

        using var signal = System.Diagnostics.Process.Start("kill", ["-TERM", $"{serve.Id}"]);
        Assert.NotNull(signal);
        await serve.WaitForExitAsync();
        Assert.Equal(0, serve.ExitCode);
        Assert.EndsWith("Stopped.\n", await serve.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
