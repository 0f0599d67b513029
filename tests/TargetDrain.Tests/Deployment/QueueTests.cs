using TargetDrain.Calls;
using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Deployment;

public sealed class QueueTests
{
    // What SQS grants a message in flight.
    private const int LongestVisibility = 43_200;

    private static readonly Stack Default = new();
    private static readonly int Timeout = Default.Function["Timeout"].Whole();

    // Those that feed the function, and the longest time that its event source gathers messages.
    public static TheoryData<string, int> Queues => new()
    {
        { "Queue", Stack.Parameter("BatchWindowSeconds")["MaxValue"].Whole() },
        { "UrgentQueue", Default.Properties("UrgentEventSource")["MaximumBatchingWindowInSeconds"].Whole() },
    };

    [Theory]
    [InlineData("Queue", "20")]
    [InlineData("Queue", "7")]
    [InlineData("UrgentQueue", "20")]
    [InlineData("UrgentQueue", "7")]
    public void Queue_and_function_count_to_the_same_last_attempt(string queue, string count)
    {
        var stack = new Stack(("MaxReceiveCount", count));

        Assert.Equal(count, stack.Properties(queue)["RedrivePolicy"]!["maxReceiveCount"].Text());
        Assert.Equal(int.Parse(count, null), stack.Options.MaxReceiveCount);
    }

    [Theory, MemberData(nameof(Queues))]
    public void A_message_stays_hidden_while_it_is_worked_on_however_long_it_is_gathered(string queue, int window) =>
        Assert.InRange(VisibilityTimeoutOf(queue), Timeout + window, LongestVisibility);

    [Theory]
    [InlineData("Queue", nameof(Urgency.Patient))]
    [InlineData("Queue", nameof(Urgency.Normal))]
    [InlineData("UrgentQueue", nameof(Urgency.Critical))]
    public void A_failed_message_never_waits_longer_than_a_lost_one(string queue, string urgency)
    {
        for (var attempt = 1; attempt <= 20; attempt++)
            Assert.InRange(
                RetrySchedule.DelayOf(attempt, Enum.Parse<Urgency>(urgency), untilHeartbeat: null, random: 1).TotalSeconds, 1, VisibilityTimeoutOf(queue));
    }

    [Theory, MemberData(nameof(Queues))]
    public void All_attempts_fit_into_the_time_that_messages_are_kept(string queue, int window)
    {
        var attempts = Default.Options.MaxReceiveCount;

        Assert.True(attempts * (VisibilityTimeoutOf(queue) + window) < Default.Properties(queue)["MessageRetentionPeriod"].Whole());
    }

    [Fact]
    public void Dead_letters_are_kept_as_long_as_can_be_and_nothing_lies_open()
    {
        Assert.Equal(TimeSpan.FromDays(14).TotalSeconds, Default.Properties("DeadLetterQueue")["MessageRetentionPeriod"].Whole());
        Assert.All(Default.OfType("AWS::SQS::Queue"), queue => Assert.Equal("true", queue.Properties["SqsManagedSseEnabled"].Text()));
        Assert.All(Queues, queue => Assert.Equal(
            "DeadLetterQueue.Arn", Default.Properties(queue.Data.Item1)["RedrivePolicy"]!["deadLetterTargetArn"].Text()));
        Assert.Equal("DeadLetterQueue.Arn", Default.Function["DeadLetterQueue"]!["TargetArn"].Text());
    }

    [Theory]
    [InlineData("QueueEventSource", "Queue.Arn")]
    [InlineData("UrgentEventSource", "UrgentQueue.Arn")]
    public void The_event_sources_read_large_batches_and_return_single_messages(string name, string queue)
    {
        var source = Default.Properties(name);

        Assert.Equal(queue, source["EventSourceArn"].Text());
        Assert.Equal("DrainFunction", source["FunctionName"].Text());
        Assert.Equal("ReportBatchItemFailures", Assert.Single(source["FunctionResponseTypes"].Texts()));
        // Lambda wants a window for batches of more than ten.
        Assert.True(source["BatchSize"].Whole() > 10);
        Assert.True(source["MaximumBatchingWindowInSeconds"].Whole() >= 1);
        Assert.True(Stack.Parameter("BatchWindowSeconds")["MinValue"].Whole() >= 1);
    }

    [Fact]
    public void The_hook_is_one_that_the_function_completes()
    {
        var stack = new Stack(("AutoScalingGroupName", "web"), ("LifecycleHookNames", "drain-first,target-drain"));
        var hook = stack.Properties("TerminatingHook");

        Assert.Contains(hook["LifecycleHookName"].Text(), stack.Options.LifecycleHookNames);
        Assert.Equal("autoscaling:EC2_INSTANCE_TERMINATING", hook["LifecycleTransition"].Text());
        Assert.Equal("CONTINUE", hook["DefaultResult"].Text());
        Assert.False(Default.Has("TerminatingHook"));
    }

    private static int VisibilityTimeoutOf(string queue) => Default.Properties(queue)["VisibilityTimeout"].Whole();
}
