using System.Text.RegularExpressions;
using Xunit;

namespace TargetDrain.Tests.Deployment;

/// <summary>"sam build" and "sam deploy" ask nothing: samconfig.toml has the answers.</summary>
public sealed partial class SamConfigTests
{
    private static readonly Dictionary<string, Dictionary<string, string>> Sections = Read();
    private static readonly Dictionary<string, string> Parameters = Sections["default.global.parameters"]["parameter_overrides"]
        .Split(' ').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    [Fact]
    public void The_first_deployment_changes_nothing() => Assert.True(StackWithParameters().Options.DryRun);

    [Fact]
    public void The_processor_is_said_once_to_build_and_deploy_alike()
    {
        Assert.Equal(Stack.Parameter("Architecture")["Default"].Text(), Parameters["Architecture"]);
        // A section of its own would replace the common one for that command.
        Assert.All(Sections.Where(section => section.Key != "default.global.parameters"), section => Assert.DoesNotContain("parameter_overrides", section.Value.Keys));
    }

    [Fact]
    public void Every_parameter_exists_and_its_value_is_allowed()
    {
        Assert.Empty(Parameters.Keys.Except(Stack.ParameterNames));
        Assert.All(Parameters, pair => Assert.Contains(pair.Value, Stack.Parameter(pair.Key)["AllowedValues"].Texts()));
        Assert.Empty(StackWithParameters().Refusals);
    }

    [Fact]
    public void Deploying_asks_for_nothing_and_needs_no_option()
    {
        var deploy = Sections["default.deploy.parameters"];

        Assert.Equal("target-drain", Sections["default.global.parameters"]["stack_name"]);
        Assert.Equal("true", deploy["resolve_s3"]);
        Assert.Equal("false", deploy["confirm_changeset"]);
        // A role with a name of its own would need CAPABILITY_NAMED_IAM. SAM's has none, and there is no other.
        Assert.Equal("CAPABILITY_IAM", deploy["capabilities"]);
        Assert.Empty(new Stack().OfType("AWS::IAM::Role"));
    }

    [Fact]
    public void The_documented_edits_find_what_they_change()
    {
        var documented = Edit().Matches(Repository.Text("README.md") + Repository.Text("docs", "deployment.md"))
            .Select(match => (From: match.Groups["from"].Value, To: match.Groups["to"].Value)).Distinct().ToList();

        Assert.Contains(("DryRun=true", "DryRun=false"), documented);
        Assert.Contains(("Architecture=arm64", "Architecture=x86_64"), documented);
        Assert.All(documented, edit => Assert.Single(Regex.Matches(Repository.Text("samconfig.toml"), Regex.Escape(edit.From))));
    }

    private static Stack StackWithParameters() => new([.. Parameters.Select(pair => (pair.Key, pair.Value))]);

    // As much of TOML as the file needs.
    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        var sections = new Dictionary<string, Dictionary<string, string>>();
        var current = new Dictionary<string, string>();
        foreach (var line in File.ReadLines(Repository.At("samconfig.toml")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[') sections.Add(line.Trim('[', ']'), current = []);
            else if (line.Split(" = ", 2) is [var key, var value]) current.Add(key, value.Trim('"'));
        }
        return sections;
    }

    [GeneratedRegex("sed -i\\.bak 's/(?<from>[^/]+)/(?<to>[^/]+)/' samconfig\\.toml")]
    private static partial Regex Edit();
}
