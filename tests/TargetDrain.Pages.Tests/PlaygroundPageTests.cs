using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TargetDrain.Local.Demo;
using TargetDrain.Local.Playground;
using TargetDrain.Tests.Local;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TargetDrain.Pages.Tests;

/// <summary>The page of "serve": every button, by mouse and by keyboard.</summary>
#pragma warning disable CA1001 // Disposed by DisposeAsync, which xUnit calls.
public sealed partial class PlaygroundPageTests(Browser browser) : IAsyncLifetime
#pragma warning restore CA1001
{
    private DemoAws aws = null!;
    private DemoWorld demo = null!;
    private PlaygroundPages pages = null!;

    public async ValueTask InitializeAsync()
    {
        aws = await DemoAws.StartAsync();
        demo = aws.Demo;
        pages = new PlaygroundPages(aws.World, aws.Installation, aws.Address);
        aws.Pages = pages.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        pages.Dispose();
        await aws.DisposeAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_instance_is_let_go_by_each_button_it_has(bool byKeyboard)
    {
        await using var opened = await OpenAsync();
        var page = opened.Page;

        await PressAsync(opened, Button(page, "Scale in", demo.Scaled.Id), byKeyboard);
        await Expect(Card(page, demo.Scaled.Id).Locator(".state")).ToHaveTextAsync(NotServing());
        await PressAsync(opened, Button(page, "Interrupt", demo.Spot.Id), byKeyboard);
        await Expect(page.Locator("#lines")).ToContainTextAsync("Spot interruption warning");
        await PressAsync(opened, Button(page, "Terminate", demo.Stray.Id), byKeyboard);
        await Expect(Card(page, demo.Stray.Id).Locator(".state")).ToHaveTextAsync(NotServing());

        // The function is behind it: what the instance was registered as drains, then is gone.
        await Expect(Card(page, demo.Stray.Id).Locator(".registration.draining, .registration.gone")).ToHaveCountAsync(5);
        await Expect(Card(page, demo.Survivor.Id).Locator(".registration.registered")).ToHaveCountAsync(5);
        await Expect(page.Locator("#problem")).ToBeHiddenAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Instances_are_added(bool byKeyboard)
    {
        await using var opened = await OpenAsync();
        var page = opened.Page;

        await PressAsync(opened, page.GetByRole(AriaRole.Button, new() { Name = "Add an instance" }), byKeyboard);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "added 1" })).ToBeVisibleAsync();
        await PressAsync(opened, page.GetByRole(AriaRole.Button, new() { Name = "Add a Spot instance" }), byKeyboard);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "spot 2" })).ToBeVisibleAsync();
        await Expect(page.Locator("article", new() { HasText = "spot 2" }).GetByRole(AriaRole.Button, new() { Name = "Interrupt" })).ToBeVisibleAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Heal_all_is_there_only_while_there_is_something_to_heal(bool byKeyboard)
    {
        await using var opened = await OpenAsync();
        var page = opened.Page;
        ILocator heal = page.Locator("#heal"), broken = page.Locator("#broken li"), breaks = page.Locator("#break");

        await Expect(heal).ToBeHiddenAsync();
        await page.Locator("#operation").SelectOptionAsync("CompleteLifecycleAction");
        await page.GetByLabel("How").SelectOptionAsync("deny");
        await page.GetByLabel("times").FillAsync("3");
        await PressAsync(opened, breaks, byKeyboard);
        await Expect(broken).ToHaveTextAsync("CompleteLifecycleAction is denied, 3 times still");
        await PressAsync(opened, heal, byKeyboard);
        await Expect(broken).ToHaveCountAsync(0);
        await Expect(heal).ToBeHiddenAsync();
        // The button that had the focus has gone: it goes to its neighbour, not to the top of the page.
        if (byKeyboard) await Expect(breaks).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_focus_stays_where_it_was_while_its_instance_goes()
    {
        await using var opened = await OpenAsync();
        var terminate = Button(opened.Page, "Terminate", demo.Stray.Id);

        await PressAsync(opened, terminate, byKeyboard: true);
        await Expect(terminate).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(terminate).ToBeFocusedAsync();
        await Expect(Card(opened.Page, demo.Stray.Id).Locator(".registration.draining").First).ToBeVisibleAsync();
        await Expect(terminate).ToBeFocusedAsync();
        // And pressing it again does nothing.
        await opened.Page.Keyboard.PressAsync("Enter");
        await Expect(opened.Page.Locator("#problem")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_cannot_be_is_answered_with_a_sentence()
    {
        await using var opened = await OpenAsync();

        await opened.Page.EvaluateAsync("act({ act: 'terminate', instance: 'i-nobody' })");
        await Expect(opened.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not exist");
        opened.Expect("400 (Bad Request)");
    }

    [Fact]
    public async Task The_report_is_a_click_away()
    {
        await using var opened = await OpenAsync();

        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Report" }).ClickAsync();
        await Expect(opened.Page).ToHaveTitleAsync(Report());
    }

    [Theory, MemberData(nameof(Browser.Looks), MemberType = typeof(Browser))]
    public async Task It_fits(int width, ColorScheme scheme)
    {
        await using var opened = await OpenAsync(width, scheme);
        var page = opened.Page;

        await Button(page, "Terminate", demo.Stray.Id).ClickAsync();
        await Button(page, "Scale in", demo.Scaled.Id).ClickAsync();
        // So that it is still broken when the picture is taken.
        await page.Locator("#operation").SelectOptionAsync("CompleteLifecycleAction");
        await page.Locator("#break").ClickAsync();
        await Expect(Card(page, demo.Stray.Id).Locator(".registration.draining").First).ToBeVisibleAsync();
        await Expect(page.Locator("#heal")).ToBeVisibleAsync();
        await opened.AssertLooksRightAsync($"playground-{width}-{scheme}");
    }

    private async Task<OpenPage> OpenAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var opened = await browser.OpenAsync(new Uri($"{aws.Url}/"), width, scheme);
        await Expect(Card(opened.Page, demo.Survivor.Id)).ToBeVisibleAsync();
        return opened;
    }

    private static async Task PressAsync(OpenPage opened, ILocator button, bool byKeyboard)
    {
        if (!byKeyboard)
        {
            await button.ClickAsync();
            return;
        }
        await opened.TabToAsync(button);
        await opened.Page.Keyboard.PressAsync("Enter");
    }

    private static ILocator Card(IPage page, string instance) => page.Locator("article", new() { HasText = instance });

    private static ILocator Button(IPage page, string name, string instance) => Card(page, instance).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [GeneratedRegex("waits on target-drain|Terminating|shutting-down|terminated")]
    private static partial Regex NotServing();

    [GeneratedRegex("TargetDrain$")]
    private static partial Regex Report();
}
