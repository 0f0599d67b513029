using TargetDrain.Lifecycle;
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

        Assert.Equal(12, error.Problems.Count);
        Assert.Contains("QUEUE_URL is missing; it must be the URL of the queue that feeds this function", error.Message, StringComparison.Ordinal);
        Assert.Contains("DRY_RUN is 'perhaps'; allowed is true or false", error.Message, StringComparison.Ordinal);
        Assert.Contains("CHECK_INTERVAL_SECONDS is '0'; allowed is a whole number from 1 to 900", error.Message, StringComparison.Ordinal);
        Assert.Contains("INSTANCE_STATES is 'shutting-down,asleep'", error.Message, StringComparison.Ordinal);
        Assert.Contains("RESULT_TIMED_OUT is 'GIVE_UP'; allowed is CONTINUE, ABANDON, or LEAVE", error.Message, StringComparison.Ordinal);
        Assert.Contains("TARGET_GROUP_TAG is '=x'", error.Message, StringComparison.Ordinal);
        Assert.Contains("TARGET_GROUP_TAG_MODE is 'never'; allowed is only or except", error.Message, StringComparison.Ordinal);
        Assert.Contains("LIFECYCLE_HOOK_NAMES is ','; allowed is a list with commas of at least one name", error.Message, StringComparison.Ordinal);
        Assert.Contains("EVENT_ACCOUNTS is '1234'; allowed is a list with commas of account ids, 12 digits each", error.Message, StringComparison.Ordinal);
        Assert.Contains("EVENT_REGIONS is 'Ireland'; allowed is a list with commas of regions", error.Message, StringComparison.Ordinal);
        Assert.Contains("TARGET_GROUP_NAMES is 'web_*'; allowed is a list with commas of names", error.Message, StringComparison.Ordinal);
        Assert.Contains("VPC_IDS is 'vpc-0a1b2c3d,main'; allowed is a list with commas of VPC ids", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_an_empty_variable_for_one_that_is_not_set()
    {
        Assert.Equal(["target-drain"], Read(new(Least) { ["LIFECYCLE_HOOK_NAMES"] = " " }).LifecycleHookNames);
    }

    [Fact]
    public void Reads_a_tag_as_a_key_or_as_key_and_value()
    {
        Assert.Equal(new TargetGroupTag("drain", null, TagMode.Only), Read(new(Least) { ["TARGET_GROUP_TAG"] = "drain" }).TargetGroupTag);
        Assert.Equal(
            new TargetGroupTag("drain", "no", TagMode.Except),
            Read(new(Least) { ["TARGET_GROUP_TAG"] = "drain=no", ["TARGET_GROUP_TAG_MODE"] = "except" }).TargetGroupTag);
    }

    private static DrainOptions Read(Dictionary<string, string> variables) =>
        DrainOptions.FromEnvironment(name => variables.GetValueOrDefault(name));
}
