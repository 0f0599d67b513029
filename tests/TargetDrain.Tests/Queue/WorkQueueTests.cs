using TargetDrain.Emulator.Queues;
using TargetDrain.Events;
using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Queue;

public sealed class WorkQueueTests
{
    private readonly Workbench bench = new();
    private readonly SqsQueue normal;
    private readonly SqsQueue urgent;

    public WorkQueueTests() => (normal, urgent) = (bench.World.Queues.Create("normal"), bench.World.Queues.Create("normal-urgent"));

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, true)]
    [InlineData(0, 1, true)]
    [InlineData(1, 1, true)]
    public void A_message_that_waits_in_either_queue_is_a_backlog(int inNormal, int inUrgent, bool isBacklog) => bench.Clock.Run(async () =>
    {
        for (var i = 0; i < inNormal; i++) normal.Send("x");
        for (var i = 0; i < inUrgent; i++) urgent.Send("x");

        Assert.Equal(isBacklog, await Of().HasBacklogAsync(default));
        Assert.Equal(isBacklog, await Of().IsBusyAsync(default));
    });

    [Fact]
    public void What_is_worked_on_is_no_backlog_and_yet_busy() => bench.Clock.Run(async () =>
    {
        normal.Send("x");
        Assert.Single(normal.Receive(1));
        Assert.False(await Of().HasBacklogAsync(default));
        Assert.True(await Of().IsBusyAsync(default));

        normal.Send("y");
        Assert.True(await Of().IsBusyAsync(default));
    });

    [Fact]
    public void A_delayed_message_keeps_nobody_waiting() => bench.Clock.Run(async () =>
    {
        normal.Send("x", TimeSpan.FromMinutes(1));

        Assert.False(await Of().HasBacklogAsync(default));
        Assert.False(await Of().IsBusyAsync(default));
    });

    [Fact]
    public void Where_SQS_does_not_say_messages_may_wait() => bench.Clock.Run(async () =>
    {
        bench.Fail("GetQueueAttributes");

        Assert.True(await Of().HasBacklogAsync(default));
        Assert.True(await Of().IsBusyAsync(default));
    });

    // Together they would be more than a batch may hold; beside a small one too.
    [Fact]
    public void Large_tickets_go_one_by_one() => bench.Clock.Run(async () =>
    {
        var tickets = Enumerable.Range(0, 10).Select(n => Ticket(n, size: n == 0 ? 0 : 120_000)).ToList();

        Assert.Empty(await Of().SendAsync(tickets, default));

        Assert.Equal(10, normal.Counts.Delayed);
        Assert.Equal(10, bench.Calls("SendMessageBatch"));
    });

    [Fact]
    public void Small_ones_go_ten_at_a_time_each_with_its_delay() => bench.Clock.Run(async () =>
    {
        Assert.Empty(await Of().SendAsync([.. Enumerable.Range(0, 11).Select(n => Ticket(n, delay: n + 1))], default));
        Assert.Equal(2, bench.Calls("SendMessageBatch"));
        for (var second = 1; second <= 11; second++)
        {
            await bench.Pass(1);
            Assert.Equal(second, normal.Counts.Visible);
        }
    });

    [Fact]
    public void Nothing_to_send_is_no_call() => bench.Clock.Run(async () =>
    {
        Assert.Empty(await Of().SendAsync([], default));
        Assert.Equal(0, bench.Calls("SendMessageBatch"));
    });

    [Fact]
    public void Of_a_batch_that_SQS_takes_in_part_the_rest_is_told() => bench.Clock.Run(async () =>
    {
        var narrow = bench.World.Queues.Create("narrow", new QueueAttributes { MaximumMessageSize = 2000 });
        var queue = new WorkQueue(bench.Aws.Queues, bench.Api, bench.World.Queues.UrlOf(narrow), null, bench.Metrics, bench.Log);

        var unsent = await queue.SendAsync([Ticket(0), Ticket(1, size: 3000), Ticket(2)], default);

        var (ticket, problem) = Assert.Single(unsent);
        Assert.Equal(Id(1), ticket.InstanceId);
        Assert.StartsWith("SendMessageBatch: ", problem, StringComparison.Ordinal);
        Assert.Equal(2, narrow.Counts.All);
    });

    [Fact]
    public void Of_a_batch_that_does_not_get_through_each_is_told() => bench.Clock.Run(async () =>
    {
        bench.Fail("SendMessageBatch");

        var unsent = await Of().SendAsync([Ticket(0), Ticket(1)], default);

        Assert.Equal([Id(0), Id(1)], unsent.Select(one => one.Ticket.InstanceId));
        Assert.All(unsent, one => Assert.Contains("SendMessageBatch: AccessDenied", one.Problem, StringComparison.Ordinal));
    });

    [Fact]
    public void A_failed_message_is_hidden_in_the_queue_it_came_from_for_as_long_as_was_said() => bench.Clock.Run(async () =>
    {
        var failed = new List<FailedMessage> { new(new InboundMessage("direct", "x"), "why", TimeSpan.FromSeconds(1)) };
        foreach (var (queue, seconds) in new[] { (normal, 3), (urgent, 5) })
            for (var i = 0; i < 11; i++)
            {
                queue.Send($"{i}");
                var received = Assert.Single(queue.Receive(1));
                failed.Add(new(new InboundMessage(received.MessageId, "x", received.ReceiptHandle, 1, queue.Arn), "why", TimeSpan.FromSeconds(seconds)));
            }

        await Of().HandBackAsync(failed, default);

        Assert.Empty(bench.Log.Written);
        await bench.Pass(3);
        Assert.Equal((11, 0), (normal.Counts.Visible, urgent.Counts.Visible));
        await bench.Pass(2);
        Assert.Equal((11, 11), (normal.Counts.Visible, urgent.Counts.Visible));
    });

    [Fact]
    public void One_that_cannot_be_handed_back_keeps_nobody_from_it() => bench.Clock.Run(async () =>
    {
        normal.Send("x");
        var received = Assert.Single(normal.Receive(1));
        bench.Fail("ChangeMessageVisibilityBatch");

        await Of().HandBackAsync([new(new InboundMessage("1", "x", received.ReceiptHandle, 1, normal.Arn), "why", TimeSpan.FromSeconds(3))], default);

        Assert.Single(bench.Log.Written);
    });

    [Fact]
    public void What_SQS_takes_in_part_is_tried_once_more_for_the_rest() => bench.Clock.Run(async () =>
    {
        normal.Send("x");
        var received = Assert.Single(normal.Receive(1));
        var handles = new[] { received.ReceiptHandle, "none of its handles" };

        await Of().HandBackAsync(
            [.. handles.Select(handle => new FailedMessage(new InboundMessage("1", "x", handle, 1, normal.Arn), "why", TimeSpan.FromSeconds(3)))], default);

        Assert.Equal(2, bench.Calls("ChangeMessageVisibilityBatch"));
        Assert.StartsWith("1 failed messages keep", Assert.Single(bench.Log.Written), StringComparison.Ordinal);
        await bench.Pass(3);
        Assert.Equal(1, normal.Counts.Visible);
    });

    private WorkQueue Of(bool hasUrgent = true) => new(
        bench.Aws.Queues, bench.Api, bench.World.Queues.UrlOf(normal), hasUrgent ? bench.World.Queues.UrlOf(urgent) : null, bench.Metrics, bench.Log);

    private (DrainTicket Ticket, TimeSpan Delay) Ticket(int number, int size = 0, int delay = 60) => (
        new DrainTicket(DrainTicket.CurrentVersion, Id(number), bench.Now, [new PendingAction("web", "target-drain", null, bench.Now)])
        {
            HeldBy = size == 0 ? null : [new string('a', size)],
        },
        TimeSpan.FromSeconds(delay));

    private static string Id(int number) => $"i-{number:d8}";
}
