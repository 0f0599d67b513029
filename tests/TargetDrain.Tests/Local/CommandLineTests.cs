using TargetDrain.Local;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Local;

public sealed class CommandLineTests
{
    [Fact]
    public async Task A_report_that_cannot_be_written_is_told_before_the_run()
    {
        foreach (var command in new[] { "demo", "serve" })
        {
            var (exit, output, error) = await LocalProgram.RunAsync(command, "--report", "/dev/null/report.html");
            Assert.Equal((ExitCode.WrongUse, ""), (exit, output));
            Assert.StartsWith("The report cannot be written to '/dev/null/report.html': ", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_default_report_is_the_users_own() =>
        Assert.StartsWith(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), TargetDrain.Local.Report.ReportFile.Default("demo.html"), StringComparison.Ordinal);

    [Theory]
    [InlineData("plann", "Did you mean plan?")]
    [InlineData("dcotor", "Did you mean doctor?")]
    [InlineData("plan i-0123456789abcdef0 --endpoint-ulr http://127.0.0.1:1", "Did you mean --endpoint-url?")]
    [InlineData("doctor --function-timeout soon", "--function-timeout is 'soon'; allowed is a whole number.")]
    [InlineData("serve --latency -1", "--latency is -1; allowed is 0 to 60000.")]
    [InlineData("serve --latency 60001", "--latency is 60001; allowed is 0 to 60000.")]
    [InlineData("serve --latency 20ms", "--latency is 20ms; allowed is 0 to 60000.")]
    [InlineData("serve --api-limit", "Did you mean --api-limits?")]
    public async Task A_slip_is_answered_with_what_was_meant(string arguments, string sentence)
    {
        var (exit, _, error) = await LocalProgram.RunAsync(arguments.Split(' '));
        Assert.Equal(ExitCode.WrongUse, exit);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_cannot_be_reached_is_told_without_the_names_of_exceptions()
    {
        var (exit, _, error) = await LocalProgram.RunAsync("plan", "i-0123456789abcdef0", "--endpoint-url", "http://127.0.0.1:1");
        Assert.Equal(ExitCode.WrongUse, exit);
        Assert.Contains("The endpoint cannot be reached: Connection refused (127.0.0.1:1)", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_is_silent_is_named_with_call_attempt_and_time()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        using var plan = LocalProgram.Start("plan", "i-0123456789abcdef0", "--endpoint-url", $"http://{silent.LocalEndpoint}");
        string? line;
        // On a busy machine the client itself takes a while before it calls.
        do line = await plan.StandardError.ReadLineAsync();
        while (line?.Contains("no answer", StringComparison.Ordinal) == false);
        Assert.Matches($"^(GetCallerIdentity|DescribeStacks): no answer from http://{silent.LocalEndpoint} for [0-9]+ s, attempt 1 …$", line);
        plan.Kill();
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("serve")]
    [InlineData("plan")]
    [InlineData("drain")]
    [InlineData("doctor")]
    [InlineData("hooks")]
    public async Task Every_command_explains_itself_with_an_example_and_its_exit_codes(string command)
    {
        var (exit, output, _) = await LocalProgram.RunAsync(command, "--help");
        Assert.Equal(0, exit);
        Assert.Contains($"target-drain {command}", output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", output, StringComparison.Ordinal);
        Assert.Contains("Description:", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Theory]
    [InlineData("plan", "Name one of: an instance-id, --all, --auto-scaling-group, or --orphans.")]
    [InlineData("plan --all --auto-scaling-group shop", "Name one of: ")]
    [InlineData("hooks add --all", "Nobody can be asked here")]
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
        // Which program is asked, only a process of its own can tell.
        var (exit, output, _) = await LocalProgram.RunAsync(new Dictionary<string, string>(), "--version");
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

        // Whatever proxy there is, an AWS client of this machine gets through, and what it does is told.
        using var client = new HttpClient();
        var state = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/_target-drain/state"));
        var id = System.Text.RegularExpressions.Regex.Match(state, "\"id\":\"(i-[0-9a-f]{17})\"").Groups[1].Value;
        var (drained, answer, problem) = await LocalProgram.RunAsync(
            new Dictionary<string, string>(LocalProgram.Proxied) { ["AWS_ENDPOINT_URL"] = $"http://localhost:{port}" }, "drain", id, "--yes");
        Assert.True(drained == 0, answer + problem);
        string? line;
        do line = await serve.StandardOutput.ReadLineAsync();
        while (line?.Contains("  draining  ", StringComparison.Ordinal) == false);
        Assert.Matches("^[0-9.]+s  TargetDrain   draining  ", line);

        using var signal = System.Diagnostics.Process.Start("kill", ["-TERM", $"{serve.Id}"]);
        Assert.NotNull(signal);
        await serve.WaitForExitAsync();
        Assert.Equal(0, serve.ExitCode);
        Assert.EndsWith("Stopped.\n", await serve.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
