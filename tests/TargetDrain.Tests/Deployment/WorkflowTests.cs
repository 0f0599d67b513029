using System.Text.RegularExpressions;
using Xunit;

namespace TargetDrain.Tests.Deployment;

public sealed partial class WorkflowTests
{
    private static readonly string[] Workflows = Directory.GetFiles(Repository.At(".github", "workflows"), "*.yml");

    [Fact]
    public void Every_action_is_pinned_to_a_commit_and_says_which_version_that_is()
    {
        var uses = Workflows.SelectMany(File.ReadLines).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(Pinned(), line));
    }

    [Fact]
    public void A_workflow_may_read_the_code_and_nothing_else() =>
        Assert.All(Workflows, path => Assert.Equal(["permissions:", "  contents: read"], Permissions(path)));

    [Fact]
    public void Both_flavours_of_the_packages_are_tested() =>
        Assert.Contains(Workflows.SelectMany(File.ReadLines), line => line.Trim() == "packages: [bundled, official]");

    private static IEnumerable<string> Permissions(string path)
    {
        var lines = File.ReadAllLines(path);
        Assert.Single(lines, line => line.TrimStart().StartsWith("permissions:", StringComparison.Ordinal));
        return lines.SkipWhile(line => line != "permissions:").TakeWhile(line => line.Length > 0);
    }

    [GeneratedRegex(@"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}
