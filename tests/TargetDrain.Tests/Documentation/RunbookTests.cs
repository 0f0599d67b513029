using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using TargetDrain.Telemetry;
using TargetDrain.Tests.Deployment;
using Xunit;

namespace TargetDrain.Tests.Documentation;

/// <summary>docs/runbook.md has every alarm, and quotes what the programs say.</summary>
public sealed partial class RunbookTests
{
    private static readonly Page Runbook = Page.Of("docs", "runbook.md");

    private static readonly IReadOnlyList<string> LogMessages =
    [
        .. typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.Message).OfType<string>(),
    ];

    [Fact]
    public void Every_alarm_is_there_once() =>
        Assert.Equal(
            new Stack().OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.Name).Order(),
            MarkdownTable.Read(Runbook.Path, "| Alarm | It means | Do this |").SelectMany(row => row[0].Split(", ")).Order());

    [Fact]
    public void Every_parameter_output_and_variable_it_names_exists()
    {
        var known = Stack.ParameterNames.Concat(Stack.OutputNames).Concat(new Stack().Environment.Keys).Concat(
            new Stack().OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.Name)).ToHashSet();
        var named = Runbook.Spans.SelectMany(span => Placeholder().Matches(span).Select(match => match.Groups["name"].Value))
            .Concat(Runbook.Spans.Where(span => Variable().IsMatch(span) || span.EndsWith("Url", StringComparison.Ordinal))).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, known));
    }

    [Fact]
    public void Every_line_of_log_is_one_that_the_function_writes()
    {
        var lines = Runbook.Blocks.SelectMany(block => block.Code.Split('\n')).Select(line => LogLine().Match(line)).Where(line => line.Success)
            .Select(line => line.Groups["text"].Value).ToList();
        var patterns = LogMessages.Select(message => $"^{string.Join(".+", Hole().Split(message).Select(Regex.Escape))}$").ToList();

        Assert.True(lines.Count > 15, $"only {lines.Count} lines");
        Assert.All(lines, line => Assert.Contains(patterns, pattern => Regex.IsMatch(line, pattern)));
    }

    [Fact]
    public void Every_message_it_quotes_is_one_that_somebody_gets()
    {
        var programs = Directory.GetFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
        var said = LogMessages.Concat(programs).Select(text => Hole().Replace(text, "…")).ToList();
        var quoted = MarkdownTable.Read(Runbook.Path, "| symptom | cause | what to do |").SelectMany(row => Quoted().Matches(row[0]))
            .Select(match => match.Groups["text"].Value).ToList();

        Assert.True(quoted.Count > 8, $"only {quoted.Count} messages");
        Assert.All(quoted, message => Assert.Contains(said, text => text.Contains(message, StringComparison.Ordinal)));
    }

    [GeneratedRegex("\"(?<text>[^\"]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("<(?<name>[A-Z]\\w+)>")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^[A-Z]+(_[A-Z]+)+$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^[0-9:]{8} (info|warn|fail)  (?<text>.+)$")]
    private static partial Regex LogLine();

    [GeneratedRegex(@"\{[^{}]+\}")]
    private static partial Regex Hole();
}
