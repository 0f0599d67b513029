using Microsoft.Playwright;
using TargetDrain.Tests;
using Xunit;

namespace TargetDrain.Pages.Tests;

/// <summary>A page in the browser, and what every one of them must not do.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly List<string> errors = [];

    public OpenPage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, line) =>
        {
            if (line.Type is "error" or "warning") errors.Add(line.Text);
        };
    }

    public IPage Page { get; }

    public ILocator Focused => Page.Locator(":focus");

    /// <summary>Of an error that the test has brought about.</summary>
    public void Expect(string error) => Assert.Equal(1, errors.RemoveAll(one => one.Contains(error, StringComparison.Ordinal)));

    /// <summary>Goes there as somebody without a mouse does.</summary>
    public async Task TabToAsync(ILocator place)
    {
        const int most = 200;
        for (var i = 0; i < most; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await place.EvaluateAsync<bool>("place => place === document.activeElement")) return;
        }
        Assert.Fail($"The keyboard does not get to {place}.");
    }

    /// <summary>Nothing sticks out at the side, no script failed; a picture is left for whoever wants to look.</summary>
    public async Task AssertLooksRightAsync(string name)
    {
        var pictures = Directory.CreateDirectory(Repository.At("artifacts", "pages"));
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(pictures.FullName, $"{name}.png"), FullPage = true });
        Assert.Equal("", await Page.EvaluateAsync<string>(
            """
            () => [...document.querySelectorAll("body *")]
              .filter(one => one.getClientRects().length && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !one.closest("svg"))
              .map(one => `${one.tagName} ${one.className}: ${one.textContent.slice(0, 40)}`).join("\n")
            """));
        Assert.Empty(errors);
    }

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        Assert.Empty(errors);
    }
}
