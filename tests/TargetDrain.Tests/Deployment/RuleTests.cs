using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TargetDrain.Emulator.Events;
using TargetDrain.Events;
using Xunit;

namespace TargetDrain.Tests.Deployment;

public sealed class RuleTests
{
    // A rule, the sample that must come through it, and what the function makes of that.
    public static TheoryData<string, string, string> Ways => new()
    {
        { "LifecycleRule", "lifecycle-terminating", nameof(TerminationReason.LifecycleHook) },
        { "LifecycleRule", "lifecycle-warm-pool", nameof(TerminationReason.WarmPoolReturn) },
        { "LifecycleRule", "lifecycle-root-volume", nameof(TerminationReason.RootVolumeReplacement) },
        { "SpotRule", "spot-interruption", nameof(TerminationReason.SpotInterruption) },
        { "StateChangeRule", "state-change", nameof(TerminationReason.StateChange) },
        { "RebalanceRule", "rebalance-recommendation", nameof(TerminationReason.RebalanceRecommendation) },
        { "TerminateSuccessfulRule", "terminate-successful", nameof(TerminationReason.TerminateSuccessful) },
        { "OperatorRule", "drain-instance", nameof(TerminationReason.OperatorRequest) },
    };

    [Theory, MemberData(nameof(Ways))]
    public void An_event_comes_through_its_own_rule_and_no_other_and_is_understood(string rule, string sample, string reason)
    {
        var body = Samples.Text(sample);

        Assert.Equal([rule], RulesThatMatch(Stack.WithAllEvents, body));
        var notice = Assert.IsType<ParsedMessage.Notice>(Assert.Single(new EventReader(Stack.WithAllEvents.Options, TimeProvider.System).Read(body, FunctionLocation.Unknown))).Value;
        Assert.Equal(reason, notice.Reason.ToString());
    }

    [Fact]
    public void Every_reason_has_its_way_in() =>
        Assert.Equal(Enum.GetNames<TerminationReason>().Order(), Ways.Select(way => way.Data.Item3).Order());

    [Fact]
    public void Every_kind_of_event_that_is_acted_on_has_a_rule()
    {
        var kinds = EventKind.All.Where(kind => kind != EventKind.Health && kind != EventKind.Schedule && kind != EventKind.ReconcileNow).Select(kind => $"{kind.Source}: {kind.DetailType}");
        var rules = Rules(Stack.WithAllEvents)
            .Select(rule => rule.Properties["EventPattern"]!)
            .Select(pattern => $"{Assert.Single(pattern["source"].Texts())}: {Assert.Single(pattern["detail-type"].Texts())}");

        Assert.Equal(kinds.Order(), rules.Order());
    }

    [Theory]
    [InlineData("health")]
    [InlineData("drain-completed")]
    [InlineData("drain-gave-up")]
    [InlineData("orphan-found")]
    [InlineData("lifecycle-other-hook")]
    [InlineData("notification")]
    public void What_is_not_acted_on_is_not_even_delivered(string sample) =>
        Assert.Empty(RulesThatMatch(Stack.WithAllEvents, Samples.Text(sample)));

    [Fact]
    public void Events_of_other_accounts_are_not_delivered() =>
        Assert.All(Ways, way => Assert.Empty(RulesThatMatch(
            Stack.WithAllEvents, Samples.Text(way.Data.Item2).Replace(Stack.Account, "999999999999", StringComparison.Ordinal))));

    [Fact]
    public void Rule_and_function_know_the_same_hooks()
    {
        var stack = new Stack(("LifecycleHookNames", "ship-logs, target-drain"));

        Assert.Equal(["LifecycleRule"], RulesThatMatch(stack, Samples.Text("lifecycle-other-hook")));
        Assert.Equal(["LifecycleRule"], RulesThatMatch(stack, Samples.Text("lifecycle-terminating")));
        Assert.Equal(["ship-logs", "target-drain"], stack.Options.LifecycleHookNames.Order());
    }

