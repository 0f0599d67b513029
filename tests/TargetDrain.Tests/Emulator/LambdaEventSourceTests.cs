using System.Text;
using System.Text.Json.Nodes;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class LambdaEventSourceTests
{
    private static readonly LambdaSettings Settings = new("f", "123456789012", "eu-west-1") { Timeout = TimeSpan.FromSeconds(10) };

    private readonly VirtualClock clock = new();
    private readonly WorldJournal journal;
    private readonly SqsQueue queue;

    public LambdaEventSourceTests()
    {
        journal = new WorldJournal(clock);
        queue = new QueueService(clock, journal, "123456789012", "eu-west-1")
            .Create("q", new QueueAttributes { VisibilityTimeout = TimeSpan.FromSeconds(60) });
    }

    [Fact]
    public void Delivers_the_event_as_Lambda_does_and_deletes_what_is_done() => clock.Run(async () =>
    {
        var events = new List<JsonNode>();
        using var source = Start(new(), (records, _) => { events.Add(records); return Answer(); });
        queue.Send("héllo \"you\"", messageAttributes: new Dictionary<string, MessageAttribute> { ["a"] = new("String", "1", null) });
        await Task.Delay(TimeSpan.FromSeconds(1), clock);

        var record = events.Single()[0]!;
        Assert.Equal(
            ["messageId", "receiptHandle", "body", "attributes", "messageAttributes", "md5OfMessageAttributes", "md5OfBody", "eventSource", "eventSourceARN", "awsRegion"],
            record.AsObject().Select(pair => pair.Key));
        Assert.Equal(
            ("héllo \"you\"", "aws:sqs", queue.Arn, "eu-west-1", "1"),
            ((string)record["body"]!, (string)record["eventSource"]!, (string)record["eventSourceARN"]!, (string)record["awsRegion"]!,
                (string)record["attributes"]!["ApproximateReceiveCount"]!));
        Assert.Equal("1", (string)record["messageAttributes"]!["a"]!["stringValue"]!);
        Assert.Equal(0, queue.Counts.All);
        Assert.Equal(("ok", TimeSpan.FromMilliseconds(1), 0), Ended().Single());
    });

    [Fact]
    public void Only_the_failed_messages_of_a_batch_return_and_only_after_the_visibility_timeout() => clock.Run(async () =>
    {
        var seen = new List<(TimeSpan At, string[] Bodies)>();
        var start = clock.GetUtcNow();
        using var source = Start(new() { ReportBatchItemFailures = true }, (records, _) =>
        {
            seen.Add((clock.GetUtcNow() - start, Bodies(records)));
            return Answer(records.AsArray().Where(r => (string)r!["body"]! == "bad" && seen.Count == 1).Select(r => (string)r!["messageId"]!));
        });
        queue.Send("good");
        queue.Send("bad");
        await Task.Delay(TimeSpan.FromMinutes(3), clock);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(60)], seen.Select(run => run.At));
        Assert.Equal(["good", "bad"], seen[0].Bodies);
        Assert.Equal(["bad"], seen[1].Bodies);
        Assert.Equal([("ok", TimeSpan.FromMilliseconds(1), 1), ("ok", TimeSpan.FromMilliseconds(1), 0)], Ended());
    });

    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""", false)]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""", false)]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"nobody"}]}""", false)]
    [InlineData("""{"batchItemFailures":[{"id":"x"}]}""", false)]
    [InlineData("""{"batchItemFailures":{}}""", false)]
    [InlineData("""{""", false)]
    [InlineData("""{"batchItemFailures":[]}""", true)]
    [InlineData("""{"batchItemFailures":null}""", true)]
    [InlineData("""{}""", true)]
    [InlineData("""null""", true)]
    [InlineData("", true)]
    public void An_answer_it_cannot_follow_fails_the_whole_batch(string answer, bool success) => clock.Run(async () =>
    {
        using var source = Start(new() { ReportBatchItemFailures = true }, (_, _) => Task.FromResult(answer));
        queue.Send("a");
        queue.Send("b");
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.Equal(success ? 0 : 2, queue.Counts.InFlight);
    });

    [Fact]
    public void An_error_a_timeout_and_a_crash_each_return_the_whole_batch() => clock.Run(async () =>
    {
        var runs = 0;
        LambdaFunction? function = null;
        function = Function(async (_, abandoned) =>
        {
            switch (++runs)
            {
                case 1: throw new InvalidOperationException("broken");
                case 2: await Task.Delay(TimeSpan.FromHours(1), clock, abandoned); break;
                case 3: await Task.Delay(TimeSpan.FromSeconds(4), clock, abandoned); break;
            }
            return "";
        });
        using var source = new SqsEventSource(queue, function, new EventSourceOptions(), clock);
        source.Start();
        queue.Send("x");
        await Task.Delay(TimeSpan.FromSeconds(123), clock);
        Assert.Equal(1, function.Crash());
        Assert.Equal(0, function.Running);
        await Task.Delay(TimeSpan.FromMinutes(5), clock);
        Assert.Equal(
            [("error", TimeSpan.FromMilliseconds(1), 1), ("timeout", TimeSpan.FromSeconds(10), 1), ("crash", TimeSpan.FromSeconds(3), 1), ("ok", TimeSpan.FromMilliseconds(1), 0)],
            Ended());
        Assert.Equal(0, queue.Counts.All);
    });

    [Fact]
    public void A_window_gathers_what_arrives_in_it_and_a_full_batch_does_not_wait_for_its_end() => clock.Run(async () =>
    {
        var sizes = new List<(double At, int Size)>();
        var start = clock.GetUtcNow();
        using var source = Start(new() { BatchSize = 20, Window = TimeSpan.FromSeconds(5) }, (records, _) =>
        {
            sizes.Add(((clock.GetUtcNow() - start).TotalSeconds, records.AsArray().Count));
            return Answer();
        });
        queue.Send("1");
        await Task.Delay(TimeSpan.FromSeconds(3), clock);
        for (var i = 0; i < 4; i++) queue.Send("more");
        await Task.Delay(TimeSpan.FromSeconds(7), clock);
        for (var i = 0; i < 45; i++) queue.Send("storm");
        await Task.Delay(TimeSpan.FromSeconds(60), clock);
        Assert.Equal([(5, 5), (10, 20), (10, 20), (15, 5)], sizes);
    });

    [Fact]
    public void No_more_batches_run_at_a_time_than_the_maximum_concurrency() => clock.Run(async () =>
    {
        var (now, most, messages) = (0, 0, 0);
        using var source = Start(new() { BatchSize = 1, MaximumConcurrency = 2 }, async (_, abandoned) =>
        {
            most = Math.Max(most, ++now);
            await Task.Delay(TimeSpan.FromSeconds(5), clock, abandoned);
            (now, messages) = (now - 1, messages + 1);
            return "";
        });
        for (var i = 0; i < 7; i++) queue.Send("x");
        await Task.Delay(TimeSpan.FromSeconds(19), clock);
        Assert.Equal((2, 6, 1), (most, messages, now));
        await Task.Delay(TimeSpan.FromSeconds(2), clock);
        Assert.Equal(7, messages);
    });

    [Fact]
    public void A_payload_stays_below_six_megabytes() => clock.Run(async () =>
    {
        var sizes = new List<int>();
        var function = new LambdaFunction(Settings, (payload, _, _) =>
        {
            sizes.Add(payload.Length);
            return Task.FromResult(ReadOnlyMemory<byte>.Empty);
        }, clock, journal);
        using var source = new SqsEventSource(queue, function, new() { BatchSize = 100, Window = TimeSpan.FromSeconds(1) }, clock);
        source.Start();
        for (var i = 0; i < 20; i++) queue.Send(new string('"', 400_000));
        await Task.Delay(TimeSpan.FromSeconds(10), clock);
        Assert.Equal(3, sizes.Count);
        Assert.All(sizes, size => Assert.InRange(size, 1_000_000, 6 * 1024 * 1024));
        Assert.Equal(0, queue.Counts.All);
    });

    [Fact]
    public void An_idle_event_source_sets_no_timer()
    {
        var error = Assert.Throws<InvalidOperationException>(() => clock.Run(async () =>
        {
            using var source = Start(new() { BatchSize = 100, Window = TimeSpan.FromSeconds(1) }, (_, _) => Answer());
            queue.Send("x");
            await Task.Delay(TimeSpan.FromSeconds(2), clock);
            await new TaskCompletionSource().Task;
        }));
        Assert.Contains("Nothing is left to happen", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_event_source_takes_no_more() => clock.Run(async () =>
    {
        var source = Start(new(), (_, _) => Answer());
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        source.Dispose();
        queue.Send("x");
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.Equal(1, queue.Counts.Visible);
    });

    [Fact]
    public void Ten_thousand_messages_stay_on_the_clocks_thread() => clock.Run(async () =>
    {
        var messages = 0;
        using var source = Start(new() { BatchSize = 100, Window = TimeSpan.FromSeconds(1), MaximumConcurrency = 3, ReportBatchItemFailures = true }, async (records, abandoned) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, abandoned);
            clock.AssertOnLoop();
            messages += records.AsArray().Count;
            return """{"batchItemFailures":[]}""";
        });
        for (var i = 0; i < 10_000; i++) queue.Send("x", TimeSpan.FromSeconds(i % 60));
        await Task.Delay(TimeSpan.FromMinutes(5), clock);
        Assert.Equal((10_000, 0), (messages, queue.Counts.All));
    });

    [Fact]
    public void Several_pollers_that_wait_for_a_free_place_stay_on_the_clocks_thread() => clock.Run(async () =>
    {
        var messages = 0;
        using var source = Start(new() { MaximumConcurrency = 1, Pollers = PollerScaling.Documented }, async (records, abandoned) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock, abandoned);
            clock.AssertOnLoop();
            messages += records.AsArray().Count;
            return "";
        });
        for (var i = 0; i < 200; i++) queue.Send("x");
        await Task.Delay(TimeSpan.FromMinutes(5), clock);
        Assert.Equal((200, 0), (messages, queue.Counts.All));
    });

    [Theory]
    [InlineData(0, 0, 2, "BatchSize")]
    [InlineData(11, 0, 2, "Window")]
    [InlineData(10, 301, 2, "Window")]
    [InlineData(10, 0, 0, "MaximumConcurrency")]
    public void Options_out_of_range_are_refused_by_name(int size, int window, int concurrency, string name)
    {
        var options = new EventSourceOptions { BatchSize = size, Window = TimeSpan.FromSeconds(window), MaximumConcurrency = concurrency };
        var error = Assert.Throws<ArgumentException>(() => Start(options, (_, _) => Answer()));
        Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
    }

    private SqsEventSource Start(EventSourceOptions options, Func<JsonNode, CancellationToken, Task<string>> run)
    {
        var source = new SqsEventSource(queue, Function(run), options, clock);
        source.Start();
        return source;
    }

    private LambdaFunction Function(Func<JsonNode, CancellationToken, Task<string>> run) => new(
        Settings,
        async (payload, _, abandoned) => Encoding.UTF8.GetBytes(await run(JsonNode.Parse(payload.Span)!["Records"]!, abandoned)),
        clock,
        journal);

    private static Task<string> Answer(params IEnumerable<string> failed) => Task.FromResult(
        new JsonObject { ["batchItemFailures"] = new JsonArray([.. failed.Select(id => new JsonObject { ["itemIdentifier"] = id })]) }.ToJsonString());

    private static string[] Bodies(JsonNode records) => [.. records.AsArray().Select(record => (string)record!["body"]!)];

    private IEnumerable<(string, TimeSpan, int)> Ended() => journal.Of<InvocationEnded>().Select(end => (end.Outcome, end.Billed, end.Failed));
}
