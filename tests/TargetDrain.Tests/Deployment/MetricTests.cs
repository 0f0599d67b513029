using System.Reflection;
using System.Text.Json.Nodes;
using TargetDrain.Events;
using TargetDrain.Queue;
using TargetDrain.Telemetry;
using Xunit;

namespace TargetDrain.Tests.Deployment;

public sealed class MetricTests
{
    private static readonly Stack Default = new();
    private static readonly JsonNode Dashboard = JsonNode.Parse(Default.Properties("StackDashboard")["DashboardBody"].Text())!;

    [Fact]
    public void The_dashboard_shows_every_metric_that_the_function_writes_and_no_other() =>
        Assert.Equal(Written().Order(), Shown("TargetDrain").Distinct().Order());

    [Fact]
    public void Alarms_watch_metrics_that_exist()
    {
        var known = Written().Concat(
        [
            "Errors", "Throttles", "RecursiveInvocationsDropped", "FailedInvocations", "ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage",
        ]);

        Assert.All(Alarms(), alarm => Assert.Contains(alarm["MetricName"].Text(), known));
        Assert.Contains(MetricNames.DrainsTimedOut, Alarms().Select(alarm => alarm["MetricName"].Text()));
        Assert.Contains(MetricNames.DrainsGivenUp, Alarms().Select(alarm => alarm["MetricName"].Text()));
    }

    [Fact]
    public void A_rule_that_cannot_deliver_raises_an_alarm_of_its_own()
    {
        var watched = Alarms().Where(alarm => alarm["MetricName"].Text() == "FailedInvocations")
            .Select(alarm => Assert.Single(alarm["Dimensions"]!.AsArray())!["Value"].Text());

        Assert.Equal(Default.OfType("AWS::Events::Rule").Select(rule => rule.Name).Order(), watched.Order());
    }

    [Fact]
    public void The_dashboard_shows_every_alarm()
    {
        var shown = Dashboard["widgets"]!.AsArray().Single(widget => widget!["type"].Text() == "alarm")!["properties"]!["alarms"].Texts();

        Assert.Equal(Default.OfType("AWS::CloudWatch::Alarm").Select(alarm => $"{alarm.Name}.Arn").Order(), shown.Order());
    }

    [Fact]
    public void Own_metrics_are_asked_for_with_their_dimension_and_namespace()
    {
        var stack = new Stack(("MetricsNamespace", "Platform/Drain"));

        Assert.Equal("Platform/Drain", stack.Options.MetricsNamespace);
        foreach (var name in new[] { "TimedOutAlarm", "GivenUpAlarm" })
        {
            var alarm = stack.Properties(name);
            Assert.Equal("Platform/Drain", alarm["Namespace"].Text());
            Assert.Equal("FunctionName", Assert.Single(alarm["Dimensions"]!.AsArray())!["Name"].Text());
        }
    }

    [Fact]
    public void A_ticket_that_waits_as_long_as_it_may_raises_no_alarm() =>
        Assert.True(Stack.Parameter("OldestMessageAlarmSeconds")["MinValue"].Whole() > TicketSchedule.LongestDelay.TotalSeconds);

    [Fact]
    public void Alarms_tell_the_topic_or_the_address_that_was_given()
    {
        const string topic = "arn:aws:sns:eu-central-1:123456789012:pager";

        Assert.All(Alarms(), alarm => Assert.Null(alarm["AlarmActions"]));
        Assert.All(Alarms(("AlarmTopicArn", topic)), alarm => Assert.Equal([topic], alarm["AlarmActions"].Texts()));
        Assert.All(Alarms(("AlarmEmail", "a@example.com")), alarm => Assert.Equal(["AlarmTopic"], alarm["AlarmActions"].Texts()));
        Assert.All(Alarms(("AlarmTopicArn", topic)), alarm => Assert.Equal([topic], alarm["OKActions"].Texts()));
        Assert.False(new Stack(("AlarmTopicArn", topic)).Has("AlarmTopic"));
    }

    [Fact]
    public void Nobody_turns_the_metrics_off_with_the_log_level()
    {
        // Lambda takes lines without a level for INFO.
        Assert.DoesNotContain(Stack.Parameter("LogLevel")["AllowedValues"].Texts(), level => level is "WARN" or "ERROR" or "FATAL");
        Assert.Equal("JSON", Default.Function["LoggingConfig"]!["LogFormat"].Text());
    }

    private static List<JsonObject> Alarms(params (string, string)[] parameters) =>
        [.. new Stack(parameters).OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.Properties)];

    // Every name that the function's source counts or times, once more for each kind where it counts by kind.
    private static List<string> Written()
    {
        var source = string.Concat(Repository.Sources().Select(file => file.Text));
        return [.. typeof(MetricNames).GetFields(BindingFlags.Public | BindingFlags.Static).SelectMany(field =>
        {
            var name = (string)field.GetRawConstantValue()!;
            if (source.Contains($"metrics.CountBy(MetricNames.{field.Name}, ", StringComparison.Ordinal))
                return KindsOf(name).Select(kind => $"{name}.{kind}").Prepend(name);
            Assert.Matches($@"[mM]etrics\.(Count|Time)\(MetricNames\.{field.Name}\b", source);
            return [name];
        })];
    }

    private static IEnumerable<string> KindsOf(string name) => name switch
    {
        MetricNames.Notices => Enum.GetNames<TerminationReason>(),
        MetricNames.ApiCalls => PermissionTests.Operations(),
        MetricNames.ActionsCompleted => ["CONTINUE", "ABANDON"],
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "counts by kind, and nobody says which kinds there are"),
    };

    // Rows of a widget: namespace, name, then pairs of dimension and value, then options. "." repeats the entry above,
    // "..." the whole row above.
    private static List<string> Shown(string metricsNamespace)
    {
        var shown = new List<string>();
        foreach (var widget in Dashboard["widgets"]!.AsArray())
        {
            List<string> above = [];
            foreach (var row in widget!["properties"]!["metrics"]?.AsArray() ?? [])
            {
                var texts = row!.AsArray().Where(entry => entry is JsonValue).Select(entry => entry.Text()).ToList();
                var full = texts[0] == "..." ? above : [.. texts.Select((text, index) => text == "." ? above[index] : text)];
                if (full[0] == metricsNamespace)
                {
                    Assert.Equal(["FunctionName", "DrainFunction"], full[2..]);
                    shown.Add(full[1]);
                }
                above = full;
            }
        }
        return shown;
    }
}