    [Theory]
    [InlineData("target-*", "lifecycle-terminating", true)]
    [InlineData("*-drain", "lifecycle-terminating", true)]
    [InlineData("target-*", "lifecycle-other-hook", false)]
    public void Rule_and_function_match_the_same_pattern(string pattern, string sample, bool matches)
    {
        var stack = new Stack(("LifecycleHookPattern", pattern));
        var body = Samples.Text(sample);

        Assert.Equal(matches ? ["LifecycleRule"] : [], RulesThatMatch(stack, body));
        Assert.Equal(matches, stack.Options.IsOurs(JsonNode.Parse(body)!["detail"]!["LifecycleHookName"].Text()));
    }

    [Fact]
    public void Rule_and_function_know_the_same_states()
    {
        var stack = new Stack(("InstanceStates", "stopping,terminated"));

        Assert.Equal(stack.Options.InstanceStates.Order(), stack.Properties("StateChangeRule")["EventPattern"]!["detail"]!["state"].Texts().Order());
    }

    [Fact]
    public void By_default_it_acts_on_what_surely_ends_an_instance() =>
        Assert.Equal(["LifecycleRule", "SpotRule", "StateChangeRule"], Enabled(new Stack()));

    [Theory]
    [InlineData("DrainOnRebalance", "RebalanceRule")]
    [InlineData("DrainOnTerminateSuccessful", "TerminateSuccessfulRule")]
    [InlineData("OperatorRequests", "OperatorRule")]
    public void The_rest_is_a_parameter_away(string parameter, string rule) =>
        Assert.Equal([rule], Enabled(new Stack((parameter, "true"))).Except(Enabled(new Stack())));

    [Theory]
    [InlineData("LifecycleEvents")]
    [InlineData("SpotInterruptions")]
    [InlineData("StateChanges")]
    public void And_so_is_doing_without(string parameter) => Assert.Equal(2, Enabled(new Stack((parameter, "false"))).Count());

    [Fact]
    public void Every_rule_has_one_target_its_own_patience_and_the_dead_letter_queue()
    {
        foreach (var (name, rule) in Rules(new Stack()))
        {
            var target = Assert.Single(rule["Targets"]!.AsArray())!;
            Assert.Equal(name is "SpotRule" or "StateChangeRule" ? "UrgentQueue.Arn" : "Queue.Arn", target["Arn"].Text());
            Assert.Equal("DeadLetterQueue.Arn", target["DeadLetterConfig"]!["Arn"].Text());
            // EventBridge's limits.
            Assert.InRange(target["RetryPolicy"]!["MaximumEventAgeInSeconds"].Whole(), 60, 86400);
            Assert.InRange(target["RetryPolicy"]!["MaximumRetryAttempts"].Whole(), 1, 185);
        }
    }

    [Theory]
    [InlineData("5", "rate(5 minutes)", "ENABLED")]
    [InlineData("60", "rate(60 minutes)", "ENABLED")]
    [InlineData("0", "rate(5 minutes)", "DISABLED")]
    public void The_schedule_invokes_the_function_itself(string minutes, string schedule, string state)
    {
        var stack = new Stack(("ReconcileMinutes", minutes));
        var rule = stack.Properties("ReconcileRule");
        var permission = stack.Properties("ReconcilePermission");

        Assert.Equal((schedule, state), (rule["ScheduleExpression"].Text(), rule["State"].Text()));
        Assert.Equal("DrainFunction.Arn", Assert.Single(rule["Targets"]!.AsArray())!["Arn"].Text());
        Assert.Equal(("events.amazonaws.com", "ReconcileRule.Arn"), (permission["Principal"].Text(), permission["SourceArn"].Text()));
    }

    private static IEnumerable<string> RulesThatMatch(Stack stack, string body)
    {
        var envelope = JsonNode.Parse(body)!.AsObject();
        return Rules(stack)
            .Where(rule => EventPattern.Parse(rule.Properties["EventPattern"]!.AsObject()).Matches(envelope))
            .Select(rule => rule.Name);
    }

    private static IEnumerable<string> Enabled(Stack stack) =>
        Rules(stack).Where(rule => rule.Properties["State"].Text() == "ENABLED").Select(rule => rule.Name);

    private static IEnumerable<(string Name, JsonObject Properties)> Rules(Stack stack) =>
        stack.OfType("AWS::Events::Rule").Where(rule => rule.Properties.ContainsKey("EventPattern"));
}
