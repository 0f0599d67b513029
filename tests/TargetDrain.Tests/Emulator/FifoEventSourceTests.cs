using System.Text;
using System.Text.Json.Nodes;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class FifoEventSourceTests
{
    private readonly VirtualClock clock = new();
    private readonly WorldJournal journal;
    private readonly SqsQueue queue;
    private readonly List<string> runs = [];

    public FifoEventSourceTests()
    {
        journal = new WorldJournal(clock);
        queue = new QueueService(clock, journal, "123456789012", "eu-west-1").Create("q.fifo", new QueueAttributes
        {
            IsFifo = true, IsContentBased = true, VisibilityTimeout = TimeSpan.FromSeconds(60),
        });
    }

    [Theory]
    [InlineData(PollerScaling.Ideal)]
    [InlineData(PollerScaling.Documented)]
    public void A_group_has_one_run_at_a_time_and_groups_run_beside_each_other(PollerScaling pollers) => clock.Run(async () =>
    {
        var (running, most, groups) = (new HashSet<string>(), 0, new List<string>());
        using var source = Start(new EventSourceOptions { Pollers = pollers, BatchSize = 1 }, async records =>
        {
            var group = Group(records);
            Assert.True(running.Add(group));
            most = Math.Max(most, running.Count);
            await Task.Delay(TimeSpan.FromSeconds(5), clock);
            running.Remove(group);
            groups.AddRange(records.AsArray().Select(record => (string)record!["body"]!));
            return "";
        });
        foreach (var number in Enumerable.Range(0, 6))
            foreach (var group in (string[])["a", "b", "c"]) queue.Send($"{group}{number}", groupId: group);
        await Task.Delay(TimeSpan.FromMinutes(3), clock);
        Assert.Equal(3, most);
        Assert.Equal(0, queue.Counts.All);
        foreach (var group in (string[])["a", "b", "c"])
            Assert.Equal(Enumerable.Range(0, 6).Select(number => $"{group}{number}"), groups.Where(body => body.StartsWith(group, StringComparison.Ordinal)));
    });

    [Fact]
    public void What_a_run_reports_as_failed_comes_again_before_what_follows_it() => clock.Run(async () =>
    {
        using var source = Start(new EventSourceOptions { ReportBatchItemFailures = true, BatchSize = 2 }, records =>
        {
            var failed = runs.Count == 1 ? records.AsArray().Skip(1).Select(record => (string)record!["messageId"]!) : [];
            return Task.FromResult(new JsonObject
            {
                ["batchItemFailures"] = new JsonArray([.. failed.Select(id => new JsonObject { ["itemIdentifier"] = id })]),
            }.ToJsonString());
        });
        foreach (var body in (string[])["1", "2", "3"]) queue.Send(body, groupId: "g");
        await Task.Delay(TimeSpan.FromSeconds(59), clock);
        Assert.Equal(["12"], runs);
        await Task.Delay(TimeSpan.FromMinutes(2), clock);
        Assert.Equal(["12", "23"], runs);
        Assert.Equal(0, queue.Counts.All);
    });

    [Fact]
    public void Records_carry_their_group_their_id_and_their_number() => clock.Run(async () =>
    {
        JsonNode? attributes = null;
        using var source = Start(new EventSourceOptions(), records =>
        {
            attributes = records[0]!["attributes"]!.DeepClone();
            return Task.FromResult("");
        });
        queue.Send("x", groupId: "g", deduplicationId: "d");
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.Equal(("g", "d", 20), ((string)attributes!["MessageGroupId"]!, (string)attributes["MessageDeduplicationId"]!, ((string)attributes["SequenceNumber"]!).Length));
    });

    [Theory]
    [InlineData(11, 1)]
    [InlineData(10, 1)]
    public void Neither_a_larger_batch_nor_a_window_is_allowed(int size, int window) =>
        Assert.Throws<ArgumentException>(() => Start(new EventSourceOptions { BatchSize = size, Window = TimeSpan.FromSeconds(window) }, _ => Task.FromResult("")));

    private static string Group(JsonNode records) =>
        records.AsArray().Select(record => (string)record!["attributes"]!["MessageGroupId"]!).Distinct().Single();

    private SqsEventSource Start(EventSourceOptions options, Func<JsonNode, Task<string>> run)
    {
        var function = new LambdaFunction(
            new LambdaSettings("f", "123456789012", "eu-west-1") { Timeout = TimeSpan.FromSeconds(30) },
            async (payload, _, _) =>
            {
                var records = JsonNode.Parse(payload.Span)!["Records"]!;
                runs.Add(string.Concat(records.AsArray().Select(record => (string)record!["body"]!)));
                return Encoding.UTF8.GetBytes(await run(records));
            },
            clock, journal);
        var source = new SqsEventSource(queue, function, options, clock);
        source.Start();
        return source;
    }
}
