using TargetDrain.Lifecycle;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests;

public sealed class DrainOptionsTests
{
    private static readonly Dictionary<string, string> Least = new() { ["QUEUE_URL"] = "https://sqs.us-east-1.amazonaws.com/123456789012/drain" };

    [Fact]
    public void Needs_nothing_but_the_queue()
    {
        var options = Read(Least);

        Assert.Equal(["target-drain"], options.LifecycleHookNames);
        Assert.Equal(["shutting-down"], options.InstanceStates);
        Assert.False(options.DryRun);
        Assert.Equal(ActionResult.Continue, options.Results[DrainOutcome.TimedOut]);
        Assert.Equal(ActionResult.Leave, options.Results[DrainOutcome.GaveUp]);
    }

    [Fact]
    public void Tells_everything_that_is_wrong_at_once_with_value_and_what_is_allowed()
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(new()
        {
            ["DRY_RUN"] = "perhaps",
            ["CHECK_INTERVAL_SECONDS"] = "0",
            ["NLB_MINIMUM_WAIT_SECONDS"] = "901",
            ["FINAL_LOOK"] = "none",
            ["MAX_EVENT_AGE_SECONDS"] = "59",
            ["URGENT_QUEUE_URL"] = "urgent",
            ["INSTANCE_STATES"] = "shutting-down,asleep",
            ["RESULT_TIMED_OUT"] = "GIVE_UP",
            ["TARGET_GROUP_TAG"] = "=x",
            ["TARGET_GROUP_TAG_MODE"] = "never",
            ["LIFECYCLE_HOOK_NAMES"] = " , ",
            ["EVENT_ACCOUNTS"] = "1234",
            ["EVENT_REGIONS"] = "Ireland",
            ["TARGET_GROUP_NAMES"] = "web_*",
            ["VPC_IDS"] = "vpc-0a1b2c3d,main",
        }));

        Assert.Equal(16, error.Message.Split(". ").Length);
        Assert.Contains("QUEUE_URL is missing; it must be the URL of the queue that feeds this function", error.Message, StringComparison.Ordinal);
        Assert.Contains("DRY_RUN is 'perhaps'; allowed is true or false", error.Message, StringComparison.Ordinal);
        Assert.Contains("CHECK_INTERVAL_SECONDS is '0'; allowed is a whole number from 1 to 900", error.Message, StringComparison.Ordinal);
        Assert.Contains("NLB_MINIMUM_WAIT_SECONDS is '901'; allowed is a whole number from 0 to 900", error.Message, StringComparison.Ordinal);
        Assert.Contains("FINAL_LOOK is 'none'; allowed is full or known", error.Message, StringComparison.Ordinal);
        Assert.Contains("MAX_EVENT_AGE_SECONDS is '59'; allowed is a whole number from 60 to 86400", error.Message, StringComparison.Ordinal);
        Assert.Contains("URGENT_QUEUE_URL is 'urgent'; allowed is the URL of the queue for urgent messages", error.Message, StringComparison.Ordinal);
        Assert.Contains("INSTANCE_STATES is 'shutting-down,asleep'", error.Message, StringComparison.Ordinal);
        Assert.Contains("RESULT_TIMED_OUT is 'GIVE_UP'; allowed is CONTINUE, ABANDON, or LEAVE", error.Message, StringComparison.Ordinal);
        Assert.Contains("TARGET_GROUP_TAG is '=x'", error.Message, StringComparison.Ordinal);
        Assert.Contains("TARGET_GROUP_TAG_MODE is 'never'; allowed is only or except", error.Message, StringComparison.Ordinal);
        Assert.Contains("LIFECYCLE_HOOK_NAMES is ','; allowed is a comma-separated list of at least one hook name, with * and ? as wildcards", error.Message, StringComparison.Ordinal);
        Assert.Contains("EVENT_ACCOUNTS is '1234'; allowed is a comma-separated list of account ids, 12 digits each", error.Message, StringComparison.Ordinal);
        Assert.Contains("EVENT_REGIONS is 'Ireland'; allowed is a comma-separated list of regions", error.Message, StringComparison.Ordinal);
        Assert.Contains("TARGET_GROUP_NAMES is 'web_*'; allowed is a comma-separated list of names", error.Message, StringComparison.Ordinal);
        Assert.Contains("VPC_IDS is 'vpc-0a1b2c3d,main'; allowed is a comma-separated list of VPC ids", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_an_empty_variable_for_one_that_is_not_set()
    {
        Assert.Equal(["target-drain"], Read(new(Least) { ["LIFECYCLE_HOOK_NAMES"] = " " }).LifecycleHookNames);
    }

    [Fact]
    public void Reads_a_tag_as_a_key_or_as_key_and_value()
    {
        Assert.Equal((new TagFilter("drain", null), false), Scope(new(Least) { ["TARGET_GROUP_TAG"] = "drain" }));
        Assert.Equal((new TagFilter("drain", "no"), true), Scope(new(Least) { ["TARGET_GROUP_TAG"] = "drain=no", ["TARGET_GROUP_TAG_MODE"] = "except" }));

        static (TagFilter?, bool) Scope(Dictionary<string, string> variables) => Read(variables) is var options ? (options.TargetGroupTag, options.TargetGroupTagExcludes) : default;
    }

    [Fact]
    public void Reads_an_instances_tag_the_same_way()
    {
        Assert.Null(Read(Least).InstanceTag);
        Assert.Equal(new TagFilter("drain", null), Read(new(Least) { ["INSTANCE_TAG"] = "drain" }).InstanceTag);
        Assert.Equal(new TagFilter("drain", "a=b"), Read(new(Least) { ["INSTANCE_TAG"] = "drain = a=b" }).InstanceTag);
        Assert.Contains("INSTANCE_TAG is '=x'", Assert.Throws<ConfigurationException>(() => Read(new(Least) { ["INSTANCE_TAG"] = "=x" })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("target-drain", "target-drain", true)]
    [InlineData("target-drain", "Target-Drain", false)]
    [InlineData("target-drain", "target-drain-2", false)]
    [InlineData("web-*-drain", "web-blue-drain", true)]
    [InlineData("web-*-drain", "web--drain", true)]
    [InlineData("web-*-drain", "web-blue-drain-2", false)]
    [InlineData("web-*-drain", "my-web-blue-drain", false)]
    [InlineData("drain-?", "drain-1", true)]
    [InlineData("drain-?", "drain-", false)]
    [InlineData("drain-?", "drain-12", false)]
    [InlineData("ship-logs, web-*", "web-1", true)]
    [InlineData("ship-logs, web-*", "ship-logs", true)]
    [InlineData("ship-logs, web-*", "app-1", false)]
    [InlineData("*", "team/any_Hook-1", true)]
    public void A_hook_is_ours_when_one_of_the_patterns_matches_all_of_its_name(string patterns, string name, bool isOurs) =>
        Assert.Equal(isOurs, Read(new(Least) { ["LIFECYCLE_HOOK_NAMES"] = patterns }).IsOurs(name));

    [Theory]
    [InlineData("web drain")]
    [InlineData("web.*")]
    [InlineData("web-[12]")]
    [InlineData("web\\*")]
    public void A_hook_pattern_has_only_what_a_name_may_have_and_wildcards(string patterns) =>
        Assert.Contains(
            "LIFECYCLE_HOOK_NAMES is '",
            Assert.Throws<ConfigurationException>(() => Read(new(Least) { ["LIFECYCLE_HOOK_NAMES"] = patterns })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, false)]
    [InlineData("full", false)]
    [InlineData("known", true)]
    public void The_last_look_is_a_full_one_unless_told_otherwise(string? value, bool isNarrow) =>
        Assert.Equal(isNarrow, Read(value is null ? Least : new(Least) { ["FINAL_LOOK"] = value }).FinalLookIsNarrow);

    [Theory]
    [InlineData(null, 120)]
    [InlineData("0", 0)]
    [InlineData("900", 900)]
    public void Network_load_balancers_are_given_their_least_wait(string? value, int seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds), Read(value is null ? Least : new(Least) { ["NLB_MINIMUM_WAIT_SECONDS"] = value }).NetworkMinimumWait);

    private static DrainOptions Read(Dictionary<string, string> variables) =>
        DrainOptions.FromEnvironment(name => variables.GetValueOrDefault(name));
}
