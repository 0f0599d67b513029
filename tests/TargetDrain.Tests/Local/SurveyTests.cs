using System.Text.Json;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using Xunit;

namespace TargetDrain.Tests.Local;

public sealed class SurveyTests
{
    [Fact]
    public async Task Plan_all_tells_what_nobody_drains_and_changes_nothing()
    {
        await using var aws = await DemoAws.StartAsync();
        var before = aws.World.Journal.Of<TargetChanged>().Count();
        var (exit, output, error) = await LocalProgram.RunAsync("plan", "--all", "--endpoint-url", aws.Url, "--json");
        Assert.True(exit == 0, output + error);
        using var survey = JsonDocument.Parse(output);
        // The attached group's two are Auto Scaling's own; of the other 18 nobody takes care.
        Assert.Equal(20, survey.RootElement.GetProperty("registrations").GetInt32());
        Assert.Equal(18, survey.RootElement.GetProperty("drainedByNobody").GetInt32());
        var web = survey.RootElement.GetProperty("groups").EnumerateArray().Single(group => group.GetProperty("group").GetString() == "shop-web");
        Assert.Equal("""{"instance in no Auto Scaling group":2,"not attached to shop":2}""", web.GetProperty("why").GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
            .Replace("instanceinnoAutoScalinggroup", "instance in no Auto Scaling group", StringComparison.Ordinal).Replace("notattachedtoshop", "not attached to shop", StringComparison.Ordinal));
        Assert.Equal(before, aws.World.Journal.Of<TargetChanged>().Count());
    }

    [Fact]
    public async Task Plan_orphans_names_what_belongs_to_nothing_and_changes_nothing()
    {
        await using var aws = await DemoAws.StartAsync();
        var (exit, none, error) = await LocalProgram.RunAsync("plan", "--orphans", "--endpoint-url", aws.Url);
        Assert.True(exit == 0, none + error);
        Assert.Contains("Every registered target belongs to something.", none, StringComparison.Ordinal);

        // Nobody has the address, and the checks fail.
        var pods = aws.World.LoadBalancing.TargetGroups.Single(group => group.Name == "pods-ip");
        var nobody = new TargetSpec("172.31.0.250", 3000);
        aws.World.LoadBalancing.Register(pods.Arn, nobody);
        aws.World.LoadBalancing.SetHealth(pods.Arn, nobody, Health.TimedOut);
        var before = aws.World.Journal.Of<TargetChanged>().Count();
        var (_, table, _) = await LocalProgram.RunAsync("plan", "--orphans", "--endpoint-url", aws.Url);
        Assert.Matches(@"pods-ip +172\.31\.0\.250:3000 +no network interface of vpc-[0-9a-f]+ has the address", table);
        var (_, json, _) = await LocalProgram.RunAsync("plan", "--orphans", "--json", "--endpoint-url", aws.Url);
        using var list = JsonDocument.Parse(json);
        Assert.Equal("172.31.0.250:3000", Assert.Single(list.RootElement.GetProperty("orphans").EnumerateArray()).GetProperty("target").GetString());
        Assert.Equal(before, aws.World.Journal.Of<TargetChanged>().Count());
    }

    [Fact]
    public async Task Plan_of_a_group_tells_of_its_own_instances_only()
    {
        await using var aws = await DemoAws.StartAsync();
        var (exit, output, error) = await LocalProgram.RunAsync("plan", "--auto-scaling-group", "shop", "--endpoint-url", aws.Url);
        Assert.True(exit == 0, output + error);
        Assert.Contains("8 of 10 registrations are drained by nobody when their instance ends:", output, StringComparison.Ordinal);
        var (wrong, _, sentence) = await LocalProgram.RunAsync("plan", "--auto-scaling-group", "nobody", "--endpoint-url", aws.Url);
        Assert.Equal(2, wrong);
        Assert.Contains("There is no Auto Scaling group named nobody", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hooks_are_added_and_removed_by_name_after_a_dry_run()
    {
        await using var aws = await DemoAws.StartAsync();
        foreach (var name in new[] { "web-1", "web-2", "other" }) aws.World.AutoScaling.CreateGroup(new AutoScalingGroupSpec(name));
        Task<(int ExitCode, string Output, string Error)> HooksAsync(params string[] arguments) =>
            LocalProgram.RunAsync(["hooks", .. arguments, "--endpoint-url", aws.Url]);

        var (dry, would, _) = await HooksAsync("add", "--name", "web-*", "--dry-run");
        Assert.Equal(0, dry);
        Assert.Contains("2 would get the hook target-drain (900 s, then CONTINUE):\n  web-1 (0 instances)\n  web-2 (0 instances)\n", would, StringComparison.Ordinal);
        Assert.Empty(aws.World.AutoScaling.Find("web-1").Hooks);

        var (added, told, error) = await HooksAsync("add", "--name", "web-*", "--yes");
        Assert.True(added == 0, told + error);
        Assert.Equal(900, Assert.Single(aws.World.AutoScaling.Find("web-2").Hooks).HeartbeatTimeout);
        Assert.Empty(aws.World.AutoScaling.Find("other").Hooks);

        var (listed, json, _) = await HooksAsync("list", "--json");
        Assert.Equal(0, listed);
        using var hooks = JsonDocument.Parse(json);
        Assert.Equal(["other", "shop", "web-1", "web-2"], hooks.RootElement.GetProperty("autoScalingGroups").EnumerateArray().Select(group => group.GetProperty("autoScalingGroup").GetString()));

        Assert.Equal(0, (await HooksAsync("remove", "--all", "--yes")).ExitCode);
        Assert.Empty(aws.World.AutoScaling.Find("web-1").Hooks);
        var (unsaid, _, sentence) = await HooksAsync("remove", "--yes");
        Assert.Equal((2, true), (unsaid, sentence.Contains("Say which Auto Scaling groups", StringComparison.Ordinal)));
    }
}
