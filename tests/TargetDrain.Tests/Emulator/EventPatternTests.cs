using System.Text.Json.Nodes;
using TargetDrain.Emulator.Events;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class EventPatternTests
{
    private const string Event = """
        {"source":"aws.autoscaling","detail-type":"EC2 Instance-terminate Lifecycle Action","resources":["arn:a","arn:b"],
         "detail":{"LifecycleHookName":"target-drain","n":5,"ok":true,"none":null,"empty":[],"deep":{"list":[{"k":"v1"},{"k":"v2"}]}}}
        """;

    [Theory]
    [InlineData("""{"source":["aws.autoscaling"]}""", true)]
    [InlineData("""{"source":["aws.ec2","aws.autoscaling"],"detail-type":["EC2 Instance-terminate Lifecycle Action"]}""", true)]
    [InlineData("""{"source":["aws.autoscaling"],"detail-type":["Other"]}""", false)]
    [InlineData("""{"resources":["arn:b"]}""", true)]
    [InlineData("""{"resources":["arn:c"]}""", false)]
    [InlineData("""{"detail":{"LifecycleHookName":[{"prefix":"target-"}]}}""", true)]
    [InlineData("""{"detail":{"LifecycleHookName":[{"prefix":{"equals-ignore-case":"TARGET-"}}]}}""", true)]
    [InlineData("""{"detail":{"LifecycleHookName":[{"suffix":"-drain"}]}}""", true)]
    [InlineData("""{"detail":{"LifecycleHookName":[{"equals-ignore-case":"Target-Drain"}]}}""", true)]
    [InlineData("""{"detail":{"LifecycleHookName":[{"wildcard":"t*-dr*n"}]}}""", true)]
    [InlineData("""{"detail":{"LifecycleHookName":[{"wildcard":"t*-dr"}]}}""", false)]
    [InlineData("""{"detail":{"LifecycleHookName":[{"anything-but":"other"}]}}""", true)]
    [InlineData("""{"detail":{"LifecycleHookName":[{"anything-but":["other","target-drain"]}]}}""", false)]
    [InlineData("""{"detail":{"LifecycleHookName":[{"anything-but":{"prefix":"target"}}]}}""", false)]
    [InlineData("""{"detail":{"absent":[{"anything-but":"x"}]}}""", false)]
    [InlineData("""{"detail":{"absent":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"absent":["x",{"exists":false}]}}""", true)]
    [InlineData("""{"nowhere":{"absent":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"n":[{"exists":true}]}}""", true)]
    [InlineData("""{"detail":{"n":[{"exists":false}]}}""", false)]
    [InlineData("""{"detail":{"n":[5]}}""", true)]
    [InlineData("""{"detail":{"n":["5"]}}""", false)]
    [InlineData("""{"detail":{"n":[{"numeric":[">",4,"<=",5]}]}}""", true)]
    [InlineData("""{"detail":{"n":[{"numeric":[">",5]}]}}""", false)]
    [InlineData("""{"detail":{"ok":[true],"none":[null]}}""", true)]
    [InlineData("""{"detail":{"empty":[{"exists":true}]}}""", false)]
    [InlineData("""{"detail":{"deep":{"list":{"k":["v2"]}}}}""", true)]
    [InlineData("""{"$or":[{"source":["x"]},{"detail":{"n":[5]}}]}""", true)]
    [InlineData("""{"$or":[{"source":["x"]},{"detail":{"n":[6]}}]}""", false)]
    public void Matches_as_EventBridge_does(string pattern, bool expected) =>
        Assert.Equal(expected, EventPattern.Parse(pattern).Matches(JsonNode.Parse(Event)!.AsObject()));

    [Theory]
    [InlineData("""{"source":"aws.ec2"}""", "\"source\" must be an object or an array")]
    [InlineData("""{"detail":{"x":[]}}""", "detail.x")]
    [InlineData("""{"detail":{"x":[{"sounds-like":"y"}]}}""", "sounds-like")]
    [InlineData("""{}""", "Empty objects")]
    [InlineData("""[]""", "not an object")]
    [InlineData("""{""", "")]
    public void A_pattern_that_is_wrong_says_where(string pattern, string words)
    {
        var error = Assert.Throws<AwsErrorException>(() => EventPattern.Parse(pattern));
        Assert.Equal("InvalidEventPatternException", error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
