using System.Text.Json.Nodes;
using TargetDrain.Emulator.Clock;
using TargetDrain.Events;
using Xunit;

namespace TargetDrain.Tests.Events;

public sealed class EventReaderTests
{
    private const string Id = "i-0123456789abcdef0";
    private const string Token = "87654321-4321-4321-4321-210987654321";

    private static readonly FunctionLocation Home = new("123456789012", "us-east-1");

    private static readonly DrainOptions Options = new() { QueueUrl = "https://queue" };

    [Fact]
    public void A_terminate_lifecycle_action_is_a_notice_with_the_action()
    {
        var notice = Notice(Lifecycle());

        Assert.Equal(
            new TerminationNotice(
                Id, TerminationReason.LifecycleHook, At("2026-01-01T12:00:00.5Z"),
                new LifecycleAction("web", "target-drain", Token, At("2026-01-01T12:00:00.5Z")),
                TerminationCertainty.Announced),
            notice);
    }

    [Fact]
    public void A_return_to_the_warm_pool_is_told_apart() =>
        Assert.Equal(TerminationReason.WarmPoolReturn, Notice(Lifecycle(detail => detail["Destination"] = "WarmPool")).Reason);

    [Fact]
    public void Hooks_that_are_not_ours_are_ignored() =>
        Assert.Equal("other hook", Ignored(Lifecycle(detail => detail["LifecycleHookName"] = "backup")).Kind);

    [Fact]
    public void A_launch_is_never_ours() =>
        Assert.Equal("other transition", Ignored(Lifecycle(detail => detail["LifecycleTransition"] = "autoscaling:EC2_INSTANCE_LAUNCHING")).Kind);

    [Theory]
    [InlineData("shutting-down", true)]
    [InlineData("stopping", false)]
    [InlineData("running", false)]
    public void Of_state_changes_only_the_configured_ones_count(string state, bool counts)
    {
        var body = Event("aws.ec2", "EC2 Instance State-change Notification", new() { ["instance-id"] = Id, ["state"] = state });

        if (counts) Assert.Equal(TerminationReason.StateChange, Notice(body).Reason);
        else Assert.Equal("other state", Ignored(body).Kind);
    }

    [Theory]
    [InlineData("terminate", true)]
    [InlineData("stop", false)]
    [InlineData("hibernate", false)]
    public void A_spot_warning_counts_whatever_follows_and_its_malformed_arn_does_no_harm(string action, bool ends)
    {
        var body = Event("aws.ec2", "EC2 Spot Instance Interruption Warning", new() { ["instance-id"] = Id, ["instance-action"] = action });
        body["resources"] = new JsonArray("arn:aws:ec2:us-east-1b:instance/i-ffffffffffffffff0");

        Assert.Equal(new TerminationNotice(
            Id, TerminationReason.SpotInterruption, At("2026-01-01T12:00:00.5Z"),
            Certainty: ends ? TerminationCertainty.Announced : TerminationCertainty.Reversible), Notice(body));
    }

    [Fact]
    public void Only_what_ends_in_a_termination_says_so()
    {
        Assert.Equal(TerminationCertainty.Reversible, Notice(Lifecycle(detail => detail["Destination"] = "WarmPool")).Certainty);
        Assert.Equal(TerminationCertainty.Final, Notice(State("shutting-down")).Certainty);
        Assert.Equal(TerminationCertainty.Reversible, Notice(State("stopped"), Options with { InstanceStates = new HashSet<string> { "stopped" } }).Certainty);

        static JsonObject State(string state) =>
            Event("aws.ec2", "EC2 Instance State-change Notification", new() { ["instance-id"] = Id, ["state"] = state });
    }

    [Fact]
    public void A_rebalance_recommendation_counts_only_when_switched_on()
    {
        var body = Event("aws.ec2", "EC2 Instance Rebalance Recommendation", new() { ["instance-id"] = Id });

        Assert.Equal("rebalance", Ignored(body).Kind);
        Assert.Equal(TerminationReason.RebalanceRecommendation, Notice(body, Options with { DrainOnRebalance = true }).Reason);
    }

