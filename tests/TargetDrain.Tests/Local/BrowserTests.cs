using System.Diagnostics;
using TargetDrain.Local.Demo;
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
        File.Delete(path);
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
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
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
