using System.Text.RegularExpressions;
using TargetDrain.Emulator.Deployment;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace TargetDrain.Tests.Deployment;

public sealed partial class WorkflowTests
{
    private static readonly string[] Workflows = Directory.GetFiles(Repository.At(".github", "workflows"), "*.yml");
    private static readonly YamlMappingNode Release = Read("release.yml");

    [Fact]
    public void Every_action_is_pinned_to_a_commit_and_says_which_version_that_is()
    {
        var uses = Workflows.SelectMany(File.ReadLines).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(Pinned(), line));
    }

    [Fact]
    public void A_workflow_may_read_the_code_and_nothing_else() =>
        Assert.All(Workflows, path => Assert.Equal("contents=read", Permissions(Read(Path.GetFileName(path)))));

    [Fact]
    public void Only_the_job_that_publishes_may_write_and_it_runs_no_code_of_ours()
    {
        var jobs = Workflows.SelectMany(path => (YamlMappingNode)Read(Path.GetFileName(path))["jobs"]);
        var writer = Assert.Single(jobs, job => ((YamlMappingNode)job.Value).Children.ContainsKey("permissions"));

        Assert.Equal("publish", StackTemplate.Word(writer.Key));
        Assert.Equal("contents=write", Permissions((YamlMappingNode)writer.Value));
        Assert.DoesNotContain(writer.Value.AllNodes.OfType<YamlScalarNode>(), word => StackTemplate.Word(word).StartsWith("actions/checkout", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_flavours_of_the_packages_are_tested() =>
        Assert.Contains(Workflows.SelectMany(File.ReadLines), line => line.Trim() == "packages: [bundled, official]");

    [Fact]
    public void A_release_is_built_for_every_processor_that_the_template_offers_and_named_as_its_template_expects()
    {
        var built = ((YamlSequenceNode)Release["jobs"]["function"]["strategy"]["matrix"]["include"]).Select(row => StackTemplate.Word(row["architecture"]));
        var steps = string.Join('\n', Release["jobs"].AllNodes.OfType<YamlScalarNode>().Select(StackTemplate.Word));

        Assert.Equal(Stack.Parameter("Architecture")["AllowedValues"].Texts().Order(), built.Order());
        Assert.Contains("target-drain-$VERSION-${{ matrix.architecture }}.zip", steps, StringComparison.Ordinal);
        Assert.Contains("target-drain-{version}-${{Architecture}}.zip", Repository.Text("build", "template.py"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_has_what_the_readme_deploys()
    {
        var readme = Repository.Text("README.md");
        var published = StackTemplate.Word(Release["jobs"]["publish"]["steps"][1]["run"]);

        Assert.Contains("--template-file target-drain.template.json", readme, StringComparison.Ordinal);
        Assert.Contains($"target-drain-{Stack.Version}-arm64.zip", readme, StringComparison.Ordinal);
        Assert.Contains("*.zip target-drain.template.json checksums.txt", published, StringComparison.Ordinal);
        Assert.Contains("notes.md", published, StringComparison.Ordinal);
    }

    private static string Permissions(YamlMappingNode node) =>
        string.Join(' ', ((YamlMappingNode)node["permissions"]).Select(entry => $"{StackTemplate.Word(entry.Key)}={StackTemplate.Word(entry.Value)}"));

    private static YamlMappingNode Read(string workflow)
    {
        using var text = File.OpenText(Repository.At(".github", "workflows", workflow));
        var stream = new YamlStream();
        stream.Load(text);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    [GeneratedRegex(@"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}
