using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using TargetDrain.Announcements;
using TargetDrain.Emulator.Clock;
using TargetDrain.Events;
using TargetDrain.Lifecycle;
using TargetDrain.Local.Explain;
using TargetDrain.Telemetry;
using TargetDrain.Tests.Deployment;
using Xunit;

namespace TargetDrain.Tests.Documentation;

/// <summary>The tables of docs/reference.md say what the code, and the template, do.</summary>
public sealed class ReferenceTests
{
    private static readonly string Reference = Repository.At("docs", "reference.md");

    [Fact]
    public void Every_variable_is_there_with_its_default_and_what_is_allowed()
    {
        var variables = Variables();

        var rows = MarkdownTable.Read(Reference, "| Variable | Parameter | Default | Allowed | Meaning |");

        Assert.Equal(
            variables.Select(variable => (variable.Name, variable.Default.Length > 0 ? variable.Default : "—", variable.Allowed)),
            rows.Select(row => (row[0], row[2], row[3])));
        Assert.All(rows, row => Assert.NotEmpty(row[4]));
    }

    [Fact]
    public void Beside_each_variable_stand_the_parameters_that_set_it() =>
        Assert.All(MarkdownTable.Read(Reference, "| Variable | Parameter | Default | Allowed | Meaning |"), row =>
            Assert.Equal(
                Stack.ParameterNames.Where(name => ParameterTests.VariablesOf(name).Contains(row[0])).Order(),
                row[1] == "—" ? [] : row[1].Split(", ").Order()));

    [Fact]
    public void Every_action_of_the_role_is_there_and_no_other()
    {
        // Those of Lambda's logs and of X-Ray are AWS's own policies.
        var listed = MarkdownTable.Read(Reference, "| Service | Actions | On | For |")
            .Where(row => !row[2].StartsWith("AWS managed", StringComparison.Ordinal)).SelectMany(row => row[1].Split(", ")).Distinct();
        var key = ("KmsKeyArn", $"arn:aws:kms:{Stack.Region}:{Stack.Account}:key/01234567-89ab-cdef-0123-456789abcdef");

        Assert.Equal(
            PermissionTests.Granted(new Stack(("TargetGroupTagKey", "drain"), ("PublishEvents", "true"), key)).Select(action => action.Split(':')[1]).Distinct().Order(), listed.Order());
    }

