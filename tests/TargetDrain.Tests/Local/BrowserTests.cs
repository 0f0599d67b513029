using System.Diagnostics;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local.Demo;
using TargetDrain.Local.History;
using TargetDrain.Local.Playground;
using TargetDrain.Local.Report;
using Xunit;
using Xunit.Abstractions;

namespace TargetDrain.Tests.Local;

/// <summary>The pages in a real browser, where there is one: Debian's package chromium.</summary>
public sealed class BrowserTests(ITestOutputHelper output)
{
    private static readonly string? Browser =
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    [Fact]
    public async Task The_report_draws_itself_and_shows_a_hostile_name_as_text()
    {
        var path = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():N}.html");
        ReportWriter.Write(ReportTests.WorldWith(ReportTests.Hostile), path, new ReportDetails("Seen by a browser", [("it held", true)]));
        if (await DomAsync(new Uri(path).AbsoluteUri) is not { } dom) return;
        Assert.Contains("<h1 id=\"title\">Seen by a browser</h1>", dom, StringComparison.Ordinal);
        Assert.Contains("class=\"bar-draining\"", dom, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", dom, StringComparison.Ordinal);
        Assert.Contains("id=\"moment\"", dom, StringComparison.Ordinal);
        Assert.Contains("class=\"from-aws\"", dom, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public async Task The_keyboard_goes_through_the_reports_chart_from_event_to_event()
    {
        var script = """
            const slider = document.getElementById("moment"), heard = [];
            slider.focus();
            for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft"]) {
              slider.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
              heard.push(slider.getAttribute("aria-valuetext"));
            }
            document.title = JSON.stringify([document.activeElement.id, ...heard]);
            """;
        if (await ReportDomAsync(script) is not { } dom) return;
        Assert.Contains("""<title>["moment","1 s: """, dom, StringComparison.Ordinal);
        Assert.Matches("""<title>\["moment","1 s: .*","4 s: .*","1 s: .*"\]</title>""", dom);
        Assert.Contains("class=\"from-aws here\"", dom, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Idle_time_is_skipped_and_runs_at_the_same_time_stand_below_one_another()
    {
        if (await ReportDomAsync("document.getElementById('skip').click();") is not { } dom) return;
        Assert.Matches("<svg[^>]*aria-label=\"2 invocations, up to 2 at once\"", dom);
        Assert.Contains(">at the same time</div>", dom, StringComparison.Ordinal);
        Assert.Contains("class=\"skip\"", dom, StringComparison.Ordinal);
        Assert.Contains("left behind: their instance is gone, they are not", dom, StringComparison.Ordinal);
        Assert.Contains("<li>pods 172.31.0.4:80, of goes</li>", dom, StringComparison.Ordinal);
    }

    /// <summary>A report of a minute in which something is left behind, after a script has had its way with it.</summary>
    private Task<string?> ReportDomAsync(string script)
    {
        var clock = new VirtualClock();
        var html = "";
        clock.Run(async () =>
        {
            var world = new World(clock);
            var goes = world.Compute.RunInstance(new InstanceSpec { Tags = new Dictionary<string, string> { ["Name"] = "goes" } });
            var names = new DisplayNames(world);
            names.Learn();
            var pods = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("pods") { TargetType = "ip" });
            var web = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web") { DeregistrationDelay = TimeSpan.FromSeconds(3) });
            world.LoadBalancing.Register(pods.Arn, new TargetSpec(goes.PrivateIpAddress!));
            world.LoadBalancing.Register(web.Arn, new TargetSpec(goes.Id));
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
            world.LoadBalancing.Deregister(web.Arn, new TargetSpec(goes.Id));
            world.Journal.Write(new InvocationStarted("one", 1));
            world.Journal.Write(new InvocationStarted("two", 1));
            await Task.Delay(TimeSpan.FromSeconds(4), clock);
            world.Journal.Write(new InvocationEnded("one", TimeSpan.FromSeconds(4), "ok", 0));
            world.Journal.Write(new InvocationEnded("two", TimeSpan.FromSeconds(4), "ok", 0));
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
            world.Journal.Write(new InvocationStarted("three", 1));
            world.Journal.Write(new InvocationEnded("three", TimeSpan.FromMilliseconds(1), "ok", 0));
            world.Compute.Terminate(goes.Id);
            await Task.Delay(TimeSpan.FromSeconds(60), clock);
            html = ReportWriter.Html(world, new ReportDetails("Seen by a browser", []) { Names = names });
        });
        var path = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():N}.html");
        File.WriteAllText(path, html.Replace("</body>", $"<script>{script}</script></body>", StringComparison.Ordinal));
        return DomAsync(new Uri(path).AbsoluteUri);
    }

    [Fact]
    public async Task The_playground_shows_the_world()
    {
        await using var aws = await LocalProgram.AwsAsync();
        var demo = new DemoWorld(aws.World);
        using var pages = new PlaygroundPages(aws.World, aws.Installation, aws.Address);
        aws.Pages = pages.Answer;
        if (await DomAsync($"{aws.Url}/") is not { } dom) return;
        Assert.Contains(demo.Stray.Id, dom, StringComparison.Ordinal);
        Assert.Contains("data-act=\"interrupt\"", dom, StringComparison.Ordinal);
        Assert.Contains("<option>DescribeTargetHealth</option>", dom, StringComparison.Ordinal);
    }

    /// <returns>The page after its script has run; null where there is no browser.</returns>
    private async Task<string?> DomAsync(string url)
    {
        if (Browser is null)
        {
            output.WriteLine("Not looked at in a browser: there is none here (apt-get install chromium).");
            return null;
        }
        var profile = Directory.CreateTempSubdirectory("browser");
        var start = new ProcessStartInfo(Browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", $"--user-data-dir={profile.FullName}", "--virtual-time-budget=3000", "--dump-dom", url,
        }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var dom = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        profile.Delete(recursive: true);
        Assert.True(process.ExitCode == 0, await errors);
        return dom;
    }
}
