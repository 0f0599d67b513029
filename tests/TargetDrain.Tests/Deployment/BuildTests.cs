using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace TargetDrain.Tests.Deployment;

public sealed class BuildTests
{
    private static readonly JsonElement Settings = JsonDocument.Parse(Repository.Text("src", "TargetDrain", "aws-lambda-tools-defaults.json")).RootElement;
    private static readonly XElement Rules = XDocument.Load(Repository.At("Directory.Build.props")).Root!;

    [Fact]
    public void What_is_deployed_runs_on_the_official_packages()
    {
        var configuration = Settings.GetProperty("configuration").GetString();
        var official = Rules.Descendants("AwsPackages").Single(rule => rule.Value == "official");

        Assert.Contains($"'$(Configuration)' == '{configuration}'", official.Attribute("Condition")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_deployed_is_native_where_that_can_be_built()
    {
        var group = Rules.Elements("PropertyGroup")
            .Single(rules => rules.Attribute("Condition")?.Value == $"'$(Configuration)' == '{Settings.GetProperty("configuration").GetString()}'");

        Assert.Equal("true", group.Element("PublishAot")!.Value);
        Assert.Equal("'$(OnAmazonLinux)' == 'true'", group.Element("PublishAot")!.Attribute("Condition")!.Value);
        Assert.True(Settings.GetProperty("use-container-for-build").GetBoolean());
        // Amazon.Lambda.Tools would take the element for a native build wherever it runs.
        Assert.DoesNotContain("PublishAot", Repository.Text("src", "TargetDrain", "TargetDrain.csproj"), StringComparison.Ordinal);
    }

    [Fact]
    public void Sam_build_replaces_msbuild_parameters_so_none_are_given_there() =>
        Assert.False(Settings.TryGetProperty("msbuild-parameters", out _));

    [Fact]
    public void Template_and_build_agree_on_runtime_handler_and_processor()
    {
        var function = new Stack().Function;

        Assert.Equal(Settings.GetProperty("function-runtime").GetString(), function["Runtime"].Text());
        Assert.Equal(Settings.GetProperty("function-handler").GetString(), function["Handler"].Text());
        Assert.Equal(typeof(Function).Assembly.GetName().Name, function["Handler"].Text());
        Assert.Equal([Settings.GetProperty("function-architecture").GetString()!], function["Architectures"].Texts());
        Assert.Equal(
            Repository.At("src", "TargetDrain"), Path.GetFullPath(Repository.At(function["CodeUri"].Text())).TrimEnd(Path.DirectorySeparatorChar));
        Assert.Equal(Repository.Root, Path.GetFullPath(Repository.At("src", "TargetDrain", Settings.GetProperty("code-mount-directory").GetString()!)));
    }
}
