using System.Text.Json.Nodes;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Events;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Queues;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class EventPatternRulesTests
{
    private const string FunctionArn = "arn:aws:lambda:eu-west-1:123456789012:function:f";

    private readonly VirtualClock clock = new();
    private readonly List<string> invoked = [];
    private readonly SqsQueue queue;
    private readonly EventBridgeApi api;

    public EventPatternRulesTests()
    {
        var journal = new WorldJournal(clock);
        var queues = new QueueService(clock, journal, "123456789012", "eu-west-1");
        queue = queues.Create("q");
        api = new EventBridgeApi(
            new EventBus(clock, journal, "123456789012", "eu-west-1"),
            new EventTargets(queues, arn => arn == FunctionArn ? invoked.Add : null),
            clock);
    }

    [Fact]
    public async Task An_event_of_any_source_reaches_the_queue_and_the_function_whose_rule_matches()
    {
        await Call("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"aws.ec2\"]}"}""");
        await Call("PutTargets", $$$"""{"Rule":"r","Targets":[{"Id":"1","Arn":"{{{queue.Arn}}}"},{"Id":"2","Arn":"{{{FunctionArn}}}","InputPath":"$.detail"}]}""");
        var answer = await Call("PutEvents", """
            {"Entries":[{"Source":"aws.ec2","DetailType":"t","Detail":"{\"a\":1}","Resources":["r1"],"Time":1700000000},
                        {"Source":"mine","DetailType":"t","Detail":"{}"}]}
            """);
        Assert.Equal(0, (int)answer["FailedEntryCount"]!);
        var envelope = JsonNode.Parse(queue.Receive(10).Single().Body)!;
        Assert.Equal(
            ("aws.ec2", "2023-11-14T22:13:20Z", "r1", (string)answer["Entries"]![0]!["EventId"]!),
            ((string)envelope["source"]!, (string)envelope["time"]!, (string)envelope["resources"]![0]!, (string)envelope["id"]!));
        Assert.Equal("""{"a":1}""", Assert.Single(invoked));
    }

    [Fact]
    public async Task A_bad_entry_fails_alone()
    {
        var answer = await Call("PutEvents", """
            {"Entries":[{"Source":"s","DetailType":"t","Detail":"{"},{"Source":"s","Detail":"{}"},{"Source":"s","DetailType":"t","Detail":"{}"}]}
            """);
        Assert.Equal(2, (int)answer["FailedEntryCount"]!);
        Assert.Equal(
            ["MalformedDetail", "InvalidArgument", null],
            answer["Entries"]!.AsArray().Select(entry => (string?)entry!["ErrorCode"]));
    }

    [Fact]
    public async Task A_disabled_rule_or_one_without_its_targets_delivers_nothing()
    {
        await Call("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"s\"]}","State":"DISABLED"}""");
        await Call("PutTargets", $$$"""{"Rule":"r","Targets":[{"Id":"1","Arn":"{{{queue.Arn}}}"}]}""");
        const string Put = """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}"}]}""";
        await Call("PutEvents", Put);
        Assert.Equal(0, queue.Counts.All);
        await Call("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"s\"]}"}""");
        await Call("PutEvents", Put);
        Assert.Equal(1, queue.Counts.All);
        await Call("RemoveTargets", """{"Rule":"r","Ids":["1"]}""");
        await Call("PutEvents", Put);
        Assert.Equal(1, queue.Counts.All);
    }

    [Fact]
    public async Task A_target_that_nothing_can_be_delivered_to_is_refused()
    {
        await Call("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"s\"]}"}""");
        var answer = await Call("PutTargets", """{"Rule":"r","Targets":[{"Id":"1","Arn":"arn:aws:states:eu-west-1:123456789012:stateMachine:none"}]}""");
        Assert.Equal(1, (int)answer["FailedEntryCount"]!);
        await Assert.ThrowsAsync<AwsErrorException>(() => Call("PutEvents", """{"Entries":[]}"""));
    }

    private Task<JsonObject> Call(string operation, string input) => api.InvokeAsync(operation, JsonNode.Parse(input)!.AsObject(), default);
}
