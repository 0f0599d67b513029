using System.Globalization;
using System.Text.Json.Nodes;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Deployment;
using TargetDrain.Emulator.Events;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class ScheduledRuleTests
{
    private const string Template = """
        Parameters: {}
        Conditions: {}
        Resources:
          Sweeps:
            Type: AWS::SQS::Queue
            Properties: { FifoQueue: true, ContentBasedDeduplication: true, VisibilityTimeout: 60 }
          SweepRule:
            Type: AWS::Events::Rule
            Properties:
              ScheduleExpression: rate(5 minutes)
              Targets:
                - { Id: Sweeps, Arn: !GetAtt Sweeps.Arn, SqsParameters: { MessageGroupId: one }, RetryPolicy: { MaximumRetryAttempts: 3 } }
          F:
            Type: AWS::Serverless::Function
            Properties:
              Events:
                Nightly: { Type: Schedule, Properties: { Schedule: cron(0 3 * * ? *), Input: '{"night":true}' } }
        """;

    [Theory]
    [InlineData("rate(1 minute)", "2026-01-01T00:00:30Z", "2026-01-01T00:01:30Z")]
    [InlineData("rate(12 hours)", "2026-01-01T00:00:30Z", "2026-01-01T12:00:30Z")]
    [InlineData("rate(7 days)", "2026-01-01T00:00:30Z", "2026-01-08T00:00:30Z")]
    [InlineData("cron(0 10 * * ? *)", "2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z")]
    [InlineData("cron(15 12 * * ? *)", "2026-01-01T00:00:00Z", "2026-01-01T12:15:00Z")]
    [InlineData("cron(0 18 ? * MON-FRI *)", "2026-01-02T18:00:00Z", "2026-01-05T18:00:00Z")] // from a Friday to a Monday
    [InlineData("cron(0 8 1 * ? *)", "2026-01-01T08:00:00Z", "2026-02-01T08:00:00Z")]
    [InlineData("cron(0/10 * ? * MON-FRI *)", "2026-01-02T23:55:00Z", "2026-01-05T00:00:00Z")]
    [InlineData("cron(0/5 8-17 ? * 2-6 *)", "2026-01-02T17:55:00Z", "2026-01-05T08:00:00Z")] // 2 is Monday
    [InlineData("cron(0 9 ? * 2#1 *)", "2026-01-05T09:00:00Z", "2026-02-02T09:00:00Z")] // the first Monday
    [InlineData("cron(0 9 ? * 1L *)", "2026-01-01T00:00:00Z", "2026-01-25T09:00:00Z")] // the last Sunday
    [InlineData("cron(0 9 L * ? *)", "2026-02-01T00:00:00Z", "2026-02-28T09:00:00Z")]
    [InlineData("cron(0 9 3W * ? *)", "2026-01-03T00:00:00Z", "2026-02-03T09:00:00Z")] // January's third is a Saturday
    [InlineData("cron(0 0 1 1 ? 2028,2030)", "2026-05-01T00:00:00Z", "2028-01-01T00:00:00Z")]
    [InlineData("cron(0 0 29 2 ? 2027-2040)", "2026-05-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    public void A_schedule_is_due_when_AWS_says(string expression, string after, string due) =>
        Assert.Equal(At(due), ScheduleExpression.Parse(expression).After(At(after)));

    [Theory]
    [InlineData("cron(0 0 1 1 ? 2020)")] // past
    [InlineData("rate(999999999 days)")]
    [InlineData("rate(9999999 days)")]
    [InlineData("rate(999999999 hours)")]
    public void A_schedule_outside_of_the_calendar_is_never_due(string expression) => Assert.Null(ScheduleExpression.Parse(expression).After(At("2026-01-01T00:00:00Z")));

    [Theory]
    [InlineData("rate(1 minutes)")]
    [InlineData("rate(5 minute)")]
    [InlineData("rate(0 minutes)")]
    [InlineData("rate(5 seconds)")]
    [InlineData("rate(5)")]
    [InlineData("rate(1.5 hours)")]
    [InlineData("every 5 minutes")]
    [InlineData("cron(0 10 * * * *)")]
    [InlineData("cron(0 10 ? * ? *)")]
    [InlineData("cron(0 10 * * ?)")]
    [InlineData("cron(60 10 * * ? *)")]
    [InlineData("cron(0 10 ? * 8 *)")]
    [InlineData("cron(0 10 ? * 0 *)")]
    [InlineData("cron(0 10 * * ? 1969)")]
    [InlineData("cron(0 10 * * ? 2026-2020)")]
    [InlineData("cron(0  10 * * ? *)")]
    public void Another_expression_is_refused(string expression) =>
        Assert.Equal("ValidationException", Assert.Throws<AwsErrorException>(() => ScheduleExpression.Parse(expression)).Code);

    [Fact]
    public void The_rules_of_a_template_fire_into_their_queue_and_run_their_function() => Play(new WorldOptions(), async (world, clock) =>
    {
        var runs = new List<(DateTimeOffset, string)>();
        Install(world, payload => runs.Add((clock.GetUtcNow(), payload)));
        var queue = world.Queues.Find("s-Sweeps.fifo")!;
        var events = new List<JsonNode>();
        for (var minute = 0; minute < 16; minute++)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), clock);
            foreach (var message in queue.Receive(10))
            {
                Assert.Equal("one", message.Sent.GroupId);
                events.Add(JsonNode.Parse(message.Body)!);
                queue.Delete(message.ReceiptHandle);
            }
        }
        Assert.Equal(["2026-01-01T00:05:00Z", "2026-01-01T00:10:00Z", "2026-01-01T00:15:00Z"], events.Select(told => (string)told["time"]!));
        var first = events[0];
        Assert.Equal(
            ("0", "Scheduled Event", "aws.events", "123456789012", "us-east-1", "arn:aws:events:us-east-1:123456789012:rule/s-SweepRule", "{}"),
            ((string)first["version"]!, (string)first["detail-type"]!, (string)first["source"]!, (string)first["account"]!, (string)first["region"]!,
                (string)first["resources"]!.AsArray().Single()!, first["detail"]!.ToJsonString()));
        await Task.Delay(TimeSpan.FromDays(1), clock);
        Assert.Equal([(At("2026-01-01T03:00:00Z"), """{"night":true}""")], runs);
    });

    [Fact]
    public void A_disabled_or_deleted_rule_does_not_fire_and_an_enabled_one_counts_anew() => Play(new WorldOptions(), async (world, clock) =>
    {
        var queue = world.Queues.Create("q");
        world.Rules.Book.PutRule(new JsonObject { ["Name"] = "r", ["ScheduleExpression"] = "rate(10 minutes)", ["State"] = "DISABLED" });
        world.Rules.Book.PutTargets(new JsonObject { ["Rule"] = "r", ["Targets"] = new JsonArray(new JsonObject { ["Id"] = "1", ["Arn"] = queue.Arn }) });
        await Task.Delay(TimeSpan.FromMinutes(25), clock);
        Assert.Equal(0, queue.Counts.All);
        world.Rules.Book.SetState(new JsonObject { ["Name"] = "r" }, "ENABLED");
        await Task.Delay(TimeSpan.FromMinutes(25), clock);
        Assert.Equal(2, queue.Counts.All);
        world.Rules.Book.RemoveTargets(new JsonObject { ["Rule"] = "r", ["Ids"] = new JsonArray("1") });
        world.Rules.Book.DeleteRule(new JsonObject { ["Name"] = "r" });
        await Task.Delay(TimeSpan.FromMinutes(25), clock);
        Assert.Equal(2, queue.Counts.All);
    });

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0, 0.5)]
    public void Scheduled_events_get_lost_or_doubled_at_the_rate_that_is_set(double lost, double doubled) => Play(
        new WorldOptions { EventsLost = lost, EventsDoubled = doubled },
        async (world, clock) =>
        {
            var queue = world.Queues.Create("q");
            world.Rules.Book.PutRule(new JsonObject { ["Name"] = "r", ["ScheduleExpression"] = "rate(1 minute)" });
            world.Rules.Book.PutTargets(new JsonObject { ["Rule"] = "r", ["Targets"] = new JsonArray(new JsonObject { ["Id"] = "1", ["Arn"] = queue.Arn }) });
            await Task.Delay(TimeSpan.FromMinutes(1000.5), clock);
            Assert.InRange(queue.Counts.All, lost > 0 ? 440 : 1440, lost > 0 ? 560 : 1560);
        });

    [Fact]
    public void What_a_FIFO_queue_refuses_goes_to_the_targets_dead_letter_queue() => Play(new WorldOptions(), async (world, clock) =>
    {
        var dead = world.Queues.Create("dead");
        var queue = world.Queues.Create("q.fifo", new QueueAttributes { IsFifo = true });
        world.Rules.Book.PutRule(new JsonObject { ["Name"] = "r", ["ScheduleExpression"] = "rate(1 minute)" });
        Assert.Throws<AwsErrorException>(() => PutTarget(new JsonObject { ["Id"] = "1", ["Arn"] = queue.Arn }));
        PutTarget(new JsonObject
        {
            ["Id"] = "1", ["Arn"] = queue.Arn, ["SqsParameters"] = new JsonObject { ["MessageGroupId"] = "g" },
            ["DeadLetterConfig"] = new JsonObject { ["Arn"] = dead.Arn },
        });
        await Task.Delay(TimeSpan.FromSeconds(60), clock);
        Assert.Equal(0, queue.Counts.All);
        Assert.Equal("InvalidParameterValue", dead.Receive(1).Single().Sent.Attributes["ERROR_CODE"].StringValue);

        void PutTarget(JsonObject target) => world.Rules.Book.PutTargets(new JsonObject { ["Rule"] = "r", ["Targets"] = new JsonArray(target) });
    });

    private static void Install(World world, Action<string> run)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Template);
            var template = new StackTemplate(path, new StackContext
            {
                Region = world.Options.Region, PhysicalNames = StackTemplate.PhysicalNames(path, "s"),
            });
            world.Queues.Create("s-Sweeps.fifo", StackQueues.Attributes(template.Properties("Sweeps")));
            world.Stack.Add(new InstalledFunction(new LambdaSettings("s-F", world.Options.Account, world.Options.Region)) { Invoke = run });
            StackRules.Install(world.Rules, StackRules.Of(template));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Play(WorldOptions options, Func<World, VirtualClock, Task> play)
    {
        var clock = new VirtualClock();
        clock.Run(() => play(new World(clock, options), clock));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
