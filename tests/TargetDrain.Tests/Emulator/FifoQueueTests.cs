using System.Text.Json.Nodes;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Queues;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class FifoQueueTests
{
    private static readonly QueueAttributes Fifo = new() { IsFifo = true, VisibilityTimeout = TimeSpan.FromSeconds(30) };

    private readonly VirtualClock clock = new();
    private readonly QueueService queues;
    private readonly SqsApi api;

    public FifoQueueTests()
    {
        queues = new QueueService(clock, new WorldJournal(clock), "123456789012", "eu-west-1");
        api = new SqsApi(queues);
    }

    [Fact]
    public void A_group_comes_in_order_and_not_at_all_while_one_of_its_messages_is_in_flight() => clock.Run(async () =>
    {
        var queue = queues.Create("q.fifo", Fifo);
        foreach (var body in (string[])["a1", "b1", "a2", "a3"]) queue.Send(body, groupId: body[..1], deduplicationId: body);
        var first = queue.Receive(2);
        Assert.Equal(["a1", "a2"], first.Select(message => message.Body));
        Assert.Equal(["b1"], queue.Receive(10).Select(message => message.Body));
        queue.Delete(first[0].ReceiptHandle);
        Assert.Empty(queue.Receive(10));
        await Task.Delay(TimeSpan.FromSeconds(30), clock);
        Assert.Equal(["b1", "a2", "a3"], queue.Receive(10).Select(message => message.Body));
    });

    [Fact]
    public void Whoever_waits_gets_the_rest_of_a_group_as_soon_as_its_first_message_is_deleted() => clock.Run(async () =>
    {
        var queue = queues.Create("q.fifo", Fifo);
        queue.Send("1", groupId: "g", deduplicationId: "1");
        queue.Send("2", groupId: "g", deduplicationId: "2");
        var first = queue.Receive(1).Single();
        var waiting = queue.ReceiveAsync(1, null, TimeSpan.FromSeconds(20), null, default);
        await Task.Delay(TimeSpan.FromSeconds(5), clock);
        Assert.False(waiting.IsCompleted);
        var before = clock.GetUtcNow();
        queue.Delete(first.ReceiptHandle);
        Assert.Equal("2", (await waiting).Single().Body);
        Assert.Equal(before, clock.GetUtcNow());
    });

    [Fact]
    public void The_same_id_within_five_minutes_is_one_message_even_when_that_is_deleted() => clock.Run(async () =>
    {
        var queue = queues.Create("q.fifo", Fifo with { IsContentBased = true });
        var first = queue.Send("x", groupId: "g");
        queue.Delete(queue.Receive(1).Single().ReceiptHandle);
        await Task.Delay(TimeSpan.FromSeconds(299), clock);
        Assert.Equal(first, queue.Send("x", groupId: "another"));
        Assert.Equal(0, queue.Counts.All);
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.NotEqual(first.MessageId, queue.Send("x", groupId: "g").MessageId);
        Assert.Equal(1, queue.Counts.All);
    });

    [Fact]
    public void Deduplication_can_be_of_each_group() => clock.Run(() =>
    {
        var queue = queues.Create("q.fifo", Fifo with { DeduplicationScope = "messageGroup" });
        foreach (var group in (string[])["a", "b", "a"]) queue.Send("x", groupId: group, deduplicationId: "1");
        Assert.Equal(2, queue.Counts.All);
        return Task.CompletedTask;
    });

    [Fact]
    public void What_fails_too_often_goes_to_a_dead_letter_queue_of_the_same_kind_and_frees_its_group() => clock.Run(async () =>
    {
        var dead = queues.Create("dead.fifo", Fifo);
        Assert.Throws<AwsErrorException>(() => queues.Create("r.fifo", Fifo with { Redrive = new RedrivePolicy(queues.Create("standard").Arn, 1) }));
        var queue = queues.Create("q.fifo", Fifo with { Redrive = new RedrivePolicy(dead.Arn, 1) });
        queue.Send("bad", groupId: "g", deduplicationId: "1");
        queue.Send("good", groupId: "g", deduplicationId: "2");
        Assert.Equal("bad", queue.Receive(1).Single().Body);
        await Task.Delay(TimeSpan.FromSeconds(30), clock);
        Assert.Equal("good", queue.Receive(1).Single().Body);
        var moved = dead.Receive(1).Single();
        Assert.Equal(("bad", "g", "1", queue.Arn), (moved.Body, moved.Sent.GroupId, moved.Sent.DeduplicationId, moved.Sent.DeadLetterSourceArn));
    });

    [Fact]
    public void An_expired_receipt_does_not_delete() => clock.Run(async () =>
    {
        var queue = queues.Create("q.fifo", Fifo);
        queue.Send("x", groupId: "g", deduplicationId: "1");
        var first = queue.Receive(1).Single();
        await Task.Delay(TimeSpan.FromSeconds(30), clock);
        Assert.Contains("expired", Assert.Throws<AwsErrorException>(() => queue.Delete(first.ReceiptHandle)).Message, StringComparison.Ordinal);
        Assert.Equal(1, queue.Counts.Visible);
    });

    [Fact]
    public void The_same_attempt_gets_the_same_messages() => clock.Run(() =>
    {
        var queue = queues.Create("q.fifo", Fifo);
        queue.Send("1", groupId: "a", deduplicationId: "1");
        queue.Send("2", groupId: "b", deduplicationId: "2");
        var first = queue.Receive(1, attemptId: "try");
        Assert.Equal(first, queue.Receive(1, attemptId: "try"));
        Assert.Equal("2", queue.Receive(1, attemptId: "other").Single().Body);
        return Task.CompletedTask;
    });

    [Theory]
    [InlineData("""{"MessageBody":"x","MessageDeduplicationId":"1"}""", "MissingRequiredParameterException")]
    [InlineData("""{"MessageBody":"x","MessageGroupId":"g"}""", "InvalidParameterValueException")]
    [InlineData("""{"MessageBody":"x","MessageGroupId":"g","MessageDeduplicationId":"1","DelaySeconds":5}""", "InvalidParameterValueException")]
    [InlineData("""{"MessageBody":"x","MessageGroupId":"a b","MessageDeduplicationId":"1"}""", "InvalidParameterValueException")]
    [InlineData("""{"MessageBody":"x","MessageGroupId":"g","MessageDeduplicationId":""}""", "InvalidParameterValueException")]
    public async Task A_message_without_what_a_FIFO_queue_needs_is_refused(string message, string code)
    {
        queues.Create("q.fifo", Fifo);
        Assert.Equal(code, (await Assert.ThrowsAsync<AwsErrorException>(() => Send(message))).Code);
    }

    [Fact]
    public async Task Sequence_numbers_have_20_digits_and_grow()
    {
        queues.Create("q.fifo", Fifo);
        var numbers = new List<string>();
        for (var id = 0; id < 3; id++) numbers.Add((string)(await Send($$"""{"MessageBody":"x","MessageGroupId":"g","MessageDeduplicationId":"{{id}}","DelaySeconds":0}"""))["SequenceNumber"]!);
        Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
        Assert.All(numbers, number => Assert.Equal(20, number.Length));
    }

    [Theory]
    [InlineData("q", """{"FifoQueue":"true"}""", "InvalidParameterValueException")]
    [InlineData("q.fifo", "{}", "InvalidParameterValueException")]
    [InlineData("q", """{"FifoQueue":"false"}""", "InvalidAttributeName")]
    [InlineData("q", """{"ContentBasedDeduplication":"true"}""", "InvalidAttributeName")]
    [InlineData("q.fifo", """{"FifoQueue":"true","FifoThroughputLimit":"perMessageGroupId"}""", "InvalidParameterValueException")]
    [InlineData("q.fifo", """{"FifoQueue":"true","ContentBasedDeduplication":"maybe"}""", "InvalidAttributeValue")]
    public async Task Names_and_settings_must_go_together(string name, string attributes, string code)
    {
        var input = new JsonObject { ["QueueName"] = name, ["Attributes"] = JsonNode.Parse(attributes) };
        Assert.Equal(code, (await Assert.ThrowsAsync<AwsErrorException>(() => api.InvokeAsync("CreateQueue", input, default))).Code);
    }

    private Task<JsonObject> Send(string message)
    {
        var input = JsonNode.Parse(message)!.AsObject();
        input["QueueUrl"] = "https://x/123456789012/q.fifo";
        return api.InvokeAsync("SendMessage", input, default);
    }
}
