using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Hosting;
using TargetDrain.Reliability;
using Xunit;

namespace TargetDrain.Tests.Reliability;

public sealed class DeadlineTests
{
    [Fact]
    public void When_time_runs_short_what_is_done_is_kept_and_the_rest_is_handed_back() => Holds(async stage =>
    {
        var (quick, stuck) = (stage.Group("quick", delay: 60), stage.Group("stuck", delay: 60));
        var instance = stage.Serve(quick, stuck);
        stage.Scale("web", heartbeat: 3600, instance);
        var stall = stage.World.Faults.Add(new FaultRule(Fault.StallFor(TimeSpan.FromSeconds(30)))
        {
            Operation = "DescribeTargetHealth", When = call => call.Resource == stuck.Arn,
        });
        stage.ScaleIn(instance);
        await stage.Pass(60);

        Assert.Equal("draining", Assert.Single(stage.World.LoadBalancing.Targets(quick.Arn)).Health.State);
        Assert.Contains(stage.World.Journal.Of<InvocationEnded>(), run => run is { Outcome: "ok", Failed: 1 });
        stage.World.Faults.Remove(stall);
        await stage.Pass(2 * 3600);
    }, timeoutSeconds: 20);

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void No_invocation_is_ever_killed_at_its_deadline(int timeoutSeconds)
    {
        foreach (var operation in new[]
        {
            "DescribeInstances", "DescribeTargetGroups", "DescribeTargetHealth", "DeregisterTargets", "DescribeTargetGroupAttributes",
            "DescribeLifecycleHooks", "CompleteLifecycleAction", "SendMessageBatch", "ChangeMessageVisibilityBatch",
        })
            foreach (var fault in new[] { Fault.Unavailable, Fault.StallFor(TimeSpan.FromSeconds(30)), Fault.StallFor(TimeSpan.FromSeconds(3.3)) })
                Holds(async stage =>
                {
                    // For two minutes, and every message fails at least once, so that there is something to hand back.
                    stage.World.Faults.Add(new FaultRule(fault) { Operation = operation, Until = stage.Clock.GetUtcNow() + TimeSpan.FromMinutes(2) });
                    stage.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DescribeTargetHealth", Times = 2 });
                    await Scenes.All["ports"](stage);
                }, timeoutSeconds);
    }

    private static void Holds(Func<Stage, Task> play, int timeoutSeconds) => Assert.Empty(Stage.Play(
        play, new InstallationOptions { Timeout = TimeSpan.FromSeconds(timeoutSeconds), VisibilityTimeout = TimeSpan.FromSeconds(timeoutSeconds * 2) }));
}
