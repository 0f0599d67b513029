using System.Text.Json.Nodes;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

/// <summary>What becomes of messages that cannot be done with: those that come again, and those that do not.</summary>
public sealed class LastAttemptScenarios
{
    // The ticket is all that says what is waited for.
    [Fact]
    public void A_message_whose_ticket_did_not_get_through_comes_again() => Scenario.Play(async s =>
    {
        var i = s.Serve(s.Group("web", delay: 60));
        s.Scale([i]);
        s.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "SendMessageBatch", Times = 1 });
        s.Terminate(i);
        await s.Pass(10);
        Assert.Equal(1, s.Metric("MessagesFailed"));
        await s.Pass(120);
        Assert.Equal(["CONTINUE by caller"], s.Ended());
    }, Scenario.OnlyLifecycleActions());

    [Theory]
    [InlineData("hook 20", 1, true)]
    [InlineData("hook 19", 0, false)]
    [InlineData("hook 20, hook 1", 0, false)]
    [InlineData("hook 20, hook 21", 1, true)]
    [InlineData("hook 20, drain 1", 1, true)]
    [InlineData("hook 1, drain 20", 0, false)]
    [InlineData("drain 20", 1, false)]
    [InlineData("drain 20, drain 1", 0, false)]
    public void It_is_given_up_with_the_last_attempt_of_the_last_message(string messages, int givenUp, bool isEnded) => Scenario.Play(async s =>
    {
        var i = Failing(s);
        await s.InvokeAsync(Batch(s, i, messages));

        Assert.Equal(isEnded ? ["ABANDON by caller"] : [], s.Ended());
        Assert.Equal(givenUp, s.Metric("DrainsGivenUp"));
    }, Scenario.WithoutRules(("RESULT_GAVE_UP", "ABANDON")));

    // Nobody prolongs what is left to the hook's own default result.
    [Theory]
    [InlineData("hook 20", 0)]
    [InlineData("hook 19", 1)]
    public void One_that_is_left_to_its_timeout_gets_no_more_heartbeats(string messages, int heartbeats) => Scenario.Play(async s =>
    {
        var i = Failing(s);
        await s.Pass(150);
        await s.InvokeAsync(Batch(s, i, messages));

        Assert.Empty(s.Ended());
        Assert.Equal(heartbeats > 0, s.Calls("RecordLifecycleActionHeartbeat").Any());
    }, Scenario.WithoutRules());

    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    public void A_heartbeat_costs_no_look_and_one_ticket(double latency) => Scenario.Play(async s =>
    {
        s.World.Latency.Default = TimeSpan.FromSeconds(latency);
        var i = s.Serve(s.Group("web", delay: 3600));
        s.Scale([i], heartbeat: 900);
        s.Terminate(i);
        await s.Pass(3500);

        Assert.Single(s.Calls("DescribeTargetHealth"));
        Assert.InRange(s.Calls("RecordLifecycleActionHeartbeat").Count(), 5, 6);
        Assert.InRange(s.Journal.Of<MessageSent>().Count(m => m.Body.Contains("drainTicket\"", StringComparison.Ordinal)), 5, 7);
    }, Scenario.OnlyLifecycleActions());

    /// <summary>It leaves by a hook of 300 seconds, and the group does not answer.</summary>
    private static Instance Failing(Scenario s)
    {
        var i = s.Serve(s.Group("web"));
        s.Scale([i], heartbeat: 300);
        s.Terminate(i);
        s.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DescribeTargetHealth" });
        return i;
    }

    /// <summary>As SQS delivers it: each message with the number of its attempt.</summary>
    private static string Batch(Scenario s, Instance instance, string messages) => new JsonObject
    {
        ["Records"] = new JsonArray([.. messages.Split(", ").Select(message => message.Split(' ')).Select((message, n) => new JsonObject
        {
            ["messageId"] = $"{n}", ["receiptHandle"] = $"handle-{n}", ["eventSource"] = "aws:sqs", ["eventSourceARN"] = s.Installation.Queue.Arn,
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = message[1] },
            ["body"] = message[0] == "hook" ? Messages.Lifecycle(instance.Id, s.TokenOf(instance)) : Messages.Drain(instance.Id),
        })]),
    }.ToJsonString();
}
