using System.Text;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class LineageTests
{
    private static readonly LambdaSettings Settings = new("f", "123456789012", "us-east-1") { Timeout = TimeSpan.FromSeconds(10) };

    [Theory]
    [InlineData("Terminate", 16, 1)]
    [InlineData("Allow", 40, 0)]
    public void A_function_that_sends_to_its_own_queue_is_stopped_unless_loops_are_allowed(string loops, int runs, int dropped)
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var journal = new WorldJournal(clock);
            var queues = new QueueService(clock, journal, "123456789012", "us-east-1");
            var dead = queues.Create("dead");
            var queue = queues.Create("q", new QueueAttributes { VisibilityTimeout = TimeSpan.FromSeconds(10), Redrive = new RedrivePolicy(dead.Arn, 1) });
            var ran = 0;
            var function = new LambdaFunction(Settings with { RecursiveLoop = loops }, (_, run, _) =>
            {
                // As the SDK does with the header of the run it is in.
                if (++ran < 40) queue.Send("again", traceHeader: run.TraceHeader);
                return Task.FromResult<ReadOnlyMemory<byte>>(default);
            }, clock, journal);
            using var source = new SqsEventSource(queue, function, new EventSourceOptions(), clock);
            source.Start();
            queue.Send("begin");
            await Task.Delay(TimeSpan.FromMinutes(5), clock);
            Assert.Equal((runs, dropped, dropped), (ran, journal.Of<RecursiveInvocationDropped>().Count(), dead.Counts.All));
        });
    }

    [Fact]
    public void Documented_pollers_gather_batches_of_their_own()
    {
        Assert.Equal([400], Batches(PollerScaling.Ideal));
        var documented = Batches(PollerScaling.Documented);
        Assert.Equal(400, documented.Sum());
        Assert.InRange(documented.Count, 5, 10);
    }

    private static List<int> Batches(PollerScaling pollers)
    {
        var clock = new VirtualClock();
        var journal = new WorldJournal(clock);
        clock.Run(async () =>
        {
            var queue = new QueueService(clock, journal, "123456789012", "us-east-1").Create("q");
            var function = new LambdaFunction(Settings, (_, _, _) => Task.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes("{}")), clock, journal);
            using var source = new SqsEventSource(
                queue, function, new EventSourceOptions { BatchSize = 10_000, Window = TimeSpan.FromSeconds(1), MaximumConcurrency = 2, Pollers = pollers }, clock);
            source.Start();
            for (var message = 0; message < 400; message++) queue.Send("m");
            await Task.Delay(TimeSpan.FromMinutes(1), clock);
        });
        return [.. journal.Of<InvocationStarted>().Select(run => run.Messages)];
    }
}
