using System.Text.Json.Nodes;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Queues;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class QueuesTests
{
    private readonly VirtualClock clock = new();
    private readonly WorldJournal journal;
    private readonly QueueService queues;

    public QueuesTests()
    {
        journal = new WorldJournal(clock);
        queues = new QueueService(clock, journal, "123456789012", "eu-west-1");
    }

    [Fact]
    public void A_delayed_message_is_hidden_until_its_delay_is_over() => clock.Run(async () =>
    {
        var queue = queues.Create("q");
        queue.Send("later", TimeSpan.FromSeconds(900));
        Assert.Empty(queue.Receive(10));
        Assert.Equal(new QueueCounts(0, 1, 0), queue.Counts);
        await Task.Delay(TimeSpan.FromSeconds(899), clock);
        Assert.Empty(queue.Receive(10));
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.Equal("later", Assert.Single(queue.Receive(10)).Body);
        Assert.Equal(new QueueCounts(0, 0, 1), queue.Counts);
    });

    [Fact]
    public void A_received_message_comes_back_after_its_visibility_timeout_and_counts_up() => clock.Run(async () =>
    {
        var queue = queues.Create("q", new QueueAttributes { VisibilityTimeout = TimeSpan.FromSeconds(60) });
        queue.Send("x");
        var sentAt = clock.GetUtcNow();
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.Equal(1, queue.Receive(1).Single().ReceiveCount);
        await Task.Delay(TimeSpan.FromSeconds(59), clock);
        Assert.Empty(queue.Receive(1));
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        var again = queue.Receive(1).Single();
        Assert.Equal((2, sentAt, sentAt.AddSeconds(1)), (again.ReceiveCount, again.Sent.At, again.FirstReceived));
    });

    [Fact]
    public void A_receipt_handle_of_an_earlier_receive_deletes_nothing() => clock.Run(async () =>
    {
        var queue = queues.Create("q");
        queue.Send("x");
        var old = queue.Receive(1).Single();
        await Task.Delay(TimeSpan.FromSeconds(30), clock);
        var current = queue.Receive(1).Single();
        queue.Delete(old.ReceiptHandle);
        Assert.Equal(1, queue.Counts.All);
        queue.Delete(current.ReceiptHandle);
        Assert.Equal(0, queue.Counts.All);
        Assert.Single(journal.Of<MessageDeleted>());
        queue.Delete(current.ReceiptHandle);
    });

    [Fact]
    public void Long_polling_ends_the_moment_a_message_is_due() => clock.Run(async () =>
    {
        var queue = queues.Create("q");
        queue.Send("x", TimeSpan.FromSeconds(7));
        var start = clock.GetUtcNow();
        var received = await queue.ReceiveAsync(10, null, TimeSpan.FromSeconds(20), null, default);
        Assert.Single(received);
        Assert.Equal(TimeSpan.FromSeconds(7), clock.GetUtcNow() - start);
        Assert.Empty(await queue.ReceiveAsync(10, null, TimeSpan.FromSeconds(20), null, default));
        Assert.Equal(TimeSpan.FromSeconds(27), clock.GetUtcNow() - start);
    });

    [Fact]
    public void A_waiting_receiver_can_be_cancelled() => clock.Run(async () =>
    {
        var queue = queues.Create("q");
        using var stop = new CancellationTokenSource();
        var receiving = queue.ReceiveAsync(1, null, TimeSpan.FromSeconds(20), null, stop.Token);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
        clock.AssertOnLoop();
    });

    [Fact]
    public void What_is_received_too_often_moves_to_the_dead_letter_queue_with_its_id_and_age() => clock.Run(async () =>
    {
        var dead = queues.Create("dead");
        var queue = queues.Create("q", new QueueAttributes { Redrive = new RedrivePolicy(dead.Arn, 2), VisibilityTimeout = TimeSpan.FromSeconds(5) });
        var sent = queue.Send("poison");
        var sentAt = clock.GetUtcNow();
        for (var i = 0; i < 2; i++)
        {
            Assert.Single(queue.Receive(1));
            await Task.Delay(TimeSpan.FromSeconds(5), clock);
        }
        Assert.Empty(queue.Receive(1));
        var buried = dead.Receive(1).Single();
        Assert.Equal((sent.MessageId, sentAt, queue.Arn), (buried.MessageId, buried.Sent.At, buried.Sent.DeadLetterSourceArn));
        Assert.Equal("q", Assert.Single(journal.Of<MessageDeadLettered>()).Queue);
    });

    [Fact]
    public void A_message_older_than_the_retention_is_gone_even_while_in_flight() => clock.Run(async () =>
    {
        var queue = queues.Create("q", new QueueAttributes { Retention = TimeSpan.FromMinutes(1) });
        queue.Send("x");
        queue.Send("y", TimeSpan.FromSeconds(30));
        queue.Receive(1, TimeSpan.FromHours(1));
        await Task.Delay(TimeSpan.FromMinutes(1), clock);
        Assert.Equal(0, queue.Counts.All);
    });

    [Fact]
    public void Visibility_can_be_changed_only_in_flight_and_to_twelve_hours_in_all() => clock.Run(async () =>
    {
        var queue = queues.Create("q");
        queue.Send("x");
        var handle = queue.Receive(1).Single().ReceiptHandle;
        await Task.Delay(TimeSpan.FromSeconds(10), clock);
        var error = Assert.Throws<AwsErrorException>(() => queue.ChangeVisibility(handle, TimeSpan.FromHours(12)));
        Assert.Equal("InvalidParameterValue", error.QueryCode);
        queue.ChangeVisibility(handle, TimeSpan.FromHours(11));
        queue.ChangeVisibility(handle, TimeSpan.Zero);
        Assert.Equal(1, queue.Counts.Visible);
        error = Assert.Throws<AwsErrorException>(() => queue.ChangeVisibility(handle, TimeSpan.Zero));
        Assert.Equal("AWS.SimpleQueueService.MessageNotInflight", error.QueryCode);
        Assert.Equal("ReceiptHandleIsInvalid", Assert.Throws<AwsErrorException>(() => queue.ChangeVisibility("junk", TimeSpan.Zero)).Code);
    });

    [Fact]
    public void A_hundred_thousand_messages_pass_through_without_scans() => clock.Run(async () =>
    {
        const int Count = 100_000;
        var queue = queues.Create("q", new QueueAttributes { VisibilityTimeout = TimeSpan.FromMinutes(5) });
        for (var i = 0; i < Count; i++) queue.Send("m", TimeSpan.FromSeconds(i % 900));
        var got = 0;
        var watch = TimeProvider.System.GetTimestamp();
        while (got < Count)
        {
            var received = await queue.ReceiveAsync(10, null, TimeSpan.FromSeconds(20), null, default);
            foreach (var message in received) queue.Delete(message.ReceiptHandle);
            got += received.Count;
        }
        Assert.Equal(0, queue.Counts.All);
        Assert.True(TimeProvider.System.GetElapsedTime(watch) < TimeSpan.FromSeconds(20));
    });

    [Fact]
    public void Md5_of_message_attributes_is_the_one_clients_compute()
    {
        var attributes = MessageAttributeJson.Read(JsonNode.Parse(
            """{"City":{"DataType":"String","StringValue":"Any City"},"Population":{"DataType":"Number","StringValue":"1250800"}}"""));
        // Computed apart: MD5 over length-prefixed name, type and value, in the order of names.
        Assert.Equal(Expected("City", "String", "Any City", "Population", "Number", "1250800"), MessageAttribute.Md5(attributes));

        static string Expected(params string[] parts)
        {
            var bytes = new List<byte>();
            for (var i = 0; i < parts.Length; i++)
            {
                if (i % 3 == 2) bytes.Add(1);
                bytes.AddRange([0, 0, 0, (byte)parts[i].Length, .. System.Text.Encoding.UTF8.GetBytes(parts[i])]);
            }
            return MessageAttribute.Md5(bytes.ToArray());
        }
    }
}