    [Fact]
    public void Every_metric_is_there()
    {
        var listed = MarkdownTable.Read(Reference, "| Metric | Unit | What it counts |").SelectMany(row => row[0].Split(", "));

        Assert.Equal(
            typeof(MetricNames).GetFields().Select(name => (string)name.GetRawConstantValue()!).Order(),
            listed.Where(name => !name.Contains('.', StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Every_kind_of_event_is_there_with_what_becomes_of_it()
    {
        var rows = MarkdownTable.Read(Reference, "| Event | Source | Acted on |");

        Assert.Equal(
            Kinds().Order(),
            rows.Where(row => row[1] is not "hook").Select(row => (row[0], row[1])).Order());
        Assert.All(rows, row => Assert.Equal(IsActedOn(row[0], row[1]), row[2].StartsWith("yes", StringComparison.Ordinal)));
        Assert.All(rows, row => Assert.Matches("^(yes|no|off)", row[2]));
        var variables = Variables().Select(variable => variable.Name).ToHashSet();
        Assert.All(rows.Where(row => row[2].StartsWith("off", StringComparison.Ordinal)), row => Assert.Contains(row[2].Split(' '), variables.Contains));
    }

    [Fact]
    public void Every_event_that_is_sent_is_there_with_all_its_fields()
    {
        var page = Page.Of("docs", "reference.md");
        var events = MarkdownTable.Read(Reference, "| Detail-type | When | Outcome |");
        var fields = MarkdownTable.Read(Reference, "| Field | Type | What |").Select(row => row[0]).ToHashSet();

        Assert.Equal(Announcement.DetailTypes, events.Select(row => row[0]));
        Assert.Equal(
            Enum.GetNames<DrainOutcome>().Append(DrainEnd.Deregistered).Order(), events.SelectMany(row => row[2].Split(", ")).Where(outcome => outcome != "—").Order());
        Assert.Equal(
            new[] { typeof(DrainEnd).GetProperties(), typeof(EndedAction).GetProperties(), typeof(FoundOrphan).GetProperties() }.SelectMany(all => all)
                .Select(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name).OfType<string>().Order(),
            fields.Order());
        Assert.All(Announcement.DetailTypes, name => Assert.Contains(page.Blocks, block => block.Code.Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_reason_is_there_with_its_policy() =>
        Assert.Equal(
            Enum.GetValues<TerminationReason>().Select(Notice).Select(notice => string.Join(" | ",
                notice.Reason, ReasonText.Condition(notice, new DrainOptions { QueueUrl = "https://queue" }), notice.Action is null ? "no" : "yes", notice.Urgency)),
            MarkdownTable.Read(Reference, "| Reason | Acted upon | Waits and completes | Urgency |").Select(row => string.Join(" | ", row)));

    [Fact]
    public void Every_outcome_is_there_with_its_variable_and_default()
    {
        var results = DrainOptions.FromEnvironment(name => name == "QUEUE_URL" ? "https://queue" : null).Results;
        var rows = MarkdownTable.Read(Reference, "| Outcome | Variable | Default |");

        Assert.Equal(
            Enum.GetValues<DrainOutcome>().Select(outcome => (outcome.ToString(), results[outcome].ToString().ToUpperInvariant())),
            rows.Select(row => (row[0], row[2])));
        Assert.All(rows, row => Assert.Equal(ActionResult.Abandon, Reconfigured(row[1])[Enum.Parse<DrainOutcome>(row[0])]));
    }

    private static TerminationNotice Notice(TerminationReason reason) => new(
        "i-0123456789abcdef0", reason, default,
        reason is TerminationReason.LifecycleHook or TerminationReason.WarmPoolReturn or TerminationReason.RootVolumeReplacement
            ? new LifecycleAction("web", "target-drain", "token", default) : null,
        reason is TerminationReason.TerminateSuccessful ? TerminationCertainty.Final : TerminationCertainty.Announced);

    private static IReadOnlyList<Variable> Variables() =>
        DrainOptions.FromEnvironment(name => name == "QUEUE_URL" ? "https://queue" : null).Variables.All;

    private static IReadOnlyDictionary<DrainOutcome, ActionResult> Reconfigured(string variable) =>
        DrainOptions.FromEnvironment(name => name == "QUEUE_URL" ? "https://queue" : name == variable ? "ABANDON" : null).Results;

    private static bool IsActedOn(string detailType, string source)
    {
        var message = source == "hook" ? Notification(detailType) : new JsonObject
        {
            ["source"] = source, ["detail-type"] = detailType, ["time"] = "2026-01-01T00:00:00Z",
            ["detail"] = new JsonObject
            {
                ["instance-id"] = "i-0123456789abcdef0", ["state"] = "shutting-down", ["EC2InstanceId"] = "i-0123456789abcdef0",
                ["LifecycleTransition"] = "autoscaling:EC2_INSTANCE_TERMINATING", ["LifecycleHookName"] = "target-drain",
                ["AutoScalingGroupName"] = "web", ["LifecycleActionToken"] = "87654321-4321-4321-4321-210987654321",
            },
        };
        var reader = new EventReader(new DrainOptions { QueueUrl = "https://queue" }, new VirtualClock());
        return Assert.Single(reader.Read(message.ToJsonString(), FunctionLocation.Unknown)) is ParsedMessage.Notice;
    }

    /// <param name="named">As the first column has it: a transition, or the value of Event.</param>
    private static JsonObject Notification(string named) => new()
    {
        [named is "autoscaling:TEST_NOTIFICATION" or "autoscaling:EC2_INSTANCE_TERMINATE" ? "Event" : "LifecycleTransition"] = named,
        ["LifecycleHookName"] = "target-drain", ["AutoScalingGroupName"] = "web", ["EC2InstanceId"] = "i-0123456789abcdef0",
        ["LifecycleActionToken"] = "87654321-4321-4321-4321-210987654321", ["Time"] = "2026-01-01T00:00:00Z",
    };

    private static IEnumerable<(string DetailType, string Source)> Kinds() => EventKind.All.Select(kind => (kind.DetailType, kind.Source));
}
