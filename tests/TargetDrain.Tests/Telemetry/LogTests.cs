using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using TargetDrain.Events;
using TargetDrain.Lifecycle;
using TargetDrain.Telemetry;
using Xunit;

namespace TargetDrain.Tests.Telemetry;

/// <summary>
/// Names tie a message's placeholders to its method's parameters, positions tie the runtime's fields to the placeholders.
/// A value in another one's field sends whoever reads the log to the wrong instance.
/// </summary>
[Collection(FunctionTests.TheRuntimesLog)]
public sealed partial class LogTests
{
    public static TheoryData<string> Lines => [.. Methods().Select(method => method.Name)];

    [Fact]
    public void Every_line_has_a_name_of_its_own_and_there_are_some()
    {
        var names = Methods().Select(method => method.Name).ToList();

        Assert.True(names.Count > 20, $"{names.Count} are found");
        Assert.Equal(names.Distinct(), names);
    }

    [Theory, MemberData(nameof(Lines))]
    public void Every_placeholder_is_a_parameter_and_every_parameter_is_told(string line)
    {
        var parameters = Told(Method(line)).Select(parameter => parameter.Name!).ToList();
        var placeholders = Placeholders(Template(line));

        Assert.All(placeholders, name => Assert.Contains(name, parameters, StringComparer.OrdinalIgnoreCase));
        Assert.All(parameters, name => Assert.Contains(name, placeholders, StringComparer.OrdinalIgnoreCase));
    }

    [Theory, MemberData(nameof(Lines))]
    public void Every_value_comes_where_its_placeholder_is(string line)
    {
        var values = Told(Method(line)).Select((parameter, index) => (parameter.Name, Value: ValueOf(parameter, line, index))).ToList();

        var handedOver = HandedOver(Template(line), log => Method(line).Invoke(null, [log, .. values.Select(item => item.Value)]));

        Assert.Equal(Placeholders(Template(line)).Select(name => Convert.ToString(
            values.Single(item => string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase)).Value, CultureInfo.InvariantCulture)), handedOver);
    }

    [Fact]
    public void And_so_does_one_whose_parameters_come_in_another_order()
    {
        const string template = "In another order: {InstanceId} leaves {TargetGroup} at {Time:O} after {Seconds,5} s, {instanceid}";
        List<KeyValuePair<string, object?>> state =
        [
            new("seconds", 12), new("targetGroup", "web"), new("time", "noon"), new("unused", "unused"), new("instanceId", "i-1"),
            new("{OriginalFormat}", template),
        ];

        var handedOver = HandedOver(template, log => log.Log(LogLevel.Information, default, state, null, (_, _) => "not asked for"));

        Assert.Equal(["i-1", "web", "noon", "12", "i-1"], handedOver);
    }

    private static IEnumerable<MethodInfo> Methods() => typeof(Log)
        .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null);

    private static MethodInfo Method(string line) => Methods().Single(method => method.Name == line);

    private static string Template(string line) => Method(line).GetCustomAttribute<LoggerMessageAttribute>()!.Message;

    // All but the log itself and an exception, which have places of their own.
    private static IEnumerable<ParameterInfo> Told(MethodInfo method) => method.GetParameters()
        .Where(parameter => parameter.ParameterType != typeof(ILogger) && !parameter.ParameterType.IsAssignableTo(typeof(Exception)));

    private static List<string> Placeholders(string template) => [.. Placeholder().Matches(template).Select(match => match.Groups["name"].Value)];

    /// <summary>No two alike in one line.</summary>
    private static object ValueOf(ParameterInfo parameter, string line, int index) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => $"{parameter.Name} of {line}",
        var type when type == typeof(int) => 1000 + index,
        var type when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddDays(index),
        var type when type == typeof(TerminationReason) => TerminationReason.SpotInterruption,
        var type when type == typeof(DrainOutcome) => DrainOutcome.TimedOut,
        var type => throw new NotSupportedException($"{line} takes {type.Name}: say here what a value of it looks like."),
    };

    // Outside of Lambda its logger writes the template and, in quotes, the values to the console.
    private static List<string> HandedOver(string template, Action<ILogger> write)
    {
        var text = CapturedConsole.Of(() => write(new LambdaLog()));
        var line = Assert.Single(text.Split(Environment.NewLine), line => line.Contains(template, StringComparison.Ordinal));
        return [.. Quoted().Matches(line[(line.IndexOf(template, StringComparison.Ordinal) + template.Length)..]).Select(match => match.Groups["value"].Value)];
    }

    [GeneratedRegex("""\{(?<name>\w+)[^}]*\}""")]
    private static partial Regex Placeholder();

    [GeneratedRegex("\"(?<value>[^\"]*)\"")]
    private static partial Regex Quoted();
}
