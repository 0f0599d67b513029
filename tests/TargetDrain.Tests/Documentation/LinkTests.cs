using Xunit;

namespace TargetDrain.Tests.Documentation;

public sealed class LinkTests
{
    public static TheoryData<string> Pages => [.. Page.All.Select(page => page.Name)];

    [Theory, MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string name)
    {
        var page = Page.Of(name);
        foreach (var link in page.Links.Where(link => !link.StartsWith("https://", StringComparison.Ordinal)))
        {
            var parts = link.Split('#', 2);
            var path = parts[0].Length == 0 ? page.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.Path)!, parts[0]));
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{name} links to {link}: there is no {path}");
            Assert.StartsWith(Repository.Root, path, StringComparison.Ordinal);
            if (parts.Length == 2) Assert.Contains(parts[1], new Page(path).Anchors);
        }
    }

    [Fact]
    public void No_heading_is_there_twice_on_a_page() =>
        Assert.All(Page.All, page => Assert.Equal(page.Anchors.Distinct(), page.Anchors));

    [Fact]
    public void Every_page_can_be_reached_from_the_readme()
    {
        var linked = Page.Of("README.md").Links.Select(link => link.Split('#')[0]).ToHashSet();

        Assert.All(Page.All.Where(page => page.Name != "README.md"), page => Assert.Contains(page.Name, linked));
    }
}
