using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.ElasticLoadBalancingV2.Model;
using Spectre.Console;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local;
using TargetDrain.Local.Accounts;
using TargetDrain.Local.Draining;
using TargetDrain.Local.Hosting;
using TargetDrain.Local.Live;
using TargetDrain.Local.Planning;
using Xunit;

namespace TargetDrain.Tests.Local;

/// <summary>"drain" with all that may follow it.</summary>
public sealed class DrainTests
{
    private static readonly Identity Identity = new("123456789012", "eu-central-1", "arn:aws:iam::123456789012:user/local", null);

    [Fact]
    public void Undoing_names_port_zone_and_server_id_exactly_as_they_were()
    {
        var commands = RegisterCommands.Of(
            [
                Planned("web", new TargetDescription { Id = "i-1", Port = 80, AvailabilityZone = "eu-central-1a" }),
                Planned("web", new TargetDescription { Id = "i-1", Port = 8080 }),
                Planned("pods", new TargetDescription { Id = "10.0.0.1", Port = 53, AvailabilityZone = "all", QuicServerId = "0x0011223344556677" }, isByAddress: true),
                Planned("gone", new TargetDescription { Id = "i-1", Port = 1 }, state: "draining"),
            ],
            Identity, profile: "my prod");
        Assert.Equal(
            [
                "aws elbv2 register-targets --profile 'my prod' --region eu-central-1 --target-group-arn arn:web --targets Id=i-1,Port=80 Id=i-1,Port=8080",
                "aws elbv2 register-targets --profile 'my prod' --region eu-central-1 --target-group-arn arn:pods --targets Id=10.0.0.1,Port=53,AvailabilityZone=all,QuicServerId=0x0011223344556677",
            ],
            commands);
    }

