using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(TargetDrain.Pages.Tests.Browser))]

namespace TargetDrain.Pages.Tests;

/// <summary>The browser of this machine, such as Debian's package chromium-headless-shell; one for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    public static readonly TheoryData<int, ColorScheme> Looks = new()
    {
        { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark }, { 390, ColorScheme.Light }, { 390, ColorScheme.Dark },
    };

    // The one without a window first: it does with half the processor.
    private static readonly string? Program =
        new[] { "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    // Nothing but the page: no sandbox, which root may not have, and no calls home.
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Program is null) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A page that has drawn itself. Skips the test where there is no browser.</summary>
    internal async Task<OpenPage> OpenAsync(Uri address, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipUnless(browser is not null, "There is no browser here: apt-get install chromium-headless-shell");
        var page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce,
        });
        // Two busy cores, and other tests at the same time.
        page.SetDefaultTimeout(30_000);
        Assertions.SetDefaultExpectTimeout(30_000);
        var opened = new OpenPage(page);
        await page.GotoAsync(address.AbsoluteUri);
        return opened;
    }
}
