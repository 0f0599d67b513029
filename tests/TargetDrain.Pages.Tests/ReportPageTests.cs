using Microsoft.Playwright;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local.History;
using TargetDrain.Local.Report;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TargetDrain.Pages.Tests;

/// <summary>The report of a run, a page without any network.</summary>
public sealed class ReportPageTests(Browser browser) : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():N}.html");

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task A_hostile_name_is_text()
    {
        const string hostile = "</script><img src=x onerror=alert(1)>\"'&<!--";
        var world = new World(new VirtualClock());
        var instance = world.Compute.RunInstance(new InstanceSpec { Tags = new Dictionary<string, string> { ["Name"] = hostile } });
        world.LoadBalancing.Register(world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web")).Arn, new TargetSpec(instance.Id));
        ReportWriter.Write(world, file, new ReportDetails("Seen by a browser", [("it held", true)]));
        await using var opened = await browser.OpenAsync(new Uri(file));

        await Expect(opened.Page.Locator("h1")).ToHaveTextAsync("Seen by a browser");
        await Expect(opened.Page.Locator("#rows .who").First).ToHaveTextAsync(hostile);
        await Expect(opened.Page.Locator("img")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_keyboard_goes_through_the_chart_from_event_to_event()
    {
        await using var opened = await OpenAsync();
        var moment = opened.Page.GetByLabel("moment");

        await opened.TabToAsync(moment);
        var heard = new List<string>();
        foreach (var key in new[] { "ArrowRight", "ArrowRight", "ArrowLeft" })
        {
            await opened.Page.Keyboard.PressAsync(key);
            heard.Add((await moment.GetAttributeAsync("aria-valuetext"))!.Split(':')[0]);
        }

        Assert.Equal(["1 s", "4 s", "1 s"], heard);
        await Expect(moment).ToBeFocusedAsync();
        await Expect(opened.Page.Locator("#lines li.here").First).ToBeInViewportAsync();
        await Expect(opened.Page.Locator("#rows .told")).ToContainTextAsync("draining");
    }

    [Fact]
    public async Task A_click_into_the_chart_finds_the_moment_in_the_log()
    {
        await using var opened = await OpenAsync();

        await opened.Page.Locator("#rows svg.lane").First.ClickAsync(new() { Position = new() { X = 1, Y = 8 } });
        await Expect(opened.Page.Locator("#lines li.here").First).ToBeVisibleAsync();
        await Expect(opened.Page.Locator("#rows .cursor")).ToBeVisibleAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Idle_time_is_skipped_and_comes_back(bool byKeyboard)
    {
        await using var opened = await OpenAsync();
        var skip = opened.Page.GetByLabel("skip idle time");
        var skipped = opened.Page.Locator("#rows rect.skip");

        await Expect(skipped).ToHaveCountAsync(0);
        foreach (var on in new[] { true, false })
        {
            if (byKeyboard && on) await opened.TabToAsync(skip);
            if (byKeyboard) await opened.Page.Keyboard.PressAsync("Space");
            else await skip.ClickAsync();
            if (on) await Expect(skipped.First).ToBeAttachedAsync();
            else await Expect(skipped).ToHaveCountAsync(0);
            await Expect(opened.Page.GetByLabel("moment")).ToHaveCountAsync(1);
        }
    }

    [Fact]
    public async Task Lines_are_filtered_by_who_says_them()
    {
        await using var opened = await OpenAsync();
        var aws = opened.Page.Locator("#lines li.from-aws");

        await Expect(aws.First).ToBeVisibleAsync();
        await opened.TabToAsync(opened.Page.GetByLabel("what happened in AWS"));
        await opened.Page.Keyboard.PressAsync("Space");
        await Expect(aws.First).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_is_left_behind_is_red_and_named()
    {
        await using var opened = await OpenAsync();
        var red = await opened.Page.EvaluateAsync<string>("() => { const p = document.body.appendChild(document.createElement('p')); p.style.color = 'var(--bad)'; return getComputedStyle(p).color; }");

        await Expect(opened.Page.Locator("#left li")).ToHaveTextAsync("pods 172.31.0.4:80, of goes");
        await Expect(opened.Page.Locator("#left li")).ToHaveCSSAsync("color", red);
        await Expect(opened.Page.Locator("#rows .name.bad")).ToHaveTextAsync("pods 172.31.0.4:80");
        await Expect(opened.Page.Locator("#rows .name.bad")).ToHaveCSSAsync("color", red);
        await Expect(opened.Page.Locator(".figure.bad", new() { HasText = "left behind" }).Locator("b")).ToHaveCSSAsync("color", red);
    }

    [Fact]
    public async Task Runs_at_the_same_time_stand_below_one_another()
    {
        await using var opened = await OpenAsync();

        await Expect(opened.Page.GetByRole(AriaRole.Img, new() { Name = "2 invocations, up to 2 at once" })).ToBeVisibleAsync();
        await Expect(opened.Page.GetByText("at the same time", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Theory, MemberData(nameof(Browser.Looks), MemberType = typeof(Browser))]
    public async Task It_fits(int width, ColorScheme scheme)
    {
        await using var opened = await OpenAsync(width, scheme);

        await opened.Page.GetByLabel("moment").PressAsync("ArrowRight");
        await opened.AssertLooksRightAsync($"report-{width}-{scheme}");
    }

    /// <summary>A report of a minute in which something is left behind.</summary>
    private Task<OpenPage> OpenAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var clock = new VirtualClock();
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
            File.WriteAllText(file, ReportWriter.Html(world, new ReportDetails("Seen by a browser", [("it held", true), ("not all of it", false)]) { Names = names }));
        });
        return browser.OpenAsync(new Uri(file), width, scheme);
    }
}
