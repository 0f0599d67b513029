using Amazon.EC2.Model;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class InstanceScopeTests
{
    [Theory]
    [InlineData("target-drain", "ignore", false)]
    [InlineData("target-drain", "IGNORE", false)]
    [InlineData("target-drain", "no", true)]
    [InlineData("target-drain", null, true)]
    [InlineData("Target-Drain", "ignore", true)]
    [InlineData("other", "ignore", true)]
    public void All_but_those_whose_tag_says_so(string key, string? value, bool isIn) => Assert.Equal(isIn, IsIn(new(), (key, value)));

    [Theory]
    [InlineData("drain", null, "drain", "anything", true)]
    [InlineData("drain", null, "drain", null, true)]
    [InlineData("drain", null, "other", "anything", false)]
    [InlineData("drain", "yes", "drain", "yes", true)]
    [InlineData("drain", "yes", "drain", "no", false)]
    [InlineData("drain", "", "drain", null, true)]
    public void Or_only_those_with_a_tag(string key, string? value, string itsKey, string? itsValue, bool isIn) =>
        Assert.Equal(isIn, IsIn(new() { InstanceTag = new TagFilter(key, value) }, ("Name", "x"), (itsKey, itsValue)));

    [Theory]
    [InlineData("web-*", "web-1", null, true)]
    [InlineData("web-*", "api-1", null, false)]
    [InlineData("web-*", "api-1", "web-2", true)]
    [InlineData("web-*", null, "web-2", true)]
    [InlineData("web-*", null, null, false)]
    [InlineData("Web-*", "web-1", null, false)]
    public void Or_only_those_of_some_groups_as_the_tag_or_a_message_names_them(string pattern, string? tag, string? told, bool isIn)
    {
        var options = new DrainOptions { AutoScalingGroupNames = new HashSet<string> { "backup", pattern } };
        var instance = Instance(tag is null ? [] : [("aws:autoscaling:groupName", tag)]);

        Assert.Equal(isIn, new InstanceScope(options).WhyNot(instance, told is null ? [] : [told]) is null);
    }

    [Fact]
    public void The_opt_out_goes_before_everything_and_the_tag_before_the_group()
    {
        var options = new DrainOptions { InstanceTag = new TagFilter("drain", "yes"), AutoScalingGroupNames = new HashSet<string> { "web" } };
        Assert.Contains("target-drain says ignore", Why(("target-drain", "ignore")), StringComparison.Ordinal);
        Assert.Contains("drain=yes", Why(("aws:autoscaling:groupName", "web")), StringComparison.Ordinal);
        Assert.Contains("AUTO_SCALING_GROUP_NAMES", Why(("drain", "yes")), StringComparison.Ordinal);

        string? Why(params (string, string?)[] tags) => new InstanceScope(options).WhyNot(Instance(tags), []);
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("drain", "drain", null)]
    [InlineData("drain=yes", "drain", "yes")]
    [InlineData(" drain = yes ", "drain", "yes")]
    [InlineData("drain=a=b", "drain", "a=b")]
    [InlineData("drain=", "drain", "")]
    public void A_tag_is_a_key_or_a_key_and_its_value(string text, string? key, string? value)
    {
        Assert.Equal((key, value), (TagFilter.Parse(text)?.Key, TagFilter.Parse(text)?.Value));
        if (key is not null) Assert.Equal(value is null ? key : $"{key}={value}", $"{TagFilter.Parse(text)}");
    }

    private static bool IsIn(DrainOptions options, params (string Key, string? Value)[] tags) => new InstanceScope(options).WhyNot(Instance(tags), []) is null;

    private static InstanceDescription Instance(params (string Key, string? Value)[] tags) =>
        InstanceDescription.Unknown("i-1") with { Tags = [.. tags.Select(tag => new Tag(tag.Key, tag.Value))] };
}
