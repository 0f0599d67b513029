using System.Text.Json;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Local;

public sealed class DiagnosticsTests
{
    [Fact]
    public async Task Plan_names_targets_and_skipped_groups_with_reasons_and_changes_nothing()
    {
        await using var aws = await DemoAws.StartAsync();
        var before = aws.World.Journal.Of<TargetChanged>().Count();
        var (exit, output, error) = await LocalProgram.RunAsync("plan", aws.Demo.Stray.Id, "--endpoint-url", aws.Url, "--json");
        Assert.True(exit == 0, error);
        using var plan = JsonDocument.Parse(output);
        var targets = plan.RootElement.GetProperty("deregister").EnumerateArray().Select(target => target.GetProperty("target").GetString()).ToList();
        Assert.Equal(5, targets.Count);
        Assert.Contains("172.31.0.200:3000", targets);
        Assert.Contains($"{aws.Demo.Stray.Id}:7778", targets);
        Assert.Equal(12, plan.RootElement.GetProperty("drainSeconds").GetDouble());
        var skipped = Assert.Single(plan.RootElement.GetProperty("skipped").EnumerateArray());
        Assert.Contains("other VPC", skipped.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, aws.World.Journal.Of<TargetChanged>().Count());
    }

    [Fact]
    public async Task Drain_takes_the_instance_out_through_the_queue()
    {
        await using var aws = await DemoAws.StartAsync();
        var (refused, _, why) = await LocalProgram.RunAsync("drain", aws.Demo.Stray.Id, "--endpoint-url", aws.Url);
        Assert.Equal(2, refused);
        Assert.Contains("--yes", why, StringComparison.Ordinal);

        var (exit, output, error) = await LocalProgram.RunAsync("drain", aws.Demo.Stray.Id, "--endpoint-url", aws.Url, "--yes");
        Assert.True(exit == 0, output + error);
        bool IsOut() => aws.World.Journal.Of<TargetChanged>()
            .Count(change => change.State == "draining" && change.By == Installation.FunctionAccessKeyId) == 5;
        for (var i = 0; i < 100 && !IsOut(); i++) await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        Assert.True(IsOut());

        var asked = aws.World.Journal.Of<MessageSent>().Count();
        var (nothing, told, _) = await LocalProgram.RunAsync("drain", aws.Demo.Stray.Id, "--endpoint-url", aws.Url, "--yes");
        Assert.Equal(1, nothing);
        Assert.EndsWith("There is nothing to take out; no request was sent.\n", told, StringComparison.Ordinal);
        Assert.Equal(asked, aws.World.Journal.Of<MessageSent>().Count());
    }

    [Fact]
    public async Task Account_region_and_identity_come_first()
    {
        await using var aws = await DemoAws.StartAsync();
        var first = $"In account 123456789012, us-east-1, {aws.Url}, as arn:aws:iam::123456789012:user/local\n";
        foreach (var command in new string[][] { ["plan", aws.Demo.Stray.Id], ["doctor"] })
        {
            var (_, output, error) = await LocalProgram.RunAsync([.. command, "--endpoint-url", aws.Url]);
            Assert.True(output.StartsWith(first, StringComparison.Ordinal), output + error);
        }
        var (_, json, beside) = await LocalProgram.RunAsync("plan", aws.Demo.Stray.Id, "--endpoint-url", aws.Url, "--json");
        Assert.Contains(first, beside, StringComparison.Ordinal);
        using var plan = JsonDocument.Parse(json);
        Assert.Equal("123456789012", plan.RootElement.GetProperty("identity").GetProperty("account").GetString());
    }

    [Fact]
    public async Task Doctor_finds_a_short_heartbeat_a_missing_hook_and_dead_letters()
    {
        await using var aws = await DemoAws.StartAsync();
        aws.World.AutoScaling.CreateGroup(new AutoScalingGroupSpec("bare"));
        aws.Installation.DeadLetters.Send("nobody understands this");
        var (exit, output, error) = await LocalProgram.RunAsync(
            "doctor", "--endpoint-url", aws.Url, "--auto-scaling-group", "shop", "--auto-scaling-group", "bare");
        Assert.True(exit == 1, output + error);
        Assert.Contains("shop/target-drain gives up after 30 s without a heartbeat", output, StringComparison.Ordinal);
        Assert.Contains("bare has no terminating hook named target-drain", output, StringComparison.Ordinal);
        Assert.Contains("1 dead letter: ", output, StringComparison.Ordinal);
    }
}