    [Fact]
    public void A_finished_termination_counts_only_when_switched_on()
    {
        var body = Event("aws.autoscaling", "EC2 Instance Terminate Successful", new() { ["EC2InstanceId"] = Id });

        Assert.Equal("terminate successful", Ignored(body).Kind);
        Assert.Equal(TerminationReason.TerminateSuccessful, Notice(body, Options with { DrainOnTerminateSuccessful = true }).Reason);
    }

    [Fact]
    public void An_operator_can_ask_for_a_drain() =>
        Assert.Equal(
            TerminationReason.OperatorRequest,
            Notice(Event("target-drain", "Drain Instance", new() { ["instance-id"] = Id })).Reason);

    [Fact]
    public void Health_announcements_are_never_acted_on() =>
        Assert.Equal("health", Ignored(Event("aws.health", "AWS Health Event", new() { ["service"] = "EC2" })).Kind);

    [Theory]
    [InlineData("aws.s3", "Object Created")]
    [InlineData("aws.ec2", "EC2 Instance-terminate Lifecycle Action")]
    [InlineData("somebody", "Drain Instance")]
    public void Unknown_kinds_are_ignored(string source, string detailType) =>
        Assert.Equal("unknown", Ignored(Event(source, detailType, [])).Kind);

    [Fact]
    public void The_hooks_own_notification_says_the_same() =>
        Assert.Equal(
            new LifecycleAction("web", "target-drain", Token, At("2026-01-01T12:00:00.183Z")),
            Notice(Flat()).Action);

    [Fact]
    public void The_hooks_notification_may_come_wrapped_by_sns() =>
        Assert.Equal(Id, Notice(new JsonObject { ["Type"] = "Notification", ["Message"] = Flat().ToJsonString() }).InstanceId);

    [Theory]
    [InlineData("Event")]
    [InlineData("LifecycleTransition")]
    public void A_test_notification_is_ignored(string member) =>
        Assert.Equal("test notification", Ignored(new JsonObject { [member] = "autoscaling:TEST_NOTIFICATION", ["AutoScalingGroupName"] = "web" }).Kind);

    [Fact]
    public void A_notification_configurations_message_is_ignored()
    {
        var body = new JsonObject
        {
            ["Event"] = "autoscaling:EC2_INSTANCE_TERMINATE", ["EC2InstanceId"] = Id, ["AutoScalingGroupName"] = "web", ["Time"] = "2026-01-01T12:00:00Z",
        };

        Assert.Equal("group notification", Ignored(body).Kind);
    }