    [Fact]
    public void Every_target_is_seen_draining_and_then_gone()
    {
        var (clock, steps) = (new VirtualClock(), new List<string>());
        clock.Run(async () =>
        {
            var world = new World(clock);
            var (watch, instance, web, pods) = await PreparedAsync(world, clock);
            var watching = watch.RunAsync(step => steps.Add($"{step.Since.TotalSeconds:0} {step.State} {step.Target.Group}"), default);
            await Task.Delay(TimeSpan.FromSeconds(3), clock);
            world.LoadBalancing.Deregister(web, new TargetSpec(instance.Id));
            world.LoadBalancing.Deregister(pods, new TargetSpec(instance.PrivateIpAddress!));
            Assert.True(await watching);
            Assert.Equal("2 of 2 registrations gone", watch.InWords);
        });
        Assert.Equal(["14 Gone web", "34 Gone pods", "4 Draining pods", "4 Draining web"], steps.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_does_not_begin_is_given_up_and_said_so()
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var (watch, _, _, _) = await PreparedAsync(new World(clock), clock);
            Assert.False(await watch.RunAsync(_ => { }, default));
            Assert.True(watch.IsIgnored);
            Assert.Equal("0 of 2 registrations gone, 2 still registered", watch.InWords);
            Assert.InRange(watch.Elapsed.TotalSeconds, 30 + 120 + 60, 30 + 120 + 63);
        });
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(120)]
    public void The_table_of_what_leaves_keeps_to_its_lines(int width)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(new TrimmedLines(written)) });
        console.Profile.Width = width;
        var long1 = Planned("a-target-group-with-a-long-name1", new TargetDescription { Id = "i-0123456789abcdef0", Port = 65535 });
        console.Write(DrainView.Draw(
            [new(long1, WatchedState.Draining, TimeSpan.FromSeconds(1)), new(long1, WatchedState.Gone, TimeSpan.FromSeconds(9)), new(long1, WatchedState.Registered, default)],
            TimeSpan.FromSeconds(6), width, Glyphs.Unicode, ""));
        var lines = written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Contains("draining", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_waits_terminates_and_the_commands_it_prints_register_again()
    {
        await using var aws = await DemoAws.StartAsync();
        var instance = aws.World.Compute.RunInstance(new InstanceSpec());
        var group = aws.World.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("quick") { DeregistrationDelay = TimeSpan.FromSeconds(1) });
        aws.World.LoadBalancing.Register(group.Arn, new TargetSpec(instance.Id, 8081));

        var (exit, output, error) = await aws.RunAsync("drain", instance.Id, "--yes", "--wait");
        Assert.True(exit == 0, output + error);
        Assert.Matches(@"\n *[0-9.]+s  gone        quick             i-[0-9a-f]+:8081\n", output);
        Assert.Matches(@"\nDrained after [0-9]+ s: 1 of 1 registrations gone\.\n", output);
        var undo = $"aws elbv2 register-targets --region us-east-1 --endpoint-url {aws.Url} --target-group-arn {group.Arn} --targets Id={instance.Id},Port=8081";
        Assert.Contains($"This undoes it:\n  {undo}\n", output, StringComparison.Ordinal);
        aws.World.LoadBalancing.Register(group.Arn, new TargetSpec(instance.Id, 8081));

        var (ended, json, told) = await aws.RunAsync("drain", instance.Id, "--yes", "--then-terminate", "--json");
        Assert.True(ended == 0, json + told);
        using var report = JsonDocument.Parse(json);
        Assert.Equal(["plan", "queueUrl", "messageId", "drained", "terminated", "undo"], report.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.True(report.RootElement.GetProperty("terminated").GetBoolean());
        Assert.Equal(undo, Assert.Single(report.RootElement.GetProperty("undo").EnumerateArray()).GetString());
        Assert.Matches("^(shutting-down|terminated)$", aws.World.Compute.Instances.Single(one => one.Id == instance.Id).State);
    }

    [Fact]
    public async Task Ctrl_c_tells_what_state_things_are_in()
    {
        // Where a shell began the tests in the background they ignore it, and so does what they begin.
        const string signals = "/proc/self/status";
        Assert.SkipWhen(
            File.Exists(signals) && Regex.IsMatch(await File.ReadAllTextAsync(signals), "SigIgn:.*[2367abef]$", RegexOptions.Multiline), "Ctrl-C is ignored here.");
        await using var aws = await DemoAws.StartAsync();
        // Longer than any machine needs to hear of Ctrl-C.
        var group = aws.World.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("slow") { DeregistrationDelay = TimeSpan.FromMinutes(10) });
        aws.World.LoadBalancing.Register(group.Arn, new TargetSpec(aws.Demo.Stray.Id, 8081));
        using var drain = LocalProgram.Start("drain", aws.Demo.Stray.Id, "--yes", "--wait", "--endpoint-url", aws.Url);
        string? line;
        do line = await drain.StandardOutput.ReadLineAsync();
        while (line is not null && !line.Contains("s  draining", StringComparison.Ordinal));
        using (var kill = Process.Start("kill", ["-INT", $"{drain.Id}"])) await kill.WaitForExitAsync();
        var rest = await drain.StandardOutput.ReadToEndAsync();
        await drain.WaitForExitAsync();
        Assert.Equal(130, drain.ExitCode);
        Assert.Matches(@"Stopped watching after [0-9]+ s\. The request stands, and TargetDrain goes on: [0-9] of 6 registrations gone, [0-9] draining", rest);
        Assert.Contains("This undoes it:\n  aws elbv2 register-targets", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_and_a_question_do_not_go_together()
    {
        var (exit, _, error) = await LocalProgram.RunAsync("drain", "i-0123456789abcdef0", "--json");
        Assert.Equal(2, exit);
        Assert.Contains("--json needs --yes", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_says_that_an_instance_is_left_alone_and_why()
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var world = new World(clock);
            var instance = world.Compute.RunInstance(new InstanceSpec { Tags = new Dictionary<string, string> { ["target-drain"] = "ignore" } });
            var web = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web"));
            world.LoadBalancing.Register(web.Arn, new TargetSpec(instance.Id));
            var planner = new DrainPlanner(EmulatedConnection.To(world).Aws, Account.RateLimited(clock), new DrainOptions { QueueUrl = "https://queue" });

            var plan = await planner.MakeAsync(instance.Id, null, default);
            instance.Tags.Clear();
            var afterwards = await planner.MakeAsync(instance.Id, null, default);

            Assert.Equal(("its tag target-drain says ignore", 0), (plan.LeftAlone, plan.Targets.Count));
            Assert.Equal((null, 1), (afterwards.LeftAlone, afterwards.Targets.Count));
            using var written = new StringWriter();
            PlanPrinter.Print(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.No }), plan);
            Assert.Contains("It is left alone: its tag target-drain says ignore.", written.ToString(), StringComparison.Ordinal);
        });
    }

    private static async Task<(DrainWatch Watch, Instance Instance, string Web, string Pods)> PreparedAsync(World world, VirtualClock clock)
    {
        var instance = world.Compute.RunInstance(new InstanceSpec());
        var web = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web") { DeregistrationDelay = TimeSpan.FromSeconds(10) });
        var pods = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("pods") { TargetType = "ip", DeregistrationDelay = TimeSpan.FromSeconds(30) });
        world.LoadBalancing.Register(web.Arn, new TargetSpec(instance.Id));
        world.LoadBalancing.Register(pods.Arn, new TargetSpec(instance.PrivateIpAddress!));
        var connection = EmulatedConnection.To(world);
        var api = Account.RateLimited(clock);
        var options = new DrainOptions { QueueUrl = "https://queue" };
        var plan = await new DrainPlanner(connection.Aws, api, options).MakeAsync(instance.Id, null, default);
        return (new DrainWatch(connection.Aws, api, plan.Targets, options.DrainMargin, clock), instance, web.Arn, pods.Arn);
    }

    private static PlannedTarget Planned(string group, TargetDescription target, bool isByAddress = false, string state = "registered") =>
        new(group, $"arn:{group}", $"{target.Id}:{target.Port}", state, "registered by instance id", 10) { Target = target, IsByAddress = isByAddress };
}
