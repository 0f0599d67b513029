using System.Text.Json.Nodes;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Local;

/// <summary>What the template says more than it does today: a schedule that sends into a FIFO queue, which feeds the function.</summary>
public sealed class InstallationTests
{
    private const string Parameters = """
        Parameters:
          RoundSchedule: { Type: String, Default: rate(5 minutes) }
          Rounds: { Type: String, Default: 'true' }
          RoundsAreRead: { Type: String, Default: 'true' }

        """;

    private const string Conditions = """
        Conditions:
          HasRounds: !Equals [!Ref Rounds, 'true']

        """;

    private const string Resources = """
        Resources:
          RoundQueue:
            Type: AWS::SQS::Queue
            Properties: { FifoQueue: true, ContentBasedDeduplication: true, VisibilityTimeout: 300, MessageRetentionPeriod: 600 }
          RoundRule:
            Type: AWS::Events::Rule
            Properties:
              ScheduleExpression: !Ref RoundSchedule
              State: !If [HasRounds, ENABLED, DISABLED]
              Targets:
                - { Id: RoundQueue, Arn: !GetAtt RoundQueue.Arn, SqsParameters: { MessageGroupId: rounds }, Input: '{"round":true}' }
          RoundEventSource:
            Type: AWS::Lambda::EventSourceMapping
            Properties: { FunctionName: !Ref DrainFunction, EventSourceArn: !GetAtt RoundQueue.Arn, BatchSize: 1, Enabled: !Ref RoundsAreRead }

        """;

    [Fact]
    public void A_schedule_of_the_template_runs_the_function_through_a_FIFO_queue_one_at_a_time() => Play([], async (installation, runs, clock) =>
    {
        var queue = installation.World.Queues.Find("target-drain-RoundQueue.fifo")!;
        Assert.Equal((true, true, TimeSpan.FromMinutes(10)), (queue.Attributes.IsFifo, queue.Attributes.IsContentBased, queue.Attributes.Retention));
        await Task.Delay(TimeSpan.FromMinutes(16), clock);
        var records = runs.Select(run => run["Records"]!.AsArray().Single()!).ToList();
        // The same body within five minutes is the same message to a queue that goes by the content.
        Assert.Equal(["""{"round":true}""", """{"round":true}""", """{"round":true}"""], records.Select(record => (string)record["body"]!));
        Assert.All(records, record => Assert.Equal(("rounds", queue.Arn), ((string)record["attributes"]!["MessageGroupId"]!, (string)record["eventSourceARN"]!)));
        Assert.Equal(0, queue.Counts.All);
    });

    [Theory]
    [InlineData("ROUND_SCHEDULE", "rate(10 minutes)", 1)]
    [InlineData("ROUNDS", "false", 0)]
    public void The_schedule_and_whether_it_is_on_are_parameters(string variable, string value, int expected) =>
        Play(new() { [variable] = value }, async (installation, runs, clock) =>
        {
            var rule = await installation.World.Rules.InvokeAsync("DescribeRule", new JsonObject { ["Name"] = "target-drain-RoundRule" }, default);
            Assert.Equal(value == "false" ? "DISABLED" : "ENABLED", (string)rule["State"]!);
            await Task.Delay(TimeSpan.FromMinutes(16), clock);
            Assert.Equal(expected, runs.Count);
        });

    [Fact]
    public void A_mapping_that_is_not_enabled_reads_nothing_and_is_told_so() => Play(new() { ["ROUNDS_ARE_READ"] = "false" }, async (installation, runs, clock) =>
    {
        await Task.Delay(TimeSpan.FromMinutes(6), clock);
        Assert.Empty(runs);
        var queue = installation.World.Queues.Find("target-drain-RoundQueue.fifo")!;
        Assert.Equal(1, queue.Counts.Visible);
        Assert.Equal("Disabled", installation.World.Stack.Functions.Single().Sources.Single(source => source.Queue == queue).State);
    });

    private static void Play(Dictionary<string, string> variables, Func<Installation, List<JsonNode>, VirtualClock, Task> play)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "template.yaml"));
        foreach (var section in (string[])[Parameters, Conditions, Resources])
        {
            var heading = section[..(section.IndexOf('\n', StringComparison.Ordinal) + 1)];
            Assert.Contains($"\n{heading}", text, StringComparison.Ordinal);
            text = text.Replace($"\n{heading}", $"\n{section}", StringComparison.Ordinal);
        }
        var path = Path.Combine(Path.GetTempPath(), $"template-{Guid.NewGuid():n}.yaml");
        File.WriteAllText(path, text);
        try
        {
            var clock = new VirtualClock();
            clock.Run(async () =>
            {
                var (runs, running) = (new List<JsonNode>(), 0);
                using var installation = new Installation(
                    new World(clock), new InstallationOptions { Template = path, Environment = variables.Append(new("RECONCILE_MINUTES", "0")).ToDictionary() }, _ => async (payload, _, abandoned) =>
                    {
                        Assert.Equal(1, ++running);
                        await Task.Delay(TimeSpan.FromSeconds(20), clock, abandoned);
                        running--;
                        runs.Add(JsonNode.Parse(payload.Span)!);
                        return """{"batchItemFailures":[]}"""u8.ToArray();
                    });
                await play(installation, runs, clock);
            });
        }
        finally
        {
            File.Delete(path);
        }
    }
}
