using System.Net;
using System.Text;
using TargetDrain.Local.Demo;
using TargetDrain.Local.Hosting;
using TargetDrain.Local.Playground;
using Xunit;

namespace TargetDrain.Tests.Local;

#pragma warning disable CA1001 // Disposed by DisposeAsync, which xUnit calls.
public sealed class PlaygroundTests : IAsyncLifetime
{
    private readonly HttpClient browser = new();
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
        browser.Dispose();
        pages.Dispose();
        await aws.DisposeAsync();
    }

    [Fact]
    public async Task A_click_terminates_an_instance()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await ActAsync($$"""{"act":"terminate","instance":"{{demo.Stray.Id}}"}""", mark: "page")).StatusCode);
        Assert.Equal("shutting-down", demo.Stray.State);
        Assert.Contains("shutting-down", await browser.GetStringAsync(new Uri($"{aws.Url}/_target-drain/state")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_broken_is_shown_with_how_often_still_until_it_is_healed()
    {
        Assert.Equal("[]", await BrokenAsync());
        await ActAsync("""{"act":"fail","operation":"DescribeInstances","kind":"throttle","times":3}""", mark: "page");
        await ActAsync("""{"act":"fail","operation":"DescribeTargetHealth","kind":"deny","times":1000}""", mark: "page");
        await ActAsync($$"""{"act":"terminate","instance":"{{demo.Stray.Id}}"}""", mark: "page");
        for (var i = 0; i < 100 && (await BrokenAsync()).Contains("DescribeInstances", StringComparison.Ordinal); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        var broken = await BrokenAsync();
        Assert.DoesNotContain("DescribeInstances", broken, StringComparison.Ordinal);
        Assert.Contains("""{"operation":"DescribeTargetHealth","kind":"deny","left":""", broken, StringComparison.Ordinal);
        await ActAsync("""{"act":"heal"}""", mark: "page");
        Assert.Equal("[]", await BrokenAsync());

        async Task<string> BrokenAsync()
        {
            using var state = System.Text.Json.JsonDocument.Parse(await browser.GetStringAsync(new Uri($"{aws.Url}/_target-drain/state")));
            return state.RootElement.GetProperty("broken").GetRawText();
        }
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("page", "http://elsewhere.example", null)]
    [InlineData("page", "null", null)]
    [InlineData("page", null, "elsewhere.example")]
    public async Task Another_site_cannot_click(string? mark, string? origin, string? host)
    {
        var answer = await ActAsync($$"""{"act":"terminate","instance":"{{demo.Stray.Id}}"}""", mark, origin, host);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("running", demo.Stray.State);
    }

    [Theory]
    [InlineData("""{"act":"explode"}""", "allowed: scale-in")]
    [InlineData("""{"act":"fail","operation":"DescribeTargetHealth","kind":"throttle","times":0}""", "times must be")]
    [InlineData("""{"act":"terminate","instance":"i-nobody"}""", "does not exist")]
    [InlineData("""[1]""", "allowed: scale-in")]
    [InlineData("not JSON", "not JSON")]
    public async Task A_wrong_click_is_answered_with_a_sentence(string body, string sentence)
    {
        var answer = await ActAsync(body, mark: "page");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> ActAsync(string body, string? mark = null, string? origin = null, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{aws.Url}/_target-drain/act");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (mark is not null) request.Headers.Add("X-Target-Drain", mark);
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (host is not null) request.Headers.Host = host;
        return await browser.SendAsync(request);
    }
}
