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
    private static readonly int VisibilityTimeout = Default.Properties("Queue")["VisibilityTimeout"].Whole();

    [Theory]
    [InlineData("20")]
    [InlineData("7")]
    public void Queue_and_function_count_to_the_same_last_attempt(string count)
    {
        var stack = new Stack(("MaxReceiveCount", count));

        Assert.Equal(count, stack.Properties("Queue")["RedrivePolicy"]!["maxReceiveCount"].Text());
        Assert.Equal(int.Parse(count, null), stack.Options.MaxReceiveCount);
    }

    [Fact]
    public void A_message_stays_hidden_while_it_is_worked_on_however_long_it_is_gathered() =>
        Assert.InRange(VisibilityTimeout, Timeout + Stack.Parameter("BatchWindowSeconds")["MaxValue"].Whole(), LongestVisibility);

    [Fact]
    public void A_failed_message_never_waits_longer_than_a_lost_one()
    {
        for (var attempt = 1; attempt <= 20; attempt++)
            Assert.InRange(RetrySchedule.DelayOf(attempt, Urgency.Patient, untilHeartbeat: null, random: 1).TotalSeconds, 1, VisibilityTimeout);
    }

    [Fact]
    public void All_attempts_fit_into_the_time_that_messages_are_kept()
    {
        var attempts = Default.Options.MaxReceiveCount;

        Assert.True(attempts * VisibilityTimeout < Default.Properties("Queue")["MessageRetentionPeriod"].Whole());
    }

    [Fact]
    public void Dead_letters_are_kept_as_long_as_can_be_and_nothing_lies_open()
    {
        Assert.Equal(TimeSpan.FromDays(14).TotalSeconds, Default.Properties("DeadLetterQueue")["MessageRetentionPeriod"].Whole());
        Assert.All(Default.OfType("AWS::SQS::Queue"), queue => Assert.Equal("true", queue.Properties["SqsManagedSseEnabled"].Text()));
        Assert.Equal("DeadLetterQueue.Arn", Default.Properties("Queue")["RedrivePolicy"]!["deadLetterTargetArn"].Text());
        Assert.Equal("DeadLetterQueue.Arn", Default.Function["DeadLetterQueue"]!["TargetArn"].Text());
    }

    [Fact]
    public void The_event_source_reads_large_batches_and_returns_single_messages()
    {
        var source = Default.Properties("QueueEventSource");

        Assert.Equal("Queue.Arn", source["EventSourceArn"].Text());
        Assert.Equal("DrainFunction", source["FunctionName"].Text());
        Assert.Equal("ReportBatchItemFailures", Assert.Single(source["FunctionResponseTypes"].Texts()));
        // Lambda wants a window for batches of more than ten.
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
}
