using System.Reflection;
using System.Xml.Linq;
using TargetDrain.Emulator.Deployment;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TargetDrain.Tests.Deployment;

public sealed class TemplateTests
{
    // Parameters, and what CloudFormation must say to them; nothing when they are fine.
    public static TheoryData<string, string> Combinations => new()
    {
        { "", "" },
        { "AutoScalingGroupName=web", "" },
        { "AutoScalingGroupName=web LifecycleEvents=false", "nobody would" },
        { "AutoScalingGroupName=web DryRun=true", "A dry run completes no hook" },
        { "LifecycleHookPattern=web-*-drain", "" },
        { "AutoScalingGroupName=web LifecycleHookPattern=web-*-drain", "LifecycleHookPattern might not match" },
        { "LifecycleEvents=false", "" },
        { "DryRun=true", "" },
        { "TargetGroupTagKey=drain TargetGroupTagValue=yes TargetGroupTagMode=except", "" },
        { "TargetGroupTagValue=yes", "TargetGroupTagValue does nothing" },
        { "TargetGroupTagMode=except", "TargetGroupTagMode=except does nothing" },
        { "InstanceStates=stopping,shutting-down", "" },
        { "StateChanges=false", "" },
        { "StateChanges=false InstanceStates=stopping,shutting-down", "InstanceStates does nothing" },
        { "AlarmTopicArn=arn:aws:sns:eu-central-1:123456789012:pager", "" },
        { "AlarmTopicArn=arn:aws:sns:eu-central-1:123456789012:pager AlarmEmail=a@example.com", "nothing is sent to AlarmEmail" },
        { "VpcSubnetIds=subnet-0123456789abcdef0 VpcSecurityGroupIds=sg-0123456789abcdef0", "" },
        { "VpcSubnetIds=subnet-0123456789abcdef0", "VpcSubnetIds needs" },
        { "VpcSecurityGroupIds=sg-0123456789abcdef0", "VpcSecurityGroupIds does nothing" },
    };

    [Theory, MemberData(nameof(Combinations))]
    public void Parameters_that_would_do_nothing_or_harm_are_refused(string parameters, string refusal)
    {
        var stack = new Stack([.. parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1]))]);

        if (refusal.Length == 0) Assert.Empty(stack.Refusals);
        else Assert.Contains(refusal, Assert.Single(stack.Refusals), StringComparison.Ordinal);
    }

    // The SAM CLI and AWS CLI version 1 read YAML with PyYAML's own parser, which refuses some of what YamlDotNet (here) and
    // libyaml (cfn-lint) read. No test here can stand in for it: build/template.py, which .ci/run calls, reads the template
    // with that parser. This only finds the one case that was once overlooked: it ends a plain scalar in { } at a "?".
    [Fact]
    public void No_plain_scalar_inside_braces_has_a_question_mark()
    {
        using var text = File.OpenText(Repository.At("template.yaml"));
        var parser = new Parser(text);
        var braces = new Stack<bool>();
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case MappingStart start:
                    braces.Push(start.Style == MappingStyle.Flow);
                    break;
                case MappingEnd:
                    braces.Pop();
                    break;
                case Scalar { Style: ScalarStyle.Plain } scalar when braces.TryPeek(out var inBraces) && inBraces:
                    Assert.False(scalar.Value.Contains('?', StringComparison.Ordinal), $"Line {scalar.Start.Line}: put '{scalar.Value}' in quotes.");
                    break;
                default:
                    break;
            }
        }
    }

    [Fact]
    public void There_is_one_version()
    {
        var version = XDocument.Load(Repository.At("Directory.Build.props")).Descendants("Version").Single().Value;

        Assert.Equal(version, Deployment.Stack.Version);
        Assert.Equal(version, new Deployment.Stack().Output("Version"));
        Assert.StartsWith($"TargetDrain {version}: ", Deployment.Stack.Description, StringComparison.Ordinal);
        Assert.StartsWith($"## {version}", File.ReadLines(Repository.At("docs", "changelog.md")).First(line => line.StartsWith("## ", StringComparison.Ordinal)), StringComparison.Ordinal);
        // What the function logs when it starts; a commit may follow after a plus sign.
        var logged = typeof(Function).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Assert.Equal(version, logged.Split('+')[0]);
    }

    [Fact]
    public void Nothing_in_it_needs_to_know_every_partition() => Assert.False(StackTemplateHas("Mappings"));

    private static bool StackTemplateHas(string section) =>
        new StackTemplate(Repository.At("template.yaml"), new StackContext()).Root.Children.ContainsKey(section);
}