    [Theory]
    [InlineData("EC2InstanceId", null, "detail.EC2InstanceId: is missing")]
    [InlineData("EC2InstanceId", "i-12\n34", "detail.EC2InstanceId: is 'i-12?34'")]
    [InlineData("EC2InstanceId", "vol-1234", "allowed is 'i-' and hexadecimal digits")]
    [InlineData("LifecycleActionToken", null, "detail.LifecycleActionToken: is missing")]
    [InlineData("LifecycleActionToken", "short", "detail.LifecycleActionToken: has 5 characters")]
    [InlineData("AutoScalingGroupName", " ", "detail.AutoScalingGroupName: is missing or empty")]
    [InlineData("LifecycleHookName", null, "detail.LifecycleHookName: is missing")]
    [InlineData("LifecycleTransition", null, "detail.LifecycleTransition: is missing")]
    public void A_malformed_lifecycle_action_is_refused_by_field(string field, string? value, string error)
    {
        var exception = Assert.Throws<MalformedMessageException>(() => Read(Lifecycle(detail => detail[field] = value)));

        Assert.Contains(error, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "$: is not JSON")]
    [InlineData("3", "$: is a JSON Number; allowed is an object")]
    [InlineData("[3]", "$: is a JSON Number; allowed is an object")]
    [InlineData("""{"source":"aws.ec2","detail-type":"EC2 Spot Instance Interruption Warning","time":"2026-01-01T12:00:00Z"}""", "detail: is missing")]
    [InlineData("""{"source":"aws.ec2","detail-type":"EC2 Spot Instance Interruption Warning","detail":{"instance-id":"i-1"}}""", "time: is missing")]
    [InlineData("""{"source":"aws.ec2","detail-type":"EC2 Spot Instance Interruption Warning","time":"yesterday","detail":{}}""", "time: has the wrong JSON type or format")]
    [InlineData("""{"source":"aws.ec2","detail-type":"EC2 Spot Instance Interruption Warning","time":"2026-01-01T12:00:00Z","detail":{"instance-id":7}}""", "detail.instance-id: has the wrong JSON type or format")]
    [InlineData("""{"LifecycleTransition":"autoscaling:EC2_INSTANCE_TERMINATING","LifecycleHookName":"target-drain"}""", "AutoScalingGroupName: is missing")]
    public void What_is_broken_is_refused_by_field(string body, string error) =>
        Assert.Contains(error, Assert.Throws<MalformedMessageException>(() => Reader(Options).Read(body, FunctionLocation.Unknown)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("account", "210987654321", "account: is '210987654321'; allowed are '123456789012', where this function lives, and what EVENT_ACCOUNTS lists")]
    [InlineData("region", "eu-west-1", "region: is 'eu-west-1'; allowed are 'us-east-1', where this function lives, and what EVENT_REGIONS lists")]
    public void An_event_of_elsewhere_is_refused_unless_configured(string field, string elsewhere, string error)
    {
        var body = Event("aws.ec2", "EC2 Spot Instance Interruption Warning", new() { ["instance-id"] = Id });
        body[field] = elsewhere;

        Assert.Contains(error, Assert.Throws<MalformedMessageException>(() => Read(body, home: Home)).Message, StringComparison.Ordinal);
        var options = Options with { EventAccounts = new HashSet<string> { "210987654321" }, EventRegions = new HashSet<string> { "eu-west-1" } };
        Assert.IsType<ParsedMessage.Notice>(Read(body, options, Home));
    }

    [Fact]
    public void A_notification_of_another_account_is_refused()
    {
        var problem = Assert.Throws<MalformedMessageException>(() => Read(Flat(), home: Home));

        Assert.Equal("AccountId", problem.Field);
    }

    [Fact]
    public void What_nobody_acts_on_may_come_from_anywhere()
    {
        var health = Event("aws.health", "AWS Health Event", new() { ["service"] = "EC2" });
        health["account"] = "210987654321";

        Assert.IsType<ParsedMessage.Ignored>(Read(health, home: Home));
    }

    [Fact]
    public void A_person_may_leave_out_all_but_the_instance()
    {
        var body = new JsonObject { ["source"] = "target-drain", ["detail-type"] = "Drain Instance", ["detail"] = new JsonObject { ["instance-id"] = Id } };

        var notice = Assert.IsType<ParsedMessage.Notice>(Read(body, home: Home)).Value;

        Assert.Equal(new TerminationNotice(Id, TerminationReason.OperatorRequest, At("2026-01-02T00:00:00Z")), notice);
    }

    [Fact]
    public void Envelopes_do_not_nest_without_end()
    {
        var body = "{}";
        for (var i = 0; i < 6; i++) body = new JsonObject { ["Message"] = body }.ToJsonString();

        Assert.Contains("nests deeper", Assert.Throws<MalformedMessageException>(() => Reader(Options).Read(body, FunctionLocation.Unknown)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_fields_do_no_harm() =>
        Assert.Equal(Id, Notice(Lifecycle(detail => detail["FieldOfNextYear"] = new JsonArray(1, 2, 3))).InstanceId);

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Five_envelopes_or_arrays_around_an_event_are_opened(int depth, bool isOpened)
    {
        var (wrapped, listed) = (Flat().ToJsonString(), Flat().ToJsonString());
        for (var i = 0; i < depth; i++) (wrapped, listed) = (new JsonObject { ["Message"] = wrapped }.ToJsonString(), $"[{listed}]");

        foreach (var body in new[] { wrapped, listed })
            if (isOpened) Assert.IsType<ParsedMessage.Notice>(Assert.Single(Reader(Options).Read(body, FunctionLocation.Unknown)));
            else Assert.Contains("nests deeper", Assert.Throws<MalformedMessageException>(() => Reader(Options).Read(body, FunctionLocation.Unknown)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_is_found_in_whatever_it_comes_in()
    {
        var flat = Flat();
        JsonObject[] envelopes =
        [
            new() { ["Message"] = flat.ToJsonString() },
            new() { ["body"] = "\uFEFF" + flat.ToJsonString() },
            new() { ["requestContext"] = new JsonObject(), ["requestPayload"] = flat.DeepClone() },
            new() { ["Records"] = new JsonArray(new JsonObject { ["messageId"] = "1", ["eventSource"] = "aws:sqs", ["body"] = flat.ToJsonString() }) },
        ];
        Assert.All(envelopes, body => Assert.Equal(Id, Notice(body).InstanceId));
    }

    [Fact]
    public void A_subscription_needs_somebody_and_what_we_say_ourselves_does_not()
    {
        var subscription = Ignored(new JsonObject { ["Type"] = "SubscriptionConfirmation", ["TopicArn"] = "arn:topic", ["SubscribeURL"] = "https://confirm", ["Message"] = "x" });
        Assert.Equal(("subscription", true), (subscription.Kind, subscription.NeedsSomebody));
        Assert.Contains("https://confirm", subscription.Why, StringComparison.Ordinal);
        var own = Ignored(Event("target-drain", "Drain Completed", []));
        Assert.Equal(("own event", false), (own.Kind, own.NeedsSomebody));
        Assert.Equal("unknown", Ignored(Event("somebody", "Drain Completed", [])).Kind);
    }

    [Fact]
    public void A_time_that_is_left_out_is_when_it_was_sent_for_a_person_and_a_hook_alone()
    {
        var sent = At("2026-01-01T15:00:00Z");
        var drain = new JsonObject { ["source"] = "target-drain", ["detail-type"] = "Drain Instance", ["detail"] = new JsonObject { ["instance-id"] = Id } };
        var flat = Flat();
        flat.Remove("Time");
        foreach (var body in new[] { drain, flat })
            Assert.Equal(sent, Assert.IsType<ParsedMessage.Notice>(Assert.Single(Reader(Options).Read(body.ToJsonString(), FunctionLocation.Unknown, sent))).Value.Time);

        drain["time"] = "2026-01-01T12:00:00Z";
        Assert.Equal(At("2026-01-01T12:00:00Z"), Notice(drain).Time);
        var spot = Event("aws.ec2", "EC2 Spot Instance Interruption Warning", new() { ["instance-id"] = Id });
        spot.Remove("time");
        Assert.Equal("time", Assert.Throws<MalformedMessageException>(() => Read(spot)).Field);
    }

    [Fact]
    public void Several_instances_may_be_asked_for_at_once_and_each_id_is_checked()
    {
        var body = Event("target-drain", "Drain Instance", new() { ["instance-ids"] = new JsonArray(Id, "i-1") });
        Assert.Equal([Id, "i-1"], Reader(Options).Read(body.ToJsonString(), FunctionLocation.Unknown).Select(one => Assert.IsType<ParsedMessage.Notice>(one).Value.InstanceId));

        body = Event("target-drain", "Drain Instance", new() { ["instance-ids"] = new JsonArray(Id, "web") });
        Assert.Equal("detail.instance-ids", Assert.Throws<MalformedMessageException>(() => Read(body)).Field);
        Assert.Equal("detail.instance-id", Assert.Throws<MalformedMessageException>(() => Read(Event("target-drain", "Drain Instance", new() { ["instance-ids"] = new JsonArray() }))).Field);
        Assert.Equal(Id, Notice(Event("target-drain", "Drain Instance", new() { ["instance-id"] = Id, ["instance-ids"] = new JsonArray("web") })).InstanceId);
    }

    [Fact]
    public void What_comes_before_an_instance_can_come_back_says_so()
    {
        Assert.Equal(
            (TerminationReason.RootVolumeReplacement, TerminationCertainty.Reversible),
            (Notice(Lifecycle(detail => detail["Action"] = "ReplaceRootVolume")).Reason, Notice(Lifecycle(detail => detail["Action"] = "ReplaceRootVolume")).Certainty));
        var terminated = Event("aws.ec2", "EC2 Instance State-change Notification", new() { ["instance-id"] = Id, ["state"] = "terminated" });
        Assert.Equal(TerminationCertainty.Final, Notice(terminated, Options with { InstanceStates = new HashSet<string> { "terminated" } }).Certainty);
    }

    [Theory]
    [InlineData("aws.events", "Scheduled Event")]
    [InlineData("target-drain", "Reconcile")]
    public void A_tick_is_one_where_the_reconciler_is_on(string source, string detailType)
    {
        Assert.IsType<ParsedMessage.Reconcile>(Read(Event(source, detailType, []), Options with { ReconcileQueueUrl = "https://queue.fifo" }));
        Assert.Equal("reconcile", Ignored(Event(source, detailType, [])).Kind);
    }

    [Fact]
    public void Half_of_a_character_is_no_text_wherever_it_stands()
    {
        foreach (var body in new[] { """{"Message":"\ud800"}""", "{\"Message\":\"\ud800\"}", """{"detail-type":"\ud800","source":"x"}""" })
            Assert.Equal("$", Assert.Throws<MalformedMessageException>(() => Reader(Options).Read(body, FunctionLocation.Unknown)).Field);
    }

    [Fact]
    public void What_names_neither_account_nor_region_or_comes_where_nobody_knows_passes()
    {
        var body = Event("aws.ec2", "EC2 Spot Instance Interruption Warning", new() { ["instance-id"] = Id });
        body["account"] = "210987654321";
        Assert.IsType<ParsedMessage.Notice>(Read(body));
        Assert.IsType<ParsedMessage.Notice>(Read(body, home: new FunctionLocation(null, "us-east-1")));
        body.Remove("account");
        body["region"] = "";
        Assert.IsType<ParsedMessage.Notice>(Read(body, home: Home));
    }

    private static JsonObject Lifecycle(Action<JsonObject>? change = null)
    {
        var detail = new JsonObject
        {
            ["LifecycleActionToken"] = Token, ["AutoScalingGroupName"] = "web", ["LifecycleHookName"] = "target-drain",
            ["EC2InstanceId"] = Id, ["LifecycleTransition"] = "autoscaling:EC2_INSTANCE_TERMINATING",
        };
        change?.Invoke(detail);
        return Event("aws.autoscaling", "EC2 Instance-terminate Lifecycle Action", detail);
    }

    private static JsonObject Flat() => new()
    {
        ["LifecycleHookName"] = "target-drain", ["AccountId"] = "111122223333", ["LifecycleTransition"] = "autoscaling:EC2_INSTANCE_TERMINATING",
        ["AutoScalingGroupName"] = "web", ["Service"] = "AWS Auto Scaling", ["Time"] = "2026-01-01T12:00:00.183Z",
        ["EC2InstanceId"] = Id, ["LifecycleActionToken"] = Token,
    };

    private static JsonObject Event(string source, string detailType, JsonObject detail) => new()
    {
        ["version"] = "0", ["source"] = source, ["detail-type"] = detailType, ["account"] = "123456789012", ["region"] = "us-east-1",
        ["time"] = "2026-01-01T12:00:00.5Z", ["resources"] = new JsonArray(), ["detail"] = detail,
    };

    private static ParsedMessage Read(JsonObject body, DrainOptions? options = null, FunctionLocation? home = null) =>
        Assert.Single(Reader(options ?? Options).Read(body.ToJsonString(), home ?? FunctionLocation.Unknown));

    private static EventReader Reader(DrainOptions options) => new(options, new VirtualClock(At("2026-01-02T00:00:00Z")));

    private static TerminationNotice Notice(JsonObject body, DrainOptions? options = null) => Assert.IsType<ParsedMessage.Notice>(Read(body, options)).Value;

    private static ParsedMessage.Ignored Ignored(JsonObject body) => Assert.IsType<ParsedMessage.Ignored>(Read(body));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
