using TargetDrain.Events;
using TargetDrain.Local.Commands;
using Xunit;

namespace TargetDrain.Tests.Local;

public sealed class ExplainCommandTests : IDisposable
{
    private static readonly string Samples = Repository.At("tests", "samples", "events");

    private readonly string file = Path.GetTempFileName();

    public static TheoryData<string> SampleFiles =>
        [.. Directory.GetFiles(Samples, "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(SampleFiles))]
    public void Every_sample_is_explained_or_told_what_is_wrong_with_it(string name)
    {
        var (code, output, errors) = Explain([Path.Combine(Samples, name)]);

        var isBroken = name is "broken-lifecycle.json" or "sqs-batch.json";
        Assert.Equal(isBroken ? 2 : 0, code);
        Assert.Equal(isBroken, errors.Contains("detail.EC2InstanceId: is missing or empty; allowed is 'i-' and hexadecimal digits.", StringComparison.Ordinal));
        if (name != "broken-lifecycle.json") Assert.Contains("  kind ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lifecycle-terminating.json", "kind              LifecycleHook", "hook target-drain of checkout-web, token 7c1e9b54", "acted upon        while Auto Scaling says that the action waits", "then complete     yes (Drained: CONTINUE")]
    [InlineData("lifecycle-warm-pool.json", "kind              WarmPoolReturn", "instance          i-0c91d7f3e5a84b260", "urgency           Normal")]
    [InlineData("sns-lambda.json", "kind              LifecycleHook", "instance          i-02f9e8d7c6b5a4130")]
    [InlineData("spot-interruption.json", "kind              SpotInterruption", "lifecycle action  none", "urgency           Critical", "acted upon        up to 150 s after the warning")]
    [InlineData("lifecycle-other-hook.json", "kind              other hook", "ignored           hook 'ship-logs' is not in LIFECYCLE_HOOK_NAMES")]
    [InlineData("rebalance-recommendation.json", "ignored           DRAIN_ON_REBALANCE is off.")]
    [InlineData("drain-ticket.json", "kind              drain ticket (our own)", "look again        at 2026-03-14 09:36:10Z")]
    public void The_explanation_tells_kind_instance_and_policy(string name, params string[] facts)
    {
        var (_, output, _) = Explain([Path.Combine(Samples, name)]);

        Assert.All(facts, fact => Assert.Contains(fact, output, StringComparison.Ordinal));
    }

    [Fact]
    public void It_goes_by_the_functions_own_variables()
    {
        var (_, output, _) = Explain(
            [Path.Combine(Samples, "lifecycle-other-hook.json")],
            new() { ["LIFECYCLE_HOOK_NAMES"] = "ship-logs", ["RESULT_DRAINED"] = "LEAVE", ["DRY_RUN"] = "true" });

        Assert.Contains("then complete     yes (Drained: LEAVE", output, StringComparison.Ordinal);
        Assert.Contains("dry run           nothing of this is done", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_files_are_explained_though_one_is_missing()
    {
        var (code, output, errors) = Explain([Path.Combine(Samples, "no-such.json"), Path.Combine(Samples, "state-change.json")]);

        Assert.Equal(2, code);
        Assert.Contains("kind              StateChange", output, StringComparison.Ordinal);
        Assert.Contains("no-such.json: cannot be read", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"detail-type": """, "is not JSON (line 1, byte 17); allowed is a JSON object.")]
    [InlineData("", "is not JSON")]
    [InlineData("3", "$: is a JSON Number; allowed is an object")]
    [InlineData("""{"Records":[{"eventSource":"aws:kinesis"}]}""", "Records[0].eventSource: is 'aws:kinesis'; allowed are 'aws:sqs' and 'aws:sns'.")]
    public void A_broken_file_is_told_by_place_problem_and_what_is_allowed(string content, string error)
    {
        File.WriteAllText(file, content);

        var (code, _, errors) = Explain([file]);

        Assert.Equal(2, code);
        Assert.Contains($"{file}: {error}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dash_is_standard_input()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = ExplainCommand.Run(
            ["-"], _ => null, () => File.OpenRead(Path.Combine(Samples, "spot-interruption.json")), output, errors);
        Assert.Equal((0, ""), (code, errors.ToString()));
        Assert.StartsWith("standard input\n  kind              SpotInterruption", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_deep_is_not_called_no_json()
    {
        File.WriteAllText(file, $$"""{"detail":{{new string('[', 100)}}{{new string(']', 100)}}}""");
        var (code, _, errors) = Explain([file]);
        Assert.Equal(2, code);
        Assert.Contains("nests deeper than 64 levels", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("is not JSON", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_dropped_here_as_in_the_function()
    {
        var sample = Path.Combine(Samples, "state-change.json");
        await File.WriteAllBytesAsync(file, [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(sample)]);

        var (code, output, _) = Explain([file]);

        Assert.Equal(0, code);
        Assert.Contains("kind              StateChange", output, StringComparison.Ordinal);
        var reader = new EventReader(new DrainOptions { QueueUrl = "https://queue" }, TimeProvider.System);
        Assert.Equal(reader.Read(File.ReadAllText(sample), FunctionLocation.Unknown), reader.Read($"\uFEFF{File.ReadAllText(sample)}", FunctionLocation.Unknown));
    }

    [Fact]
    public async Task Options_may_follow_the_file_and_a_mistyped_one_is_no_file()
    {
        var sample = Path.Combine(Samples, "spot-interruption.json");
        var (exit, output, _) = await LocalProgram.RunAsync("explain", sample, "--json");
        Assert.Equal(0, exit);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal("SpotInterruption", json.RootElement[0].GetProperty("facts")[0].GetProperty("text").GetString());

        var (wrong, _, error) = await LocalProgram.RunAsync("explain", sample, "--jsno");
        Assert.Equal(2, wrong);
        Assert.Contains("Unrecognized option '--jsno'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_variable_is_told_first()
    {
        var (code, output, errors) = Explain([Path.Combine(Samples, "state-change.json")], new() { ["DRY_RUN"] = "perhaps" });

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("DRY_RUN is 'perhaps'", errors, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(file);

    private static (int Code, string Output, string Errors) Explain(string[] paths, Dictionary<string, string>? variables = null)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = ExplainCommand.Run(
            paths, name => variables?.GetValueOrDefault(name), () => Stream.Null, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
