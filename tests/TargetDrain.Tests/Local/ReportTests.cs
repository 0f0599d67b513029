using System.Text.Json;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.LoadBalancing;
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
