using System.Text.Json;
using Spectre.Console;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local.Demo;
using TargetDrain.Local.History;
using TargetDrain.Local.Hosting;
using TargetDrain.Local.Report;
using Xunit;

namespace TargetDrain.Tests.Local;

public sealed class ReportTests
{
    internal const string Hostile = "</script><img src=x onerror=alert(1)>\"'&<!--";

    [Fact]
    public void A_hostile_name_cannot_end_the_script_it_stands_in()
    {
        var html = ReportWriter.Html(WorldWith(Hostile), new ReportDetails(Hostile, [(Hostile, true)]));
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("</script>").Length - 1);
        var data = html.Split("id=\"data\">")[1].Split("</script>")[0];
        using var json = JsonDocument.Parse(data);
        Assert.Equal(Hostile, json.RootElement.GetProperty("title").GetString());
        Assert.Equal(Hostile, json.RootElement.GetProperty("registrations")[0].GetProperty("who").GetString());
    }

    [Fact]
    public void A_report_needs_nothing_from_outside()
    {
        var html = ReportWriter.Html(WorldWith("web"));
        Assert.DoesNotContain("src=\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("/*{", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_behind_is_named_and_not_counted_among_those_that_stay() => Played(left: true, report =>
    {
        Assert.Equal(1, report.GetProperty("left").GetInt32());
        Assert.Equal(7, report.GetProperty("untouched").GetInt32());
        var left = Assert.Single(report.GetProperty("registrations").EnumerateArray(), one => one.GetProperty("left").GetBoolean());
        Assert.Equal(("pods-ip", "172.31.0.6:3000", "by hand"), (left.GetProperty("group").GetString(), left.GetProperty("target").GetString(), left.GetProperty("who").GetString()));
    });

    [Fact]
    public void Every_instance_has_one_heading_even_when_two_have_one_name() => Played(left: true, report =>
    {
        var headings = new List<string>();
        foreach (var one in report.GetProperty("registrations").EnumerateArray())
            if (headings.LastOrDefault() != one.GetProperty("who").GetString()) headings.Add(one.GetProperty("who").GetString()!);
        Assert.Equal(headings.Distinct(), headings);
        Assert.Equal(2, headings.Count(name => name.StartsWith("survivor (i-", StringComparison.Ordinal)));
    });

    [Fact]
    public void Times_are_the_consoles() => Played(left: false, report =>
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(written) });
        console.Profile.Width = 200;
        var told = 0;
        Played(left: false, _ => { }, world => new Timeline(console, world, new DisplayNames(world)));
        foreach (var line in report.GetProperty("log").EnumerateArray().Where(line => line.GetProperty("source").GetString() != "log"))
        {
            told++;
            Assert.Contains($"{line.GetProperty("time").GetString()}  {line.GetProperty("source").GetString(),-12}  {line.GetProperty("text").GetString()}", written.ToString(), StringComparison.Ordinal);
        }
        Assert.True(told > 30, $"only {told} lines");
    });

    /// <summary>The demo in virtual time, begun when its world has been up for a minute.</summary>
    private static void Played(bool left, Action<JsonElement> check, Func<World, IDisposable>? listen = null)
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var world = new World(clock, DemoRun.WorldOptions);
            using var installation = Installation.InProcess(world, DemoRun.InstallationOptions);
            var demo = new DemoWorld(world);
            if (left)
            {
                world.Compute.RunInstance(new InstanceSpec { Tags = new Dictionary<string, string> { ["Name"] = DemoWorld.SurvivorRole } });
                var twin = world.Compute.Instances[^1];
                world.LoadBalancing.Register(demo.Web.Arn, new TargetSpec(twin.Id));
            }
            await Task.Delay(TimeSpan.FromMinutes(1), clock);
            var start = clock.GetUtcNow();
            var names = new DisplayNames(world);
            names.Learn();
            using var listening = listen?.Invoke(world);
            new DemoRun(demo, installation).Begin();
            await Task.Delay(TimeSpan.FromSeconds(20), clock);
            // Registered when nobody looks for it any more.
            if (left) world.LoadBalancing.Register(demo.Pods.Arn, new TargetSpec("172.31.0.6"));
            await Task.Delay(TimeSpan.FromSeconds(20), clock);
            using var report = JsonDocument.Parse(ReportJson.Write(world, new ReportDetails("Played", []) { Names = names, Start = start }));
            check(report.RootElement);
        });
    }

    internal static World WorldWith(string name)
    {
        var world = new World(new VirtualClock());
        var instance = world.Compute.RunInstance(new InstanceSpec { Tags = new Dictionary<string, string> { ["Name"] = name } });
        var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web"));
        world.LoadBalancing.Register(group.Arn, new TargetSpec(instance.Id));
        world.LoadBalancing.Deregister(group.Arn, new TargetSpec(instance.Id));
        return world;
    }
}
