using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

/// <summary>A drain whose tickets go round more often than Lambda lets a loop go.</summary>
public sealed class RecursionScenarios
{
    // The parameter's default; another one takes the function's property out.
    private const string Allowed = """
          RecursiveLoop:
            Type: String
            Default: Allow

        """;

    [Fact]
    public void With_the_template_as_it_is_a_long_drain_ends_and_nothing_is_dropped() => LongDrain(null, scenario =>
    {
        Assert.Empty(scenario.Journal.Of<RecursiveInvocationDropped>());
        Assert.Equal("caller", Assert.Single(scenario.Journal.Of<LifecycleActionEnded>()).By);
        Assert.Equal(0, scenario.Installation.DeadLetters.Counts.All);
    });

    [Fact]
    public void Without_the_property_the_seventeenth_run_is_stopped_and_the_ticket_ends_in_the_dead_letter_queue()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "template.yaml"));
        Assert.Contains(Allowed, text, StringComparison.Ordinal);
        var path = Path.Combine(Path.GetTempPath(), $"template-{Guid.NewGuid():n}.yaml");
        File.WriteAllText(path, text.Replace(Allowed, Allowed.Replace("Allow", "Unset", StringComparison.Ordinal), StringComparison.Ordinal));
        try
        {
            LongDrain(path, scenario =>
            {
                var dropped = scenario.Journal.Of<RecursiveInvocationDropped>().ToList();
                Assert.NotEmpty(dropped);
                Assert.All(dropped, drop => Assert.Equal(16, drop.Hops));
                Assert.Equal("heartbeat timeout", Assert.Single(scenario.Journal.Of<LifecycleActionEnded>()).By);
                Assert.NotEmpty(scenario.Journal.Of<MessageDeadLettered>());
            });
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>An hour of draining under a hook of 30 s: a heartbeat, and a run, every few seconds.</summary>
    private static void LongDrain(string? template, Action<Scenario> check) => Scenario.Play(
        async scenario =>
        {
            var group = scenario.Group("slow", delay: 3000);
            var instance = scenario.World.Compute.RunInstance();
            scenario.World.LoadBalancing.Register(group.Arn, new TargetDrain.Emulator.LoadBalancing.TargetSpec(instance.Id));
            scenario.World.AutoScaling.CreateGroup(new AutoScalingGroupSpec("asg"));
            scenario.World.AutoScaling.PutHook("asg", new LifecycleHook("target-drain") { HeartbeatTimeout = 60 });
            scenario.World.AutoScaling.AttachInstances("asg", instance.Id);
            scenario.World.AutoScaling.TerminateInstance(instance.Id);
            await scenario.Pass(30_000);
            check(scenario);
        },
        Scenario.OnlyLifecycleActions() with { Template = template });
}
