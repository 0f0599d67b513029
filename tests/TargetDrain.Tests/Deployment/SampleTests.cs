using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using TargetDrain.Announcements;
using TargetDrain.Events;
using Xunit;

namespace TargetDrain.Tests.Deployment;

public sealed class SampleTests
{
    // In the order of Announcement.DetailTypes.
    private static readonly List<JsonNode> OwnEvents =
        [.. ((IEnumerable<string>)["drain-completed", "drain-gave-up", "orphan-found"]).Select(name => JsonNode.Parse(Samples.Text(name))!)];

    public static TheoryData<string, string> Expected => new()
    {
        { "lifecycle-terminating", "LifecycleHook i-0a4c8e1f2b3d5967a checkout-web/target-drain" },
        { "lifecycle-warm-pool", "WarmPoolReturn i-0c91d7f3e5a84b260 checkout-web/target-drain" },
        { "lifecycle-root-volume", "RootVolumeReplacement i-0c91d7f3e5a84b260 checkout-web/target-drain" },
        { "lifecycle-other-hook", "ignored: other hook" },
        { "broken-lifecycle", "malformed: detail.EC2InstanceId" },
        { "spot-interruption", "SpotInterruption i-0e6d2b9a7f1c48350" },
        { "state-change", "StateChange i-0f7b3c5d9e2a16484" },
        { "rebalance-recommendation", "RebalanceRecommendation i-0e6d2b9a7f1c48350" },
        { "terminate-successful", "TerminateSuccessful i-0b8e4d6f1a2c39570" },
        { "drain-instance", "OperatorRequest i-0d3a5f7c9b1e28640" },
        { "drain-completed", "ignored: own event" },
        { "drain-gave-up", "ignored: own event" },
        { "orphan-found", "ignored: own event" },
        { "health", "ignored: health" },
        { "notification", "LifecycleHook i-02f9e8d7c6b5a4130 search-api/target-drain" },
        { "notification-test", "ignored: test notification" },
        { "notification-configuration", "ignored: group notification" },
        { "sns-lambda", "LifecycleHook i-02f9e8d7c6b5a4130 search-api/target-drain" },
        { "sns-to-sqs", "LifecycleHook i-02f9e8d7c6b5a4130 search-api/target-drain" },
        { "drain-ticket", "ticket i-0c91d7f3e5a84b260" },
        {
            "sqs-batch",
            """
            LifecycleHook i-0a4c8e1f2b3d5967a checkout-web/target-drain
            SpotInterruption i-0e6d2b9a7f1c48350
            LifecycleHook i-02f9e8d7c6b5a4130 search-api/target-drain
            ticket i-0c91d7f3e5a84b260
            ignored: test notification
            malformed: detail.EC2InstanceId
            """
        },
    };

    [Theory, MemberData(nameof(Expected))]
    public void A_sample_is_read_as_what_it_shows(string sample, string expected)
    {
        using var payload = JsonDocument.Parse(Samples.Text(sample));
        var reader = new EventReader(Stack.WithAllEvents.Options, TimeProvider.System);

        Assert.Equal(expected, string.Join('\n', Envelope.Open(payload.RootElement.Clone()).Select(message => Read(reader, message.Body))));
    }

    [Fact]
    public void What_we_say_ourselves_is_shown_as_we_say_it()
    {
        Assert.Equal(Announcement.DetailTypes, OwnEvents.Select(sample => (string?)sample["detail-type"]));
        Assert.All(OwnEvents, sample => Assert.Equal(Announcement.Source, (string?)sample["source"]));
        foreach (var (sample, properties) in OwnEvents.Zip([typeof(DrainEnd).GetProperties(), typeof(DrainEnd).GetProperties(), typeof(FoundOrphan).GetProperties()]))
            Assert.Subset(
                properties.Select(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? "").ToHashSet(),
                sample["detail"]!.AsObject().Select(field => field.Key).ToHashSet());
    }

    [Fact]
    public void Every_sample_is_tested() => Assert.Equal(Samples.Names.Order(), Expected.Select(sample => sample.Data.Item1).Order());

    [Fact]
    public void The_local_invocation_starts_with_a_sample_and_changes_nothing()
    {
        var config = Repository.Text("samconfig.toml");
        var environment = Repository.Text("tests", "samples", "sam-local.json");

        Assert.Contains("event = \"tests/samples/events/spot-interruption.json\"", config, StringComparison.Ordinal);
        Assert.Contains("env_vars = \"tests/samples/sam-local.json\"", config, StringComparison.Ordinal);
        using var variables = JsonDocument.Parse(environment);
        var given = variables.RootElement.GetProperty("DrainFunction").EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString());
        Assert.True(DrainOptions.FromEnvironment(given.GetValueOrDefault).DryRun);
    }

    private static string Read(EventReader reader, string body)
    {
        try
        {
            return Assert.Single(reader.Read(body, FunctionLocation.Unknown)) switch
            {
                ParsedMessage.Notice { Value: { Action: { } action } notice } =>
                    $"{notice.Reason} {notice.InstanceId} {action.GroupName}/{action.HookName}",
                ParsedMessage.Notice { Value: var notice } => $"{notice.Reason} {notice.InstanceId}",
                ParsedMessage.Ticket { Value: var ticket } => $"ticket {ticket.InstanceId}",
                ParsedMessage.Ignored ignored => $"ignored: {ignored.Kind}",
                var other => throw new InvalidOperationException($"{other}"),
            };
        }
        catch (MalformedMessageException exception)
        {
            return $"malformed: {exception.Field}";
        }
    }
}
